package io.byteport.engine.run;

import io.byteport.dsl.value.Value;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a human is told at the end of a run: what notices, the console and {@code runs
 * show} print.
 *
 * @param reason why it ended so, one sentence
 * @param summary the runbook's one line
 * @param confidence 0 where nothing was classified
 * @param did what was done, in the timeline's words
 * @param planned what a dry run would have done, as commands
 * @param left what was not done any more, in the timeline's words
 * @param stoppedBy the guardrail that refused; null where none did
 * @param unmet expectations that did not hold
 * @param notices what is sent to whom
 * @param handOff the signal for another runbook; null where there is none
 */
public record RunReport(
    RunResult result,
    String reason,
    String summary,
    @Nullable String classId,
    double confidence,
    String severity,
    List<String> did,
    List<String> planned,
    List<String> left,
    @Nullable String stoppedBy,
    List<String> unmet,
    Duration duration,
    List<Notification> notices,
    Map<String, Value> postmortem,
    @Nullable HandOff handOff) {

  public RunReport {
    did = List.copyOf(did);
    planned = List.copyOf(planned);
    left = List.copyOf(left);
    unmet = List.copyOf(unmet);
    notices = List.copyOf(notices);
    postmortem = Collections.unmodifiableMap(new LinkedHashMap<>(postmortem));
  }

  /**
   * @param event resolved, escalated, planned, ...
   * @param channels kinds of channel with their labels
   * @param dedupKey equal for notices that say the same; the second within {@code dedupFor} is
   *     suppressed
   * @param fields short facts by title
   * @param attachments long ones by title
   * @param nextSteps what a human should do
   * @param commands for pasting into a terminal
   */
  public record Notification(
      String event,
      Map<String, List<String>> channels,
      String priority,
      String title,
      @Nullable String details,
      Map<String, String> fields,
      Map<String, String> attachments,
      List<String> nextSteps,
      List<String> commands,
      String dedupKey,
      Duration dedupFor) {
    public Notification {
      channels = Collections.unmodifiableMap(new LinkedHashMap<>(channels));
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
      attachments = Collections.unmodifiableMap(new LinkedHashMap<>(attachments));
      nextSteps = List.copyOf(nextSteps);
      commands = List.copyOf(commands);
    }
  }

  /** A signal that the router gives to another runbook. */
  public record HandOff(String signal, Map<String, String> labels) {
    public HandOff {
      labels = Map.copyOf(labels);
    }
  }
}
