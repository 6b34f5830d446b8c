package io.byteport.cli;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.diagnostic.Severity;
import io.byteport.dsl.workspace.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is said of a whole validation, for people. */
final class FindingSummary {
  private FindingSummary() {}

  /** Such as {@code 3 files checked, 2 errors, 1 warning}. */
  static String line(int files, Report report) {
    return count(files, "file") + " checked, " + severities(report);
  }

  /** Such as {@code 2 errors, 1 warning}; those that there are none of are left out. */
  static String severities(Report report) {
    List<String> counts = new ArrayList<>();
    for (Severity severity : Severity.values()) {
      long count = report.count(severity);
      if (count > 0) {
        counts.add(
            switch (severity) {
              case ERROR -> count(count, "error");
              case WARNING -> count(count, "warning");
              case INFO -> count(count, "remark");
            });
      }
    }
    return counts.isEmpty() ? "nothing to complain about" : String.join(", ", counts);
  }

  /** How many findings have fixes; empty where none has. */
  static String fixable(Report report) {
    long safe = report.findings().filter(one -> one.fixes().stream().anyMatch(Fix::safe)).count();
    long all = report.findings().filter(one -> !one.fixes().isEmpty()).count();
    if (all == 0) {
      return "";
    }
    return safe == 0
        ? count(all, "finding") + " can be fixed with --fix --unsafe-fixes"
        : count(safe, "finding")
            + " can be fixed with --fix"
            + (all == safe ? "" : ", " + (all - safe) + " more with --unsafe-fixes");
  }

  /** A line for each code: how often, and what it means; the most frequent first. */
  static List<String> statistics(Report report) {
    Map<DiagnosticCode, Long> counts =
        report
            .findings()
            .map(Diagnostic::code)
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(
            entry ->
                "%6d  %-16s  %s"
                    .formatted(entry.getValue(), entry.getKey().id(), entry.getKey().title()))
        .toList();
  }

  static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
