package io.byteport.engine.eval;

import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.DurationValue;
import io.byteport.dsl.value.Value.InstantValue;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Library.Implementation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Functions over series and lists of numbers. Where there is too little to look at they are
 * undecided rather than optimistic.
 */
final class SeriesFunctions {
  private SeriesFunctions() {}

  static void addTo(Map<String, Implementation> library) {
    library.put("growth", call -> overSeries(call, 1, points -> growth(call, points)));
    library.put("rising", call -> overSeries(call, 1, points -> rising(call, points)));
    library.put("quantile", call -> overSeries(call, 2, points -> quantile(call, points)));
    library.put("correlation", SeriesFunctions::correlation);
  }

  /** A value with its time in milliseconds, or with its position where it has none. */
  private record Point(long time, double value) {}

  private interface PointsBody {
    Evaluation apply(List<Point> points);
  }

  private static Evaluation overSeries(Invocation call, int window, PointsBody body) {
    return call.strict(
        arguments -> {
          Optional<Evaluation> answer = call.answer(arguments.get(0));
          return answer.isPresent()
              ? answer.get()
              : body.apply(points(call, arguments, 0, window(arguments, window)));
        });
  }

  private static Optional<Duration> window(List<Value> arguments, int index) {
    return arguments.size() > index && arguments.get(index) instanceof DurationValue duration
        ? Optional.of(duration.value())
        : Optional.empty();
  }

  /**
   * The points of an argument that are not older than the window, counted back from the newest;
   * nulls are left out.
   */
  private static List<Point> points(
      Invocation call, List<Value> arguments, int index, Optional<Duration> window) {
    Type type = call.argument(index).type().nonNull();
    List<Value> items = arguments.get(index) instanceof ListValue list ? list.items() : List.of();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Value item = items.get(i);
      long time = i;
      if (type instanceof SeriesType && item instanceof StructValue point) {
        time = point.get("at") instanceof InstantValue at ? at.value().toEpochMilli() : i;
        item = point.get("value");
      }
      OptionalDouble number = Units.number(item);
      if (number.isPresent()) {
        points.add(new Point(time, number.getAsDouble()));
      }
    }
    if (window.isEmpty() || points.isEmpty()) {
      return points;
    }
    long newest = points.stream().mapToLong(Point::time).max().orElseThrow();
    long oldest = newest - window.get().toMillis();
    return points.stream().filter(point -> point.time() >= oldest).toList();
  }

  private static Evaluation growth(Invocation call, List<Point> points) {
    if (points.size() < 2) {
      return call.undecided("needs two points at least");
    }
    int tenth = Math.max(1, points.size() / 10);
    double first = mean(points.subList(0, tenth));
    double last = mean(points.subList(points.size() - tenth, points.size()));
    return first == 0
        ? call.undecided("grows from zero")
        : call.number((last - first) / Math.abs(first) * 100);
  }

  private static double mean(List<Point> points) {
    return points.stream().mapToDouble(Point::value).average().orElse(0);
  }

  private static Evaluation rising(Invocation call, List<Point> points) {
    if (points.size() < 2) {
      return call.undecided("needs two points at least");
    }
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).value() < points.get(i - 1).value()) {
        return Evaluation.of(false);
      }
    }
    return Evaluation.of(points.getLast().value() > points.getFirst().value());
  }

  private static Evaluation quantile(Invocation call, List<Point> points) {
    Evaluation share = call.walk().evaluate(call.argument(1));
    double q =
        share instanceof Evaluation.Known known
            ? NumberFunctions.number(known.value())
            : Double.NaN;
    if (!(q >= 0 && q <= 1)) {
      return call.undecided("asks for a quantile that is not between 0 and 1");
    }
    if (points.isEmpty()) {
      return call.undecided("needs a point at least");
    }
    double[] sorted = points.stream().mapToDouble(Point::value).sorted().toArray();
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
              call, points(call, arguments, 0, window), points(call, arguments, 1, window));
        });
  }

  /** Pearson's coefficient of the points that both series have. */
  private static Evaluation correlated(Invocation call, List<Point> first, List<Point> second) {
    Map<Long, Double> others = new HashMap<>();
    second.forEach(point -> others.put(point.time(), point.value()));
    List<Double> a = new ArrayList<>();
    List<Double> b = new ArrayList<>();
    for (Point point : first) {
      Double other = others.get(point.time());
      if (other != null) {
        a.add(point.value());
        b.add(other);
      }
    }
    if (a.size() < 3) {
      return call.undecided("needs three points in common at least");
    }
    double spread = Math.sqrt(product(a, a)) * Math.sqrt(product(b, b));
    return spread == 0
        ? call.undecided("has a series that does not move")
        : call.number(Math.max(-1, Math.min(1, product(a, b) / spread)));
  }

  /** The sum of the products of both lists' distances from their means. */
  private static double product(List<Double> a, List<Double> b) {
    double meanA = a.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double meanB = b.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (a.get(i) - meanA) * (b.get(i) - meanB);
    }
    return sum;
  }
}
