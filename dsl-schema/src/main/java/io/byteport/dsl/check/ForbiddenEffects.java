package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.action.Vocabulary;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Guardrail.Forbid;
import io.byteport.dsl.model.Guardrail.Forbidden;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is forbidden exists in the catalogue, and no step that a guardrail guards needs what it
 * forbids.
 */
final class ForbiddenEffects implements Check {

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    Vocabulary vocabulary = subject.catalogue().vocabulary();
    for (Guardrail guardrail : subject.runbook().guardrails().values()) {
      if (guardrail.rule() instanceof Forbid forbid) {
        forbid.rules().forEach(rule -> words(rule, vocabulary, findings));
        Guarded guarded =
            Guarded.of(guardrail, subject.runbook(), subject.tree(), subject.catalogue());
        for (Step.Act act : guarded.steps()) {
          subject
              .catalogue()
              .action(act.use().action().name())
              .flatMap(action -> breach(action, forbid, vocabulary))
              .ifPresent(breach -> report(act, breach, guardrail, findings));
        }
      }
    }
  }

  private static void words(Forbidden rule, Vocabulary vocabulary, Findings findings) {
    Set<String> verbs = new TreeSet<>();
    boolean known = true;
    for (Id resource : rule.resources()) {
      if (vocabulary.hasResource(resource.name())) {
        verbs.addAll(vocabulary.verbs(resource.name()));
      } else {
        known = false;
        findings.unknown(
            DiagnosticCode.NAME_UNKNOWN_RESOURCE,
            resource,
            "a resource of the catalogue",
            vocabulary.resources());
      }
    }
    for (Id verb : rule.verbs()) {
      if (known && !verbs.contains(verb.name())) {
        findings.unknown(
            DiagnosticCode.NAME_UNKNOWN_RESOURCE, verb, "a verb that these resources know", verbs);
      }
    }
  }

  /** What of an action is forbidden, in words; empty where nothing is. */
  private static Optional<String> breach(
      ActionDescription action, Forbid forbid, Vocabulary vocabulary) {
    if (forbid.rules().isEmpty()) {
      return action.effect() == Effect.CHANGE ? Optional.of("a change") : Optional.empty();
    }
    for (Forbidden rule : forbid.rules()) {
      for (Map.Entry<String, List<String>> need : action.needs().entrySet()) {
        for (Id resource : rule.resources()) {
          Optional<Id> verb =
              rule.verbs().stream().filter(one -> need.getValue().contains(one.name())).findFirst();
          if (verb.isPresent()
              && vocabulary.covers(resource.name(), need.getKey())
              && touches(action, rule.fields())) {
            return Optional.of("`" + verb.get() + "` on `" + need.getKey() + "`");
          }
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Whether an action always writes one of the fields, or a part of one; a rule without fields
   * means all. What writes more than the field, such as a whole template, may leave it as it is,
   * which is known only when it runs.
   */
  private static boolean touches(ActionDescription action, List<Id> fields) {
    return fields.isEmpty()
        || action.writes().stream()
            .anyMatch(write -> fields.stream().anyMatch(field -> within(write, field.name())));
  }

  private static boolean within(String inner, String outer) {
    return inner.equals(outer) || inner.startsWith(outer + ".");
  }

  private static void report(Step.Act act, String breach, Guardrail guardrail, Findings findings) {
    findings.add(
        Diagnostic.of(
                DiagnosticCode.ACTION_FORBIDDEN,
                findings.file(),
                act.use().action().span(),
                "expected nothing that `"
                    + guardrail.id()
                    + "` forbids, found `"
                    + act.use().action()
                    + "`, which needs "
                    + breach,
                "take the step out, or the word out of the guardrail")
            .withRelated(new Related(findings.file(), guardrail.id().span(), "the guardrail")));
  }
}
