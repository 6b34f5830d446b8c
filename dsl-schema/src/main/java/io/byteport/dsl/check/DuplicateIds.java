package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook.Detector;
import io.byteport.dsl.model.Runbook.Param;
import io.byteport.dsl.model.Runbook.Remediation;
import io.byteport.dsl.model.Runbook.Rule;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.source.Span;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Ids that can be meant in one place stand once: facts of all sections; steps and classes, both of
 * which guardrails name; parameters, and signals, with their other names; the runbook itself, with
 * its own.
 */
final class DuplicateIds implements Check {

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    Space facts = new Space("fact", findings);
    for (Fact fact : subject.declaredFacts()) {
      facts.add(fact.id());
    }
    Space guarded = new Space("step or class", findings);
    Set<String> classes = new HashSet<>();
    for (Rule rule : subject.runbook().classify().rules()) {
      if (classes.add(rule.classId().name())) { // several rules may lead to one class
        guarded.add(rule.classId());
      }
    }
    for (Remediation remediation : subject.runbook().remediate().values()) {
      if (classes.add(remediation.classId().name())) {
        guarded.add(remediation.classId());
      }
    }
    for (StepTree.Placed placed : subject.tree().all()) {
      Step.Head head = placed.step().head();
      if (head.given()) {
        guarded.add(head.id());
      }
    }
    Space names = new Space("runbook", findings);
    names.add(subject.runbook().metadata().id());
    subject.runbook().metadata().aliases().forEach(names::add);
    Space superseded = new Space("runbook that is superseded", findings);
    superseded.add(subject.runbook().metadata().id());
    subject.runbook().metadata().supersedes().forEach(superseded::add);
    Space params = new Space("parameter", findings);
    for (Param param : subject.runbook().params().values()) {
      params.add(param.id());
    }
    for (Param param : subject.runbook().params().values()) {
      param.aliases().forEach(params::add);
    }
    Space signals = new Space("signal", findings);
    for (Detector detector : subject.runbook().detectors().values()) {
      signals.add(detector.id());
    }
    for (Detector detector : subject.runbook().detectors().values()) {
      detector.aliases().forEach(signals::add);
    }
  }

  /** Ids that must differ from each other. */
  private static final class Space {
    private final String what;
    private final Findings findings;
    private final Map<String, Span> first = new HashMap<>();

    Space(String what, Findings findings) {
      this.what = what;
      this.findings = findings;
    }

    void add(Id id) {
      Span before = first.putIfAbsent(id.name(), id.span());
      if (before != null && !id.name().isEmpty()) {
        findings.add(
            Diagnostic.of(
                    DiagnosticCode.NAME_DUPLICATE,
                    findings.file(),
                    id.span(),
                    "expected the id of one " + what + ", found `" + id + "` a second time",
                    "give one of the two another id")
                .withRelated(new Related(findings.file(), before, "the first one")));
      }
    }
  }
}
