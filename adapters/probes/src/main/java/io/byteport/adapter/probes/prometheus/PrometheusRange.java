package io.byteport.adapter.probes.prometheus;

import io.byteport.adapter.probes.net.TimeLimit;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code prometheus.range}: the values of one series over a time that ends now. A series of which
 * less than four fifths is there says nothing about its course: that is a failure.
 */
public record PrometheusRange(PrometheusServers servers)
    implements Action.Read<PrometheusRange.Input, PrometheusRange.Output> {
  /** What the server itself answers at most. */
  static final int MOST_POINTS = 11_000;

  private static final Duration SHORTEST_STEP = Duration.ofSeconds(1);

  record Input(
      String query,
      @Nullable Map<String, String> bind,
      @Nullable Map<String, String> labels,
      Duration over,
      Duration step,
      Unit unit,
      @Nullable Prometheus prometheus,
      Duration timeout) {}

  record Output(List<Point> series) {}

  record Point(Instant at, Value value) {}

  @Override
  public String name() {
    return "prometheus.range";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Output> outputType() {
    return Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return List.of(
        "promtool",
        "query",
        "range",
        "--start=-" + input.over().toSeconds() + "s",
        "--step=" + input.step().toSeconds() + "s",
        servers.address(input.prometheus()),
        query(input).bound());
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    long wanted = points(input);
    Instant end = lastStep(context.clock().instant(), input.step());
    Series series =
        query(input)
            .over(
                end.minus(input.over()),
                end,
                input.step(),
                TimeLimit.shorter(input.timeout(), context.timeout()));
    List<Point> points = new ArrayList<>();
    for (Series.Reading reading : series.readings()) {
      if (!Double.isNaN(reading.value())) {
        points.add(new Point(reading.at(), input.unit().value(reading.value())));
      }
    }
    if (points.size() * 5L < wanted * 4) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND,
          "only " + points.size() + " of " + wanted + " points are there, which says too little");
    }
    return new Output(points);
  }

  /** At a whole multiple of the step, so that series that are read one after another meet. */
  private static Instant lastStep(Instant now, Duration step) {
    long millis = Math.max(1, step.toMillis());
    return Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), millis) * millis);
  }

  private static long points(Input input) throws ActionException {
    if (input.step().compareTo(SHORTEST_STEP) < 0 || input.over().isNegative()) {
      throw ActionException.refused(
          FailureKind.INVALID, "a step is at least 1s, and a range does not end before it begins");
    }
    long points = input.over().dividedBy(input.step()) + 1;
    if (points > MOST_POINTS) {
      throw ActionException.refused(
          FailureKind.INVALID,
          points + " points are more than " + MOST_POINTS + "; make the step longer");
    }
    return points;
  }

  private Query query(Input input) {
    return new Query(servers, input.prometheus(), input.query(), input.bind(), input.labels());
  }
}
