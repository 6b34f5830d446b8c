package io.byteport.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a human is told when a run ends by a defect of BytePort's own. */
final class Breakdown {

  private Breakdown() {}

  static RunReport report(RunId run, Event.@Nullable Opened opened, String defect, Instant now) {
    String target = opened == null ? "" : " (" + opened.runbook() + ", " + opened.targetKey() + ")";
    String reason = "a defect of BytePort ended the run: " + defect;
    RunReport.Notification notice =
        new RunReport.Notification(
            "escalated",
            Map.of(),
            "high",
            "Run " + run + target + " broke down",
            reason + ". Nobody looks after the incident any more.",
            Map.of("run", run.value()),
            Map.of(),
            List.of(
                "Take over the incident by hand.",
                "See in the journal of the run which changes were begun, and whether they took"
                    + " effect."),
            List.of("byteport runs show " + run),
            "byteport/breakdown/" + run,
            Duration.ZERO);
    return new RunReport(
        RunResult.ESCALATED,
        reason,
        "Run " + run + target + " broke down",
        null,
        0,
        opened == null
            ? "high"
            : opened.signal().severity().name().toLowerCase(java.util.Locale.ROOT),
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        opened == null ? Duration.ZERO : Duration.between(opened.at(), now),
        List.of(notice),
        Map.of(),
        null);
  }
}
