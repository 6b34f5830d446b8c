package io.byteport.engine.journal;

import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunPlan;
import java.time.Instant;
import java.util.List;

/**
 * What a run asks a human and has no answer to yet.
 *
 * @param target the incident's subject as text
 * @param guardrail what demands the answer; it names the question in the run
 * @param plan what would be done
 * @param changes what is otherwise than when it was approved before; empty the first time
 * @param until when the run stops waiting
 */
public record Question(
    RunId run,
    String runbook,
    String target,
    String guardrail,
    String question,
    RunPlan plan,
    List<String> changes,
    Instant askedAt,
    Instant until) {
  public Question {
    changes = List.copyOf(changes);
  }

  /** Of the plan; a yes names it. */
  public String hash() {
    return plan.hash();
  }
}
