package io.byteport.cli.console;

/** The parts of the console, as its menu names them. */
enum Section {
  OVERVIEW("Overview", "/"),
  RUNS("Runs", "/runs"),
  APPROVALS("Approvals", "/approvals"),
  RUNBOOKS("Runbooks", "/runbooks"),
  SOURCES("Sources", "/sources"),
  CHANNELS("Channels", "/channels");

  private final String title;
  private final String path;

  Section(String title, String path) {
    this.title = title;
    this.path = path;
  }

  String title() {
    return title;
  }

  String path() {
    return path;
  }
}
