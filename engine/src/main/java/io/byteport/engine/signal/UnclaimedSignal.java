package io.byteport.engine.signal;

import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sees to it that a signal which no runbook takes is never lost: it is journalled as a run that
 * consists of its escalation alone, with the whole signal and what each candidate lacked.
 */
public final class UnclaimedSignal {
  /** Stands where a run has the id of its runbook. */
  public static final String NO_RUNBOOK = "none";

  private static final Duration DEDUP = Duration.ofHours(24);

  private UnclaimedSignal() {}

  /**
   * Writes the run and its end. A second signal of the same fingerprint opens no other while the
   * first is being written. Where an earlier attempt has written the run, only what is missing is
   * written.
   *
   * @throws io.byteport.engine.journal.StoreException if the store cannot be used
   */
  public static RunReport escalate(
      RunStore store, Signal signal, Routing.Refused refused, Mode mode, RunId run, Instant now) {
    String key = "signal/" + signal.type() + "/" + signal.fingerprint();
    RunReport report = report(signal, refused, key);
    Event.Opened opened =
        new Event.Opened(
            now,
            run,
            NO_RUNBOOK,
            "",
            "",
            mode,
            signal,
            StructValue.EMPTY,
            StructValue.EMPTY,
            StructValue.EMPTY,
            key);
    boolean opens = store.run(run).isPresent() || store.open(opened).isEmpty();
    if (opens && store.claim(run)) {
      store.close(run, List.of(new Note.Finished(now, report)));
    }
    return report;
  }

  private static RunReport report(Signal signal, Routing.Refused refused, String key) {
    String severity = signal.severity().name().toLowerCase(Locale.ROOT);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("signal", signal.type());
    fields.put("source", signal.source());
    signal.labels().forEach((name, value) -> fields.put("label " + name, value));
    if (signal.link() != null) {
      fields.put("link", signal.link());
    }
    RunReport.Notification notice =
        new RunReport.Notification(
            RunResult.ESCALATED.word(),
            Map.of("mail", List.of(), "chat", List.of()),
            severity,
            "No runbook takes " + signal.type(),
            refused.explanation(),
            fields,
            Map.of(),
            List.of(),
            List.of(),
            key,
            DEDUP);
    return new RunReport(
        RunResult.ESCALATED,
        refused.reason(),
        "No runbook takes " + signal.type() + ": " + refused.reason(),
        null,
        0,
        severity,
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        Duration.ZERO,
        List.of(notice),
        Map.of(),
        null);
  }
}
