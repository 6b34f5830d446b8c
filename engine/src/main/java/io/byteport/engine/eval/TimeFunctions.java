package io.byteport.engine.eval;

import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.DurationValue;
import io.byteport.dsl.value.Value.InstantValue;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Library.Implementation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Functions that look at values over time. Where there is too little to look at they are undecided
 * rather than optimistic.
 */
final class TimeFunctions {
  private TimeFunctions() {}

  static void addTo(Map<String, Implementation> library) {
    library.put("increase", call -> increase(call, false));
    library.put("rate", call -> increase(call, true));
    library.put("growth", call -> overSeries(call, 1, points -> growth(call, points)));
    library.put("rising", call -> overSeries(call, 1, points -> rising(call, points)));
    library.put("quantile", call -> overSeries(call, 2, points -> quantile(call, points)));
    library.put("correlation", TimeFunctions::correlation);
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

  // ── series ────────────────────────────────────────────────────────────────────────────────────

  /** Values with their times, or with their positions where they have none. */
  private record Points(long[] times, double[] values) {
    int size() {
      return values.length;
    }
  }

  private interface PointsBody {
    Evaluation apply(Points points);
  }

  private static Evaluation overSeries(Invocation call, int window, PointsBody body) {
    return call.strict(
        arguments ->
            call.answer(arguments.get(0))
                .orElseGet(
                    () ->
                        body.apply(
                            points(
                                arguments.get(0),
                                call.argument(0).type(),
                                window(arguments, window)))));
  }

  private static Optional<Duration> window(List<Value> arguments, int index) {
    return arguments.size() > index && arguments.get(index) instanceof DurationValue duration
        ? Optional.of(duration.value())
        : Optional.empty();
  }

  /**
   * The points that are not older than the window, counted back from the newest; nulls are left
   * out.
   */
  private static Points points(Value value, Type type, Optional<Duration> window) {
    List<Value> items = value instanceof ListValue list ? list.items() : List.of();
    List<Long> times = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    boolean series = type.nonNull() instanceof SeriesType;
    for (int i = 0; i < items.size(); i++) {
      Value item = items.get(i);
      long time = i;
      if (series && item instanceof StructValue point) {
        time = point.get("at") instanceof InstantValue at ? at.value().toEpochMilli() : i;
        item = point.get("value");
      }
      OptionalDouble number = Units.number(item);
      if (number.isPresent()) {
        times.add(time);
        values.add(number.getAsDouble());
      }
    }
    long newest = times.stream().mapToLong(Long::longValue).max().orElse(0);
    long oldest = window.map(w -> newest - w.toMillis()).orElse(Long.MIN_VALUE);
    int from = 0;
    while (from < times.size() && times.get(from) < oldest) {
      from++;
    }
    return new Points(
        times.subList(from, times.size()).stream().mapToLong(Long::longValue).toArray(),
        values.subList(from, values.size()).stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static Evaluation growth(Invocation call, Points points) {
    if (points.size() < 2) {
      return call.undecided("needs two points at least");
    }
    int tenth = Math.max(1, points.size() / 10);
    double first = mean(Arrays.copyOfRange(points.values(), 0, tenth));
    double last = mean(Arrays.copyOfRange(points.values(), points.size() - tenth, points.size()));
    return first == 0
        ? call.undecided("grows from zero")
        : call.number((last - first) / Math.abs(first) * 100);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static Evaluation rising(Invocation call, Points points) {
    if (points.size() < 2) {
      return call.undecided("needs two points at least");
    }
    double[] values = points.values();
    for (int i = 1; i < values.length; i++) {
      if (values[i] < values[i - 1]) {
        return Evaluation.of(false);
      }
    }
    return Evaluation.of(values[values.length - 1] > values[0]);
  }

  private static Evaluation quantile(Invocation call, Points points) {
    Evaluation share = call.walk().evaluate(call.argument(1));
    double q = share instanceof Evaluation.Known known ? number(known.value()) : Double.NaN;
    if (!(q >= 0 && q <= 1)) {
      return call.undecided("asks for a quantile that is not between 0 and 1");
    }
    if (points.size() == 0) {
      return call.undecided("needs a point at least");
    }
    double[] sorted = points.values().clone();
    Arrays.sort(sorted);
    double position = q * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = (int) Math.ceil(position);
    return call.number(sorted[below] + (sorted[above] - sorted[below]) * (position - below));
  }

  private static Evaluation correlation(Invocation call) {
    return call.strict(
        arguments -> {
          for (int i = 0; i < 2; i++) {
            if (arguments.get(i) instanceof StructValue struct
                && struct.fields().containsKey("correlation")) {
              return Evaluation.of(struct.get("correlation"));
            }
          }
          Optional<Duration> window = window(arguments, 2);
          return correlated(
              call,
              points(arguments.get(0), call.argument(0).type(), window),
              points(arguments.get(1), call.argument(1).type(), window));
        });
  }

  /** Pearson's coefficient of the points that both series have. */
  private static Evaluation correlated(Invocation call, Points first, Points second) {
    Map<Long, Double> others = new HashMap<>();
    for (int i = 0; i < second.size(); i++) {
      others.put(second.times()[i], second.values()[i]);
    }
    List<double[]> pairs = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      Double other = others.get(first.times()[i]);
      if (other != null) {
        pairs.add(new double[] {first.values()[i], other});
      }
    }
    if (pairs.size() < 3) {
      return call.undecided("needs three points in common at least");
    }
    double meanA = pairs.stream().mapToDouble(pair -> pair[0]).average().orElse(0);
    double meanB = pairs.stream().mapToDouble(pair -> pair[1]).average().orElse(0);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (double[] pair : pairs) {
      ab += (pair[0] - meanA) * (pair[1] - meanB);
      aa += (pair[0] - meanA) * (pair[0] - meanA);
      bb += (pair[1] - meanB) * (pair[1] - meanB);
    }
    double spread = Math.sqrt(aa) * Math.sqrt(bb);
    return spread == 0
        ? call.undecided("has a series that does not move")
        : call.number(Math.max(-1, Math.min(1, ab / spread)));
  }

  private static double number(Value value) {
    return NumberFunctions.number(value);
  }
}
