package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.diagnostic.Severity;
import io.byteport.dsl.model.Runbook.Verify;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.source.Span;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times of verifications and of repeated looks fit together. What no value of the parameters
 * mends is an error, what only their defaults bring about a warning.
 */
final class VerificationTimes implements ReasonedCheck {

  @Override
  public void check(Reasoning reasoning, Findings findings) {
    Times times = new Times(reasoning, findings);
    reasoning.subject().verifications().forEach(times::verify);
    for (StepTree.Placed placed : reasoning.subject().tree().all()) {
      times.step(placed.step());
    }
  }

  /** One runbook's times. */
  private record Times(Reasoning reasoning, Findings findings) {

    private Optional<Amount> amount(@Nullable ValueExpr value) {
      return Amount.of(value, reasoning);
    }

    void verify(Verify verify) {
      Optional<Amount> within = amount(verify.within());
      Optional<Amount> after = amount(verify.after());
      if (verify.within() != null && verify.after() != null) {
        shorter(
            verify.within(),
            verify.after(),
            "expected `within` to end after the first look, found %s, which is shorter than"
                + " `after` (%s)",
            "`within` counts from the change as `after` does; make it longer",
            Severity.ERROR);
      }
      pace(verify.every(), "the verification");
      seldom(verify, within, after);
      if (verify.at() != null) {
        sorted(verify.at());
      }
    }

    /** A pace that is longer than all that is waited for is never waited out. */
    private void seldom(Verify verify, Optional<Amount> within, Optional<Amount> after) {
      Optional<Amount> every = amount(verify.every());
      Optional<Amount> sustained = amount(verify.sustained());
      boolean known =
          (verify.within() == null || within.isPresent())
              && (verify.after() == null || after.isPresent())
              && (verify.sustained() == null || sustained.isPresent());
      if (every.isEmpty() || verify.every() == null || !known) {
        return;
      }
      double start = after.map(Amount::least).orElse(0.0);
      double end = within.map(Amount::most).orElse(0.0);
      double held = sustained.map(Amount::most).orElse(0.0);
      if (Math.max(end - Math.max(start, 0), held) < every.get().least()) {
        warn(
            verify.every().span(),
            "expected `every` to fit into `within` and `for`, found "
                + quoted(verify.every())
                + ", which is longer than both",
            "nothing is looked at between the first and the last moment; make it shorter");
      }
    }

    private void sorted(List<ValueExpr> at) {
      for (int i = 1; i < at.size(); i++) {
        Optional<Amount> before = amount(at.get(i - 1));
        Optional<Amount> offset = amount(at.get(i));
        if (before.isPresent() && offset.isPresent()) {
          shorter(
              at.get(i),
              at.get(i - 1),
              "expected offsets in order, found %s after the later %s",
              "all offsets count from the change; sort them",
              Severity.ERROR);
          if (before.get().equals(offset.get()) && before.get().isAlways(offset.get().least())) {
            warn(
                at.get(i).span(),
                "expected each offset once, found " + quoted(at.get(i)) + " twice",
                "take one out");
          }
        }
      }
    }

    void step(Step step) {
      switch (step) {
        case Step.Act act when act.until() != null -> {
          pace(act.every(), "the step");
          if (act.within() != null) {
            if (act.every() != null) {
              shorter(
                  act.within(),
                  act.every(),
                  "expected `within` to have room for a second look, found %s, which is shorter"
                      + " than `every` (%s)",
                  "it looks at the beginning and at the end only; change one of them",
                  Severity.WARNING);
            }
            if (act.use().timeout() != null) {
              shorter(
                  act.within(),
                  act.use().timeout(),
                  "expected `timeout` to fit into `within`, found a `within` of %s and a `timeout`"
                      + " of %s",
                  "one look may take longer than all of them may; make `timeout` shorter",
                  Severity.WARNING);
            }
          }
        }
        case Step.Wait wait when wait.until() != null -> {
          pace(wait.every(), "the step");
          if (wait.every() != null) {
            shorter(
                wait.duration(),
                wait.every(),
                "expected `wait` to have room for a second look, found %s, which is shorter than"
                    + " `every` (%s)",
                "it looks at the beginning and at the end only; change one of them",
                Severity.WARNING);
          }
        }
        case Step.Act act -> {}
        case Step.Wait wait -> {}
        case Step.CallBlock call -> {}
        case Step.Group group -> {}
        case Step.Match match -> {}
        case Step.Propose propose -> {}
        case Step.Record fields -> {}
        case Step.HandOff handOff -> {}
        case Step.Escalate escalate -> {}
      }
    }

    private void pace(@Nullable ValueExpr every, String what) {
      Optional<Amount> amount = amount(every);
      if (every != null && amount.isPresent() && amount.get().most() <= 0) {
        findings.add(
            DiagnosticCode.FLOW_VERIFICATION_IN_VAIN,
            every.span(),
            "expected a pause between two looks, found " + quoted(every),
            "without one " + what + " would look without end; `15s` is usual");
      }
    }

    /** That the first is not shorter than the second; the message quotes both. */
    private void shorter(
        ValueExpr first, ValueExpr second, String message, String hint, Severity gravest) {
      Optional<Amount> a = amount(first);
      Optional<Amount> b = amount(second);
      if (a.isEmpty() || b.isEmpty() || !a.get().isUsuallyLessThan(b.get())) {
        return;
      }
      boolean always = a.get().isLessThan(b.get());
      add(
          always ? gravest : Severity.WARNING,
          first.span(),
          message.formatted(quoted(first), quoted(second))
              + (always ? "" : " with the defaults of the parameters"),
          hint,
          second.span());
    }

    private void warn(Span span, String message, String hint) {
      add(Severity.WARNING, span, message, hint, null);
    }

    private void add(
        Severity severity, Span span, String message, String hint, @Nullable Span other) {
      List<Related> related =
          other == null
              ? List.of()
              : List.of(new Related(findings.file(), other, "the other time"));
      findings.add(
          new Diagnostic(
              DiagnosticCode.FLOW_VERIFICATION_IN_VAIN,
              severity,
              findings.file(),
              span,
              message,
              hint,
              related,
              List.of()));
    }

    private String quoted(ValueExpr value) {
      return "`" + findings.file().text(value.span()) + "`";
    }
  }
}
