package io.byteport.cli.console;

import io.byteport.engine.run.RunId;

/** Where the pages are. */
final class Routes {
  private Routes() {}

  static String run(RunId run) {
    return "/runs/" + Safe.encoded(run.value());
  }

  static String news(RunId run) {
    return run(run) + "/news";
  }

  /** Rings when something is written about a run; {@code /news} then tells what. */
  static String events(RunId run) {
    return "/api/v1" + run(run) + "/events";
  }

  static String evidence(RunId run) {
    return "/api/v1" + run(run) + "/evidence";
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
