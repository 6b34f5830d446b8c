package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionDescription.Input;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.Names;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Runbook.ActionUse;
import io.byteport.dsl.model.Runbook.Detector;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.source.Span;
import java.util.Optional;
import java.util.Set;

/**
 * Where an input takes no untrusted data, its text stands in the runbook or comes from the
 * deployment: it names nothing but parameters. Stricter than following the data, and so never wrong
 * to rely on.
 */
final class Taint implements Check {
  private static final Set<String> TRUSTED = Set.of("params", "runbook");

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    for (Fact fact : subject.declaredFacts()) {
      if (fact instanceof Fact.Read read) {
        use(read.use(), subject, findings);
      }
    }
    for (StepTree.Placed placed : subject.tree().all()) {
      if (placed.step() instanceof Step.Act act) {
        use(act.use(), subject, findings);
      } else if (placed.step() instanceof Step.Propose propose) {
        use(propose.use(), subject, findings);
      }
    }
    for (Detector detector : subject.runbook().detectors().values()) {
      if (detector.watch() != null) {
        use(detector.watch().use(), subject, findings);
      }
    }
  }

  private static void use(ActionUse use, Subject subject, Findings findings) {
    subject
        .catalogue()
        .action(use.action().name())
        .ifPresent(
            action -> {
              use.with()
                  .forEach(
                      (name, entry) ->
                          action
                              .input(name)
                              .ifPresent(input -> value(input, entry.value(), use, findings)));
              ActionTyping.defaults(subject, use)
                  .forEach(
                      (name, entry) ->
                          action
                              .input(name)
                              .ifPresent(input -> value(input, entry.value(), use, findings)));
            });
  }

  private static void value(Input input, ValueExpr value, ActionUse use, Findings findings) {
    switch (input.untrusted()) {
      case ALLOWED -> {}
      case NEVER -> trusted(value, "`" + input.name() + "`", use, findings);
      case NOT_FIRST -> {
        String what = "the first element of `" + input.name() + "`";
        if (value instanceof ValueExpr.ListOf list) {
          list.items().stream().findFirst().ifPresent(first -> trusted(first, what, use, findings));
        } else {
          trusted(value, what, use, findings);
        }
      }
    }
  }

  private static void trusted(ValueExpr value, String what, ActionUse use, Findings findings) {
    untrusted(value)
        .ifPresent(
            span ->
                findings.add(
                    DiagnosticCode.FLOW_TAINTED,
                    span,
                    "expected a literal or a parameter for "
                        + what
                        + " of `"
                        + use.action()
                        + "`, found what comes from outside",
                    "write it into the runbook, or make it a parameter"));
  }

  /** The first part that is neither literal nor named after a parameter. */
  private static Optional<Span> untrusted(ValueExpr value) {
    return switch (value) {
      case ValueExpr.Constant constant -> Optional.empty();
      case ValueExpr.Single single -> untrusted(single.expr());
      case ValueExpr.Interpolated text ->
          text.template().parts().stream()
              .filter(Template.Hole.class::isInstance)
              .map(part -> untrusted(((Template.Hole) part).expr()))
              .flatMap(Optional::stream)
              .findFirst();
      case ValueExpr.ListOf list ->
          list.items().stream().map(Taint::untrusted).flatMap(Optional::stream).findFirst();
      case ValueExpr.MapOf map ->
          map.entries().values().stream()
              .map(entry -> untrusted(entry.value()))
              .flatMap(Optional::stream)
              .findFirst();
    };
  }

  private static Optional<Span> untrusted(Expr expr) {
    return TRUSTED.containsAll(Names.of(expr).roots())
        ? Optional.empty()
        : Optional.of(expr.span());
  }
}
