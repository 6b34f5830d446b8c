package io.byteport.cli;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Stories of the demonstration, played into a folder for whoever looks at their runs. */
public final class PlayedStories {
  private PlayedStories() {}

  /** Plays stories one after the other into one state. */
  public static void into(Path folder, String... names) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    List<Demo> all = Demo.all();
    for (String name : names) {
      Demo demo = all.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
      try (Stage stage = new Stage(demo, folder, (run, entry) -> {})) {
        stage.tell(Stage.Audience.SILENT);
      }
    }
  }

  /** All runbooks that come with the program. */
  public static List<CheckedRunbook> runbooks() throws IOException {
    return Language.load().wanted(List.of());
  }

  /** The names of the tests of a runbook. */
  public static List<String> cases(CheckedRunbook runbook) throws IOException {
    List<SourceFile> tests = Library.tests();
    return CaseNames.of(runbook, tests);
  }
}
