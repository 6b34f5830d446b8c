package io.byteport.cli.json;

import io.byteport.engine.journal.Question;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.run.Mode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Runs and what they ask, as JSON for programs. */
public final class RunJson {
  private RunJson() {}

  /** One line about a run. */
  public static Map<String, Object> summary(RunSummary run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", run.id().value());
    json.put("runbook", run.runbook());
    json.put("signal", run.signal());
    json.put("target", run.target());
    json.put("mode", mode(run.mode()));
    json.put("openedAt", run.openedAt().toString());
    json.put("class", run.classId());
    json.put("result", run.result());
    json.put("reason", run.reason());
    Instant finished = run.finishedAt();
    json.put("finishedAt", finished == null ? null : finished.toString());
    json.put("imported", run.imported());
    return json;
  }

  /** What is asked, with the plan that an answer is about. */
  public static Map<String, Object> question(Question question) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", question.run().value());
    json.put("runbook", question.runbook());
    json.put("target", question.target());
    json.put("guardrail", question.guardrail());
    json.put("question", question.question());
    json.put("autonomy", question.plan().autonomy().word());
    json.put("class", question.plan().classId());
    json.put("plan", question.plan().commands());
    json.put("then", question.plan().then());
    json.put("hash", question.hash());
    json.put("changes", question.changes());
    json.put("askedAt", question.askedAt().toString());
    json.put("until", question.until().toString());
    return json;
  }

  public static String mode(Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
