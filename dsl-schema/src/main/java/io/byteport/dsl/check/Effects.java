package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook.Detector;
import io.byteport.dsl.model.Step;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Facts are read, only reads are repeated until something holds, what is proposed could change
 * something, what is watched can be.
 */
final class Effects implements Check {

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    for (Fact fact : subject.declaredFacts()) {
      if (fact instanceof Fact.Read read) {
        subject
            .catalogue()
            .action(read.use().action().name())
            .filter(action -> action.effect() != Effect.READ)
            .ifPresent(
                action ->
                    onlyReads(
                        read.use().action(),
                        action,
                        "a fact",
                        "do it in a step of `remediate`",
                        findings));
      }
    }
    for (StepTree.Placed placed : subject.tree().all()) {
      step(placed.step(), subject, findings);
    }
    for (Detector detector : subject.runbook().detectors().values()) {
      if (detector.watch() != null) {
        watched(detector.watch().use().action(), subject, findings);
      }
    }
  }

  private static void onlyReads(
      Id place, ActionDescription action, String what, String hint, Findings findings) {
    String effect = action.effect().name().toLowerCase(Locale.ROOT);
    findings.add(
        DiagnosticCode.ACTION_WRONG_EFFECT,
        place.span(),
        "expected a read for "
            + what
            + ", found `"
            + action.name()
            + "`, whose effect is `"
            + effect
            + "`",
        hint);
  }

  private static void step(Step step, Subject subject, Findings findings) {
    switch (step) {
      case Step.Act act when act.until() != null ->
          subject
              .catalogue()
              .action(act.use().action().name())
              .filter(action -> action.effect() != Effect.READ)
              .ifPresent(
                  action ->
                      onlyReads(
                          act.use().action(),
                          action,
                          "a step with `until`",
                          "follow the change with a step `wait` that has the `until`",
                          findings));
      case Step.Propose propose ->
          subject
              .catalogue()
              .action(propose.use().action().name())
              .filter(action -> action.effect() == Effect.READ)
              .ifPresent(
                  action ->
                      findings.add(
                          DiagnosticCode.ACTION_WRONG_EFFECT,
                          propose.use().action().span(),
                          "expected an action that changes something to propose, found `"
                              + action.name()
                              + "`, which only reads",
                          "write `uses` to run it"));
      case Step.Act act -> {}
      case Step.CallBlock call -> {}
      case Step.Group group -> {}
      case Step.Match match -> {}
      case Step.Wait wait -> {}
      case Step.Record fields -> {}
      case Step.HandOff handOff -> {}
      case Step.Escalate escalate -> {}
    }
  }

  private static void watched(Id action, Subject subject, Findings findings) {
    subject
        .catalogue()
        .action(action.name())
        .filter(found -> found.effect() != Effect.READ || found.watch() == null)
        .ifPresent(
            found -> {
              Set<String> watchable = new TreeSet<>();
              subject.catalogue().actions().stream()
                  .filter(one -> one.watch() != null && one.family().equals(found.family()))
                  .forEach(one -> watchable.add(one.name()));
              findings.add(
                  DiagnosticCode.ACTION_NOT_WATCHABLE,
                  action.span(),
                  "expected a read that can be watched, found `" + action + "`",
                  watchable.isEmpty()
                      ? "leave `watch` out, and let an alert source send the signal"
                      : "of this family `" + String.join("`, `", watchable) + "` can be watched");
            });
  }
}
