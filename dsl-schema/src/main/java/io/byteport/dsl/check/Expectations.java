package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Runbook.Expectation;
import io.byteport.dsl.model.Runbook.Remediation;
import io.byteport.dsl.model.Runbook.Verify;
import io.byteport.dsl.solve.Encoder;
import io.byteport.dsl.solve.Formula;
import io.byteport.dsl.solve.Solver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All expectations of a verification can hold at once, those of a class laid over the runbook's.
 */
final class Expectations implements ReasonedCheck {

  @Override
  public void check(Reasoning reasoning, Findings findings) {
    Runbook runbook = reasoning.subject().runbook();
    Set<Expectation> told = new LinkedHashSet<>();
    Map<String, Expectation> general =
        runbook.verify() == null ? Map.of() : runbook.verify().expect();
    judge(general, told, reasoning, findings);
    for (Remediation remediation : runbook.remediate().values()) {
      Verify own = remediation.verify();
      if (own != null) {
        Map<String, Expectation> merged = new LinkedHashMap<>(general);
        remediation.verifyRemoved().stream().map(Id::name).forEach(merged::remove);
        merged.putAll(own.expect());
        judge(merged, told, reasoning, findings);
      }
    }
  }

  private static void judge(
      Map<String, Expectation> expectations,
      Set<Expectation> told,
      Reasoning reasoning,
      Findings findings) {
    Encoder encoder = reasoning.encoder();
    Map<Expectation, Formula> formulas = new LinkedHashMap<>();
    Map<Expectation, TypedExpr> typed = new LinkedHashMap<>();
    for (Expectation one : expectations.values()) {
      reasoning
          .typed(one.condition())
          .ifPresent(
              condition -> {
                formulas.put(one, encoder.holds(condition));
                typed.put(one, condition);
              });
    }
    if (!Solver.impossible(List.copyOf(formulas.values()))) {
      return;
    }
    List<Expectation> core =
        Reasoning.core(
            List.copyOf(formulas.keySet()),
            fewer ->
                Solver.impossible(
                    fewer.stream().map(one -> formulas.getOrDefault(one, Formula.TRUE)).toList()));
    Expectation last = core.getLast();
    if (told.add(last)) {
      List<TypedExpr> parts = new ArrayList<>();
      core.forEach(one -> parts.addAll(parts(typed.get(one), core.size(), reasoning)));
      findings.add(
          Contradictions.related(
              Diagnostic.of(
                  DiagnosticCode.FLOW_VERIFICATION_IN_VAIN,
                  findings.file(),
                  last.condition().span(),
                  "expected expectations that can all hold, found " + Contradictions.found(parts),
                  "as it stands, every run that changes something fails its verification"),
              parts,
              findings));
    }
  }

  private static List<TypedExpr> parts(
      @Nullable TypedExpr condition, int all, Reasoning reasoning) {
    return condition == null
        ? List.of()
        : all == 1 ? reasoning.clash(condition) : List.of(condition);
  }
}
