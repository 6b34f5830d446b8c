package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.check.Typing.Site;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Runbook.ActionUse;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.solve.Formula;
import io.byteport.dsl.solve.Model;
import io.byteport.dsl.solve.Solver;
import io.byteport.dsl.source.Sources;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * As much as can be understood of a runbook, sound or not: what an editor asks while it is being
 * written. What libraries lend is all there, named or not. It finds no faults and is nothing that
 * can be run; {@link RunbookLoader#load} does and makes both. Immutable.
 */
public final class RunbookAnalysis {
  private final YamlMapping root;
  private final Sources sources;
  private final Subject subject;
  private final TypingPass.Typed typed;

  RunbookAnalysis(YamlMapping root, Sources sources, Subject subject, TypingPass.Typed typed) {
    this.root = root;
    this.sources = sources;
    this.subject = subject;
    this.typed = typed;
  }

  /** The document as it is written in its own file. */
  public YamlMapping root() {
    return root;
  }

  /** The texts that it is made of; spans of the runbook are those of the whole. */
  public Sources sources() {
    return sources;
  }

  /** The sections as far as they could be read; what could not has a placeholder. */
  public Runbook runbook() {
    return subject.runbook();
  }

  /** The types of what could be typed. */
  public Typing typing() {
    return typed.typing();
  }

  public ActionCatalogue catalogue() {
    return subject.catalogue();
  }

  /** The type of each parameter. */
  public Map<String, Type> params() {
    return typed.params();
  }

  /** The type of each input. */
  public Map<String, Type> inputs() {
    return typed.inputs();
  }

  /** Every step by id, wherever it stands. */
  public Map<String, Step> steps() {
    Map<String, Step> steps = new LinkedHashMap<>();
    for (StepTree.Placed placed : subject.tree().all()) {
      steps.putIfAbsent(placed.step().head().id().name(), placed.step());
    }
    return Collections.unmodifiableMap(steps);
  }

  /** Every use of an action: watched, read, run or proposed. */
  public List<ActionUse> uses() {
    return subject.uses();
  }

  /**
   * What was expected at a place and which names it may use.
   *
   * @param offset within the whole of the texts, in code points
   * @return the narrowest value there; empty where none was read
   */
  public Optional<Site> site(int offset) {
    return typed.typing().site(offset);
  }

  /**
   * Facts with which a rule wins: it is true, and those before it are false.
   *
   * @param rule its index, from 0
   * @return empty where there are none, or none were found
   */
  public Optional<Model> witness(int rule) {
    Reasoning reasoning = new Reasoning(subject, typed);
    List<Formula> all = new ArrayList<>(List.of(reasoning.rules().get(rule).holds()));
    all.addAll(reasoning.before(rule));
    return Solver.solve(all) instanceof Solver.Possible possible
        ? possible.facts()
        : Optional.empty();
  }
}
