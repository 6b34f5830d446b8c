package io.byteport.engine.eval;

import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.DurationValue;
import io.byteport.dsl.value.Value.InstantValue;
import io.byteport.engine.eval.Library.Implementation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Functions that look back. Where too little was seen they are undecided rather than optimistic.
 */
final class TimeFunctions {
  private TimeFunctions() {}

  static void addTo(Map<String, Implementation> library) {
    library.put("increase", call -> increase(call, false));
    library.put("rate", call -> increase(call, true));
    library.put("age", TimeFunctions::age);
  }

  private static Evaluation age(Invocation call) {
    return call.strict(
        arguments ->
            Evaluation.of(
                Value.of(
                    Duration.between(
                        ((InstantValue) arguments.get(0)).value(),
                        call.walk().environment().now()))));
  }

  // ── counters ──────────────────────────────────────────────────────────────────────────────────

  private static Evaluation increase(Invocation call, boolean each) {
    Evaluation current = call.walk().evaluate(call.argument(0));
    Evaluation window = call.walk().evaluate(call.argument(1));
    if (!(current instanceof Evaluation.Known now)) {
      return current;
    }
    if (!(window instanceof Evaluation.Known span)) {
      return window;
    }
    if (now.value().isNull() || !(span.value() instanceof DurationValue duration)) {
      return Evaluation.of(Value.NULL);
    }
    if (!duration.value().isPositive()) {
      return call.undecided("looks back over no time");
    }
    OptionalDouble risen = risen(call, number(now.value()), duration.value());
    if (risen.isEmpty()) {
      return call.undecided(
          "has not been watched for " + Quantities.print(duration.value()) + " yet");
    }
    return call.number(
        each ? risen.getAsDouble() / Units.millis(duration.value()) * 1000 : risen.getAsDouble());
  }

  /**
   * By how much a counter rose since the last sample that is as old as the window; a fall is a
   * restart from zero.
   */
  private static OptionalDouble risen(Invocation call, double current, Duration window) {
    Environment environment = call.walk().environment();
    Instant start = environment.now().minus(window);
    OptionalDouble before = OptionalDouble.empty();
    double sum = 0;
    for (Sample sample : environment.history()) {
      Evaluation then = call.walk().in(new Earlier(environment, sample)).evaluate(call.argument(0));
      OptionalDouble value =
          then instanceof Evaluation.Known known
              ? Units.number(known.value())
              : OptionalDouble.empty();
      if (value.isEmpty() || !sample.at().isBefore(environment.now())) {
        continue;
      }
      if (!sample.at().isAfter(start)) {
        before = value;
      } else if (before.isPresent()) {
        sum += step(before.getAsDouble(), value.getAsDouble());
        before = value;
      }
    }
    return before.isPresent()
        ? OptionalDouble.of(sum + step(before.getAsDouble(), current))
        : OptionalDouble.empty();
  }

  private static double step(double before, double after) {
    return after >= before ? after - before : after;
  }

  /** An environment as of a sample; what the sample does not hold is as it is now. */
  private record Earlier(Environment present, Sample sample) implements Environment {
    @Override
    public Evaluation root(String name) {
      Evaluation then = sample.roots().get(name);
      return then == null ? present.root(name) : then;
    }

    @Override
    public Evaluation member(String root, String field) {
      return sample.roots().containsKey(root)
          ? Environment.super.member(root, field)
          : present.member(root, field);
    }

    @Override
    public Instant now() {
      return sample.at();
    }
  }

  private static double number(Value value) {
    return NumberFunctions.number(value);
  }
}
