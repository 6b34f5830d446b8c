package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Runbook.ActionUse;
import io.byteport.dsl.model.Runbook.Detector;
import io.byteport.dsl.model.Runbook.Remediation;
import io.byteport.dsl.model.Runbook.Verify;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.source.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the checks look at: one runbook as it was mapped, and the vocabulary that it may use. */
record Subject(SourceFile file, Runbook runbook, ActionCatalogue catalogue, StepTree tree) {

  /** The verifications, the runbook's first. */
  List<Verify> verifications() {
    List<Verify> verifications = new ArrayList<>();
    if (runbook.verify() != null) {
      verifications.add(runbook.verify());
    }
    for (Remediation remediation : runbook.remediate().values()) {
      if (remediation.verify() != null) {
        verifications.add(remediation.verify());
      }
    }
    return verifications;
  }

  /** Every declaration of a fact, in the order of the sections; an id may be among them twice. */
  List<Fact> declaredFacts() {
    List<Fact> facts = new ArrayList<>(runbook.diagnose().values());
    verifications().forEach(verify -> facts.addAll(verify.read().values()));
    return facts;
  }

  /** The facts by name; the first where an id is declared twice. */
  Map<String, Fact> facts() {
    Map<String, Fact> facts = new LinkedHashMap<>();
    declaredFacts().forEach(fact -> facts.putIfAbsent(fact.id().name(), fact));
    return facts;
  }

  /** Every use of an action, where it is watched, read, run or proposed. */
  List<ActionUse> uses() {
    List<ActionUse> uses = new ArrayList<>();
    for (Detector detector : runbook.detectors().values()) {
      if (detector.watch() != null) {
        uses.add(detector.watch().use());
      }
    }
    for (Fact fact : declaredFacts()) {
      if (fact instanceof Fact.Read read) {
        uses.add(read.use());
      }
    }
    for (StepTree.Placed placed : tree.all()) {
      if (placed.step() instanceof Step.Act act) {
        uses.add(act.use());
      } else if (placed.step() instanceof Step.Propose propose) {
        uses.add(propose.use());
      }
    }
    return uses;
  }
}
