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
import io.byteport.dsl.model.Runbook.Remediation;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is forbidden exists in the catalogue, and no step that a guardrail guards needs what it
 * forbids, wherever the step stands. What depends on a value that is only known at run time is
 * prevented then.
 */
final class ForbiddenEffects implements Check {

  /**
   * @param rule the words of the guardrail that forbid it
   */
  private record Breach(String what, Span rule) {}

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    Vocabulary vocabulary = subject.catalogue().vocabulary();
    TouchedResources touched = new TouchedResources(subject, typed.typing());
    for (Guardrail guardrail : subject.runbook().guardrails().values()) {
      if (guardrail.rule() instanceof Forbid forbid) {
        forbid.rules().forEach(rule -> words(rule, vocabulary, findings));
        for (Step.Act act : guarded(guardrail, subject)) {
          subject
              .catalogue()
              .action(act.use().action().name())
              .flatMap(
                  action ->
                      breach(action, touched.of(action, act.use()), guardrail, forbid, vocabulary))
              .ifPresent(breach -> report(act, breach, guardrail, findings));
        }
      }
    }
  }

  /** What it guards; of a class also what follows its verification and its rollback. */
  private static Set<Step.Act> guarded(Guardrail guardrail, Subject subject) {
    Set<Step.Act> steps =
        new LinkedHashSet<>(
            Guarded.of(guardrail, subject.runbook(), subject.tree(), subject.catalogue()).steps());
    for (Id id : guardrail.guards()) {
      Remediation remediation = subject.runbook().remediate().get(id.name());
      if (remediation != null && subject.tree().find(id.name()).isEmpty()) {
        List<Step> after = new ArrayList<>();
        if (remediation.verify() != null) {
          after.addAll(remediation.verify().then());
        }
        if (remediation.rollback() != null) {
          after.addAll(remediation.rollback().steps());
        }
        for (Step step : subject.tree().reached(after)) {
          if (step instanceof Step.Act act
              && Guarded.effect(act, subject.catalogue()) == Effect.CHANGE) {
            steps.add(act);
          }
        }
      }
    }
    return steps;
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

  /** What of an action is forbidden; empty where nothing is. */
  private static Optional<Breach> breach(
      ActionDescription action,
      Map<String, List<String>> needs,
      Guardrail guardrail,
      Forbid forbid,
      Vocabulary vocabulary) {
    if (forbid.rules().isEmpty()) {
      return action.effect() == Effect.CHANGE
          ? Optional.of(new Breach("a change", guardrail.id().span()))
          : Optional.empty();
    }
    for (Forbidden rule : forbid.rules()) {
      for (Map.Entry<String, List<String>> need : needs.entrySet()) {
        for (Id resource : rule.resources()) {
          Optional<Id> verb =
              rule.verbs().stream().filter(one -> need.getValue().contains(one.name())).findFirst();
          if (verb.isPresent()
              && isSame(resource.name(), need.getKey(), vocabulary)
              && touches(action, rule.fields())) {
            return Optional.of(
                new Breach("`" + verb.get() + "` on `" + need.getKey() + "`", resource.span()));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isSame(String forbidden, String needed, Vocabulary vocabulary) {
    return vocabulary.covers(forbidden, needed) || vocabulary.covers(needed, forbidden);
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

  private static void report(Step.Act act, Breach breach, Guardrail guardrail, Findings findings) {
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
                    + breach.what(),
                "take the step out, or the word out of the guardrail")
            .withRelated(new Related(findings.file(), breach.rule(), "forbidden here")));
  }
}
