package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Runbook.Classify;
import io.byteport.dsl.model.Runbook.Rule;
import io.byteport.dsl.model.ValueExpr.Constant;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value.NumberValue;

/**
 * A confidence lies between 0 and 1; a class that could never act, since all that is known of it
 * lies under the gate, is a mistake.
 */
final class Confidences implements Check {

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    Classify classify = subject.runbook().classify();
    double gate = classify.minConfidence();
    for (Rule rule : classify.rules()) {
      for (Choice.Option option : rule.confidence().options()) {
        if (option.value() instanceof Constant constant
            && constant.value() instanceof NumberValue number) {
          confidence(constant, number.value(), gate, findings);
        }
      }
    }
  }

  /** A whole number up to a hundred was probably meant as one. */
  private static boolean isPercent(double found) {
    return found > 1 && found <= 100 && found == Math.rint(found);
  }

  private static void confidence(Constant constant, double found, double gate, Findings findings) {
    String written = findings.file().text(constant.span());
    if (found < 0 || found > 1) {
      findings.add(
          DiagnosticCode.FLOW_CONFIDENCE,
          constant.span(),
          "expected a confidence from 0 to 1, found `" + written + "`",
          isPercent(found) ? "write `" + Quantities.number(found / 100) + "`" : null);
    } else if (found < gate && gate <= 1) {
      findings.add(
          DiagnosticCode.FLOW_CONFIDENCE,
          constant.span(),
          "expected a confidence of at least "
              + Quantities.number(gate)
              + ", the gate of this runbook, found `"
              + written
              + "`",
          "under the gate nothing is ever done; raise the confidence, or leave the rule out, so"
              + " that the class is `unknown`");
    }
  }
}
