package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code cloud.metric}: one metric of CloudWatch over a time. */
public record ReadMetric(AwsAccounts accounts)
    implements Action.Read<ReadMetric.Input, ReadMetric.Output> {
  private static final int MOST_POINTS = 1_440;

  /** How the values of a period become one. */
  public enum Statistic {
    @Word("Average")
    AVERAGE("Average"),
    @Word("Sum")
    SUM("Sum"),
    @Word("Minimum")
    MINIMUM("Minimum"),
    @Word("Maximum")
    MAXIMUM("Maximum"),
    @Word("SampleCount")
    SAMPLE_COUNT("SampleCount");

    private final String element;

    Statistic(String element) {
      this.element = element;
    }
  }

  /** What {@code cloud.metric} takes. */
  public record Input(
      String namespace,
      String metric,
      @Nullable Map<String, String> dimensions,
      Statistic statistic,
      Duration over,
      Duration period,
      @Nullable String region,
      @Nullable String connection) {
    public Input {
      if (period.toSeconds() < 60 || period.toSeconds() % 60 != 0) {
        throw new IllegalArgumentException("`period` must be whole minutes");
      }
      if (over.compareTo(period) < 0 || over.dividedBy(period) > MOST_POINTS) {
        throw new IllegalArgumentException(
            "`over` must be from one to " + MOST_POINTS + " periods");
      }
    }
  }

  /** A value of the metric. */
  public record Point(Instant at, double value) {}

  /** What {@code cloud.metric} returns. */
  public record Output(List<Point> series, @Nullable Double last) {
    public Output {
      series = List.copyOf(series);
    }
  }

  @Override
  public String name() {
    return "cloud.metric";
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
        "aws",
        "cloudwatch",
        "get-metric-statistics",
        "--namespace",
        input.namespace(),
        "--metric-name",
        input.metric(),
        "--statistics",
        input.statistic().element,
        "--period",
        Long.toString(input.period().toSeconds()));
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.of(context);
    AwsAccount aws = accounts.named(input.connection());
    Instant now = deadline.now();
    Form form =
        AwsPlatform.form("Namespace", input.namespace())
            .with("MetricName", input.metric())
            .with("Statistics.member.1", input.statistic().element)
            .with("Period", Long.toString(input.period().toSeconds()))
            .with("StartTime", now.minus(input.over()).toString())
            .with("EndTime", now.toString());
    int number = 0;
    Map<String, String> dimensions =
        input.dimensions() == null ? Map.of() : new TreeMap<>(input.dimensions());
    for (Map.Entry<String, String> dimension : dimensions.entrySet()) {
      number++;
      form =
          form.with("Dimensions.member." + number + ".Name", dimension.getKey())
              .with("Dimensions.member." + number + ".Value", dimension.getValue());
    }
    List<Point> points = new ArrayList<>();
    for (Xml point :
        aws.cloudWatch(aws.region(input.region()), "GetMetricStatistics", form, deadline)
            .list("Datapoints")) {
      points.add(point(point, input.statistic()));
    }
    points.sort(Comparator.comparing(Point::at));
    return new Output(points, points.isEmpty() ? null : points.get(points.size() - 1).value());
  }

  private static Point point(Xml point, Statistic statistic) throws ActionException {
    Instant at = Json.parseInstant(point.needed("Timestamp"));
    try {
      double value = Double.parseDouble(point.needed(statistic.element));
      if (at != null && Double.isFinite(value)) {
        return new Point(at, value);
      }
    } catch (NumberFormatException notANumber) {
      throw unreadable(notANumber);
    }
    throw unreadable(null);
  }

  private static ActionException unreadable(@Nullable Throwable cause) {
    return new ActionException(
        FailureKind.UNREACHABLE,
        ActionException.Effect.NONE,
        "CloudWatch gave a point without a time or a number",
        cause);
  }
}
