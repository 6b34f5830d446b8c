package io.byteport.dsl.check;

import io.byteport.dsl.check.Reasoning.Judged;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Choice.Option;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.solve.Encoder;
import io.byteport.dsl.solve.Formula;
import io.byteport.dsl.solve.Solver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every entry of a choice can be the first that holds. A choice in a rule is asked only where the
 * rule holds.
 */
final class DeadChoices implements ReasonedCheck {

  @Override
  public void check(Reasoning reasoning, Findings findings) {
    Runbook runbook = reasoning.subject().runbook();
    for (Runbook.Detector detector : runbook.detectors().values()) {
      choice(detector.severity(), List.of(), reasoning, findings);
    }
    for (Fact fact : reasoning.subject().declaredFacts()) {
      if (fact instanceof Fact.Chosen chosen) {
        choice(chosen.choice(), List.of(), reasoning, findings);
      }
    }
    choice(runbook.severity(), List.of(), reasoning, findings);
    for (int i = 0; i < reasoning.rules().size(); i++) {
      Judged rule = reasoning.rules().get(i);
      List<Formula> context = reasoning.before(i);
      context.add(rule.holds());
      boolean wins = !Solver.impossible(context);
      choice(rule.rule().confidence(), wins ? context : List.of(), reasoning, findings);
    }
    choice(runbook.summary(), List.of(), reasoning, findings);
    choice(runbook.escalate().priority(), List.of(), reasoning, findings);
  }

  private static void choice(
      @Nullable Choice choice, List<Formula> context, Reasoning reasoning, Findings findings) {
    if (choice == null || choice.options().size() < 2) {
      return;
    }
    Encoder encoder = reasoning.encoder();
    List<Option> before = new ArrayList<>();
    for (Option option : choice.options()) {
      Optional<TypedExpr> when = reasoning.typed(option.when());
      boolean known = option.when() == null || when.isPresent();
      Formula holds = when.map(encoder::holds).orElse(Formula.TRUE);
      List<Formula> all = new ArrayList<>(context);
      before.forEach(one -> all.add(passed(one, reasoning, encoder)));
      all.add(holds);
      if (known && Solver.impossible(all)) {
        report(option, before, Solver.impossible(holds), findings);
      } else if (known) {
        before.add(option);
      }
    }
  }

  /** That an entry does not hold. */
  private static Formula passed(Option option, Reasoning reasoning, Encoder encoder) {
    return option.when() == null
        ? Formula.FALSE
        : reasoning.typed(option.when()).map(encoder::doesNotHold).orElse(Formula.TRUE);
  }

  private static void report(Option option, List<Option> before, boolean never, Findings findings) {
    Diagnostic diagnostic =
        Diagnostic.of(
            DiagnosticCode.RULE_DEAD_CHOICE,
            findings.file(),
            option.when() == null ? option.span() : option.when().span(),
            "expected an entry that can be chosen, found one that "
                + (never
                    ? "never holds"
                    : before.isEmpty()
                        ? "never holds here"
                        : "never holds where those before it do not"),
            "the first entry that holds is chosen; put the narrower one first, or take it out");
    if (!never && !before.isEmpty()) {
      Option last = before.getLast();
      diagnostic =
          diagnostic.withRelated(
              new Related(
                  findings.file(),
                  last.when() == null ? last.span() : last.when().span(),
                  before.size() == 1 ? "is chosen first" : "one of these is chosen first"));
    }
    findings.add(diagnostic);
  }
}
