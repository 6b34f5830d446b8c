package io.byteport.cli.console;

import io.byteport.engine.journal.RunFilter;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunResult;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for in the list of runs, as it stands in the address of the page. What is
 * empty is for any.
 *
 * @param words a part of id, runbook, signal, target, class or reason
 * @param state {@code open} or {@code ended}
 * @param after the place in the list from which on is shown; null for its beginning
 */
record RunQuery(
    String words,
    String state,
    String result,
    String runbook,
    String target,
    RunFilter.@Nullable Position after) {
  static final String OPEN = "open";
  static final String ENDED = "ended";

  static final RunQuery ALL = new RunQuery("", "", "", "", "", null);

  /**
   * @param field the first value of a field of the query; empty where there is none
   */
  static RunQuery of(Function<String, Optional<String>> field) {
    return new RunQuery(
        text(field, "q"),
        text(field, "state"),
        text(field, "result"),
        text(field, "runbook"),
        text(field, "target"),
        position(text(field, "after")));
  }

  private static String text(Function<String, Optional<String>> field, String name) {
    return field.apply(name).map(String::strip).orElse("");
  }

  /** A place that cannot be read is the beginning. */
  private static RunFilter.@Nullable Position position(String text) {
    int middle = text.indexOf('~');
    if (middle < 0) {
      return null;
    }
    try {
      return new RunFilter.Position(
          Instant.parse(text.substring(0, middle)), new RunId(text.substring(middle + 1)));
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  RunFilter filter() {
    Boolean ended = state.equals(ENDED) ? Boolean.TRUE : state.equals(OPEN) ? Boolean.FALSE : null;
    return new RunFilter(
        orNull(runbook), orNull(target), ended, orNull(result), null, orNull(words), after);
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** Whether anything is asked for at all. */
  boolean isAny() {
    return (words + state + result + runbook + target).isEmpty();
  }

  /** The same from what comes after a run. */
  RunQuery after(RunSummary run) {
    return new RunQuery(words, state, result, runbook, target, RunFilter.position(run));
  }

  RunQuery fromTheBeginning() {
    return new RunQuery(words, state, result, runbook, target, null);
  }

  /** The address of the page. */
  String address() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("q", words);
    fields.put("state", state);
    fields.put("result", result);
    fields.put("runbook", runbook);
    fields.put("target", target);
    fields.put("after", after == null ? "" : after.openedAt() + "~" + after.run().value());
    String query =
        fields.entrySet().stream()
            .filter(field -> !field.getValue().isEmpty())
            .map(field -> field.getKey() + "=" + Safe.encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return Section.RUNS.path() + (query.isEmpty() ? "" : "?" + query);
  }

  /** The words that results may be. */
  static List<String> results() {
    return Arrays.stream(RunResult.values()).map(RunResult::word).toList();
  }
}
