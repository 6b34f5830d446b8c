package io.byteport.cli.report;

import io.byteport.dsl.diagnostic.Diagnostic;

/** What a finding says, in the words that every format shares. */
final class Wording {
  private Wording() {}

  /** The message and, on a line of its own, the hint. */
  static String of(Diagnostic finding) {
    return finding.hint() == null
        ? finding.message()
        : finding.message() + "\nHint: " + finding.hint();
  }

  static String severity(Diagnostic finding) {
    return switch (finding.severity()) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "info";
    };
  }

  static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
