package io.byteport.dsl.check;

import io.byteport.dsl.check.Reasoning.Judged;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.solve.Formula;
import io.byteport.dsl.solve.Model;
import io.byteport.dsl.solve.Solver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A rule can win: it can be true while all before it are false. One that is undecided stops the
 * search as well as one that is true.
 */
final class ShadowedRules implements ReasonedCheck {

  @Override
  public void check(Reasoning reasoning, Findings findings) {
    List<Judged> rules = reasoning.rules();
    for (int i = 1; i < rules.size(); i++) {
      Judged rule = rules.get(i);
      List<Formula> all = reasoning.before(i);
      all.add(rule.holds());
      if (rule.when() != null && Solver.impossible(all) && !rule.neverHolds()) {
        List<Judged> before =
            Reasoning.core(
                rules.subList(0, i).reversed(), fewer -> Solver.impossible(with(rule, fewer)));
        if (before.stream().noneMatch(Judged::neverFails)) {
          findings.add(told(reasoning, rule, before.reversed(), findings));
        }
      }
    }
  }

  private static List<Formula> with(Judged rule, List<Judged> before) {
    List<Formula> formulas = new ArrayList<>();
    formulas.add(rule.holds());
    before.forEach(one -> formulas.add(one.fails()));
    return formulas;
  }

  private static Diagnostic told(
      Reasoning reasoning, Judged rule, List<Judged> before, Findings findings) {
    String names =
        before.stream()
            .map(one -> "`" + one.name() + "` (line " + line(one, findings) + ")")
            .collect(Collectors.joining(" or "));
    Diagnostic diagnostic =
        Diagnostic.of(
            DiagnosticCode.RULE_SHADOWED,
            findings.file(),
            rule.rule().when().span(),
            "expected a rule that can win, found `"
                + rule.name()
                + "`: whenever "
                + Reasoning.quoted(rule.rule().when())
                + " holds"
                + example(reasoning, rule, before)
                + ", the rule "
                + names
                + " wins first",
            "put the narrower rule first, or take one of them out");
    for (Judged one : before) {
      diagnostic =
          diagnostic.withRelated(
              new Related(findings.file(), one.rule().when().span(), "wins first"));
    }
    return diagnostic;
  }

  private static int line(Judged rule, Findings findings) {
    return findings.file().position(rule.rule().span().start()).line() + 1;
  }

  /** Facts under which this rule holds and one of the others wins. */
  private static String example(Reasoning reasoning, Judged rule, List<Judged> before) {
    for (Judged winner : before) {
      List<Formula> all = reasoning.before(reasoning.rules().indexOf(winner));
      all.addFirst(winner.holds());
      all.addFirst(rule.holds());
      Optional<Model> facts =
          Solver.solve(all) instanceof Solver.Possible possible
              ? possible.facts().filter(Model::isPlain)
              : Optional.empty();
      boolean says =
          facts.isPresent() && !facts.get().shown().equals(Reasoning.quoted(rule.rule().when()));
      if (says) {
        return ", for example with " + facts.get().shown();
      }
    }
    return "";
  }
}
