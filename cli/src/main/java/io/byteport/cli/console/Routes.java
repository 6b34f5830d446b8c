package io.byteport.cli.console;

import io.byteport.engine.run.RunId;

/** Where the pages are. */
final class Routes {
  private Routes() {}

  static String run(RunId run) {
    return "/runs/" + Safe.encoded(run.value());
  }

  static String live(RunId run) {
    return run(run) + "/live";
  }

  static String evidence(RunId run) {
    return run(run) + "/evidence";
  }

  static String journal(RunId run) {
    return run(run) + "/journal";
  }

  static String answer(RunId run) {
    return run(run) + "/answer";
  }

  static String approval(RunId run, String guardrail) {
    return "/approvals/" + Safe.encoded(run.value()) + "?guardrail=" + Safe.encoded(guardrail);
  }

  static String runbook(String id) {
    return "/runbooks/" + Safe.encoded(id);
  }
}
