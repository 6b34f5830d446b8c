package io.byteport.engine.run;

import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Evaluation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of {@code run} at one moment. */
final class RunFacts {
  static final List<String> NAMES =
      List.of(
          "id",
          "result",
          "reason",
          "did",
          "planned",
          "changed",
          "stoppedBy",
          "unmet",
          "suspected",
          "because",
          "openedAt",
          "changedAt",
          "recoveredAt",
          "duration",
          "rollback",
          "advice",
          "explanation",
          "timeline",
          "link",
          "attempts");

  private final Moment moment;
  private final RunState state;

  RunFacts(Moment moment) {
    this.moment = moment;
    this.state = moment.state();
  }

  Evaluation get(String field) {
    return Evaluation.of(
        switch (field) {
          case "id" -> Value.of(state.opening().run().value());
          case "result" ->
              state.ending() == null ? Value.NULL : Value.of(state.ending().result().word());
          case "reason" -> text(state.ending() == null ? null : state.ending().reason());
          case "did" -> state.live() ? texts(state.did()) : ids(state.planned());
          case "planned" -> planned();
          case "changed" -> Value.of(state.deeds().changed());
          case "stoppedBy" -> text(state.ending() == null ? null : state.ending().stoppedBy());
          case "unmet" -> Value.of(state.verification().unmet().stream().map(Value::of).toList());
          case "suspected" -> text(state.decision() == null ? null : state.decision().suspected());
          case "because" -> text(state.decision() == null ? null : state.decision().because());
          case "openedAt" -> Value.of(state.opening().at());
          case "changedAt" -> time(state.deeds().changedAt());
          case "recoveredAt" -> time(state.verification().recoveredAt());
          case "duration" -> Value.of(Duration.between(state.opening().at(), state.at()));
          case "rollback" -> Value.of(state.deeds().rollback());
          case "advice" -> text(advice());
          case "explanation" -> Value.of(DecisionTree.of(state.decision()));
          case "timeline" -> timeline();
          case "link" -> Value.of(moment.links().run(state.opening().run()));
          case "attempts" -> Value.of(state.verification().attempts());
          default -> Value.NULL;
        });
  }

  private @Nullable String advice() {
    ValueExpr written = new Advice(state).written();
    return written == null ? null : moment.expressions(false).text(written, Locals.NONE);
  }

  private Value planned() {
    return Value.of(
        state.planned().stream()
            .map(deed -> Value.of(deed.command() == null ? deed.step() : deed.command()))
            .toList());
  }

  private Value timeline() {
    return Value.of(
        state.did().stream().map(deed -> Value.of(deed.at() + " " + deed.text())).toList());
  }

  private static Value ids(List<Deed> deeds) {
    return Value.of(deeds.stream().map(deed -> Value.of(deed.step())).toList());
  }

  private static Value texts(List<Deed> deeds) {
    return Value.of(deeds.stream().map(deed -> Value.of(deed.text())).toList());
  }

  private static Value text(@Nullable String text) {
    return RunEnvironment.text(text);
  }

  private static Value time(@Nullable Instant at) {
    return at == null ? Value.NULL : Value.of(at);
  }
}
