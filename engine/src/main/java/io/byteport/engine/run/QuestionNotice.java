package io.byteport.engine.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What people are told of a question that a run asks: the plan, and how to answer. */
final class QuestionNotice {
  private static final String EVENT = "approval";

  /** Of the hash, enough to tell plans apart. */
  private static final int SHORT_HASH = 12;

  private QuestionNotice() {}

  /** The notice names no kind of channel: it goes to those who are asked. */
  static RunReport.Notification of(Event.Opened opened, Note.Asked asked) {
    RunPlan plan = asked.plan();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("target", opened.targetKey());
    fields.put("runbook", opened.runbook());
    fields.put("class", plan.classId() == null ? "not classified" : plan.classId());
    fields.put("answer until", asked.until().toString());
    Map<String, String> attachments = new LinkedHashMap<>();
    List<String> steps = new ArrayList<>();
    plan.steps().forEach(step -> steps.add(step.key() + ": " + step.command()));
    if (plan.then() != null) {
      steps.add("then: " + plan.then());
    }
    attachments.put("plan", String.join("\n", steps));
    if (!asked.changes().isEmpty()) {
      attachments.put("otherwise than approved before", String.join("\n", asked.changes()));
    }
    String hash = plan.hash().substring(0, Math.min(SHORT_HASH, plan.hash().length()));
    return new RunReport.Notification(
        EVENT,
        Map.of(),
        opened.signal().severity().name().toLowerCase(Locale.ROOT),
        asked.question(),
        "Nothing is changed before somebody approves the plan.",
        fields,
        attachments,
        List.of(),
        List.of(
            "byteport approve " + opened.run() + " --hash " + hash,
            "byteport deny " + opened.run() + " --reason ..."),
        EVENT + "/" + opened.run() + "/" + asked.guardrail() + "/" + plan.hash(),
        Duration.ZERO);
  }
}
