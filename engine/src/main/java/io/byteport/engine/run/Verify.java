package io.byteport.engine.run;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.value.Quantities;
import io.byteport.engine.eval.Cause;
import io.byteport.engine.eval.Explanation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a change has helped. All expectations begin to hold by {@code within} of the last
 * settled change and stay true for {@code for}; or they are sampled at offsets, and the first
 * sample that passes wins. What cannot be decided does not hold yet.
 */
final class Verify {
  private static final Duration EVERY = Duration.ofSeconds(15);

  private final Turn turn;

  Verify(Turn turn) {
    this.turn = turn;
  }

  /**
   * @param once whether it is looked once, for the record
   */
  static Frame begin(boolean once) {
    return new Frame.Verifying(once, 0, null, Frame.Verifying.Stage.WAITING);
  }

  /**
   * The runbook's verification with the class's keys laid over it; empty where neither says
   * anything.
   */
  static Optional<Runbook.Verify> spec(Turn turn) {
    Runbook runbook = turn.program().runbook();
    Decision decision = turn.state().decision();
    Runbook.Remediation remediation =
        decision == null ? null : runbook.remediate().get(decision.classId());
    Runbook.Verify general = runbook.verify();
    Runbook.Verify own = remediation == null ? null : remediation.verify();
    List<String> removed =
        remediation == null
            ? List.of()
            : remediation.verifyRemoved().stream().map(id -> id.name()).toList();
    Runbook.Verify merged =
        general == null
            ? own
            : own == null ? without(general, removed) : merged(general, own, removed);
    return Optional.ofNullable(merged).filter(verify -> !verify.expect().isEmpty());
  }

  private static Runbook.Verify without(Runbook.Verify verify, List<String> removed) {
    Map<String, Runbook.Expectation> expect = new LinkedHashMap<>(verify.expect());
    removed.forEach(expect::remove);
    return new Runbook.Verify(
        expect,
        verify.within(),
        verify.every(),
        verify.after(),
        verify.sustained(),
        verify.at(),
        verify.read(),
        verify.then(),
        verify.span());
  }

  private static Runbook.Verify merged(
      Runbook.Verify general, Runbook.Verify own, List<String> removed) {
    Map<String, Runbook.Expectation> expect = new LinkedHashMap<>(general.expect());
    removed.forEach(expect::remove);
    expect.putAll(own.expect());
    // a class that says `within` does not mean the runbook's offsets, and the other way round
    List<ValueExpr> at = own.at() != null ? own.at() : own.within() != null ? null : general.at();
    return new Runbook.Verify(
        expect,
        own.within() != null ? own.within() : general.within(),
        own.every() != null ? own.every() : general.every(),
        own.after() != null ? own.after() : general.after(),
        own.sustained() != null ? own.sustained() : general.sustained(),
        at,
        general.read(),
        own.then().isEmpty() ? general.then() : own.then(),
        own.span());
  }

  void go(Frame.Verifying frame, @Nullable Event event) {
    Runbook.Verify spec = spec(turn).orElseThrow();
    if (frame.stage() == Frame.Verifying.Stage.READING) {
      judge(frame, spec);
    } else if (event instanceof Event.TimeReached) {
      look(frame, spec);
    } else {
      Instant first = first(spec);
      if (turn.now().isBefore(first)) {
        turn.want(new Command.Wait(first));
      } else {
        look(frame, spec);
      }
    }
  }

  private Instant base() {
    Deeds deeds = turn.state().deeds();
    Instant settled = deeds.settledAt() == null ? deeds.changedAt() : deeds.settledAt();
    return settled == null ? turn.now() : settled;
  }

  private Instant first(Runbook.Verify spec) {
    return spec.at() == null
        ? base().plus(duration(spec.after(), Duration.ZERO))
        : offset(spec.at(), 0);
  }

  private Instant offset(List<ValueExpr> at, int look) {
    return base().plus(duration(at.get(look), Duration.ZERO));
  }

  private Duration duration(@Nullable ValueExpr value, Duration otherwise) {
    return turn.expressions().duration(value, Locals.NONE).orElse(otherwise);
  }

  private void look(Frame.Verifying frame, Runbook.Verify spec) {
    turn.replace(at(frame, Frame.Verifying.Stage.READING, frame.look(), frame.holdingSince()));
    List<Expr> conditions =
        spec.expect().values().stream().map(Runbook.Expectation::condition).toList();
    FactGraph graph = turn.program().graph();
    Set<String> known = turn.state().knowledge().readings().keySet();
    new Learn(turn).begin(graph.reads(graph.reached(conditions), known), true);
  }

  private static Frame.Verifying at(
      Frame.Verifying frame,
      Frame.Verifying.Stage stage,
      int look,
      @Nullable Instant holdingSince) {
    return new Frame.Verifying(frame.once(), look, holdingSince, stage);
  }

  private void judge(Frame.Verifying frame, Runbook.Verify spec) {
    Map<String, Note.Verdict> before = turn.state().verification().verdicts();
    Map<String, Note.Verdict> verdicts = new LinkedHashMap<>();
    Map<String, Explanation> explanations = new LinkedHashMap<>();
    for (Runbook.Expectation expectation : spec.expect().values()) {
      String id = expectation.id().name();
      Explanation explanation = turn.expressions().explain(expectation.condition(), Locals.NONE);
      Note.Verdict verdict = Expressions.verdict(explanation.evaluation());
      verdicts.put(id, verdict);
      explanations.put(id, explanation);
      if (verdict != before.get(id)) {
        told(id, verdict, explanation);
      }
    }
    List<String> unmet =
        verdicts.keySet().stream().filter(id -> verdicts.get(id) != Note.Verdict.TRUE).toList();
    turn.become(
        turn.state()
            .with(
                new Verification(
                    turn.state().verification().attempts() + 1,
                    Map.copyOf(verdicts),
                    List.of(),
                    unmet.isEmpty() ? recovered(frame) : null)));
    if (frame.once()) {
      given(unmet);
      turn.pop(Outcome.WENT);
    } else if (spec.at() != null) {
      sampled(frame, spec.at(), unmet, explanations);
    } else {
      held(frame, spec, unmet, explanations);
    }
  }

  private Instant recovered(Frame.Verifying frame) {
    return frame.holdingSince() == null ? turn.now() : frame.holdingSince();
  }

  private void told(String id, Note.Verdict verdict, Explanation explanation) {
    turn.note(
        new Note.ExpectationJudged(
            turn.now(),
            id,
            verdict,
            Explained.text(explanation),
            turn.expressions().term(explanation)));
  }

  private void given(List<String> unmet) {
    Verification now = turn.state().verification();
    turn.become(
        turn.state()
            .with(new Verification(now.attempts(), now.verdicts(), unmet, now.recoveredAt())));
  }

  private void sampled(
      Frame.Verifying frame,
      List<ValueExpr> at,
      List<String> unmet,
      Map<String, Explanation> explanations) {
    int next = frame.look() + 1;
    if (unmet.isEmpty()) {
      turn.pop(Outcome.WENT);
    } else if (next >= at.size()) {
      failed(unmet, explanations);
    } else {
      turn.replace(at(frame, Frame.Verifying.Stage.WAITING, next, null));
      turn.want(new Command.Wait(offset(at, next)));
    }
  }

  private void held(
      Frame.Verifying frame,
      Runbook.Verify spec,
      List<String> unmet,
      Map<String, Explanation> explanations) {
    Duration every = duration(spec.every(), EVERY);
    Duration sustained = duration(spec.sustained(), Duration.ZERO);
    Instant first = base().plus(duration(spec.after(), Duration.ZERO));
    Instant latest = base().plus(duration(spec.within(), Duration.ZERO));
    Instant deadline = latest.isBefore(first) ? first : latest;
    Instant since = unmet.isEmpty() ? recovered(frame) : null;
    if (since != null && !turn.now().isBefore(since.plus(sustained))) {
      turn.pop(Outcome.WENT);
    } else if (since == null && !turn.now().isBefore(deadline)) {
      failed(unmet, explanations);
    } else {
      Instant bound = since == null ? deadline : since.plus(sustained);
      turn.replace(at(frame, Frame.Verifying.Stage.WAITING, frame.look() + 1, since));
      turn.want(new Command.Wait(Clear.earlier(turn.now().plus(every), bound)));
    }
  }

  private void failed(List<String> unmet, Map<String, Explanation> explanations) {
    given(unmet);
    List<Cause> causes = new ArrayList<>();
    for (String id : unmet) {
      Explanation explanation = explanations.get(id);
      Note.Verdict verdict = turn.state().verification().verdicts().get(id);
      if (explanation != null && verdict != null) {
        told(id, verdict, explanation);
        causes.addAll(Claims.causes(explanation.evaluation()));
      }
    }
    Duration since = Duration.between(base(), turn.now());
    String names = "`" + String.join("`, `", unmet) + "`";
    turn.pop(
        new Outcome.Failed(
            names
                + (unmet.size() == 1 ? " does not hold " : " do not hold ")
                + Quantities.print(since)
                + " after the last change"
                + (causes.isEmpty() ? "" : ": " + Expressions.reason(causes)),
            causes));
  }
}
