package io.byteport.adapter.cloud.sentry;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code sentry.eventRate}: events of an issue within a window, against those of the day before it.
 */
public record ReadEventRate(SentryOrganization sentry)
    implements Action.Read<ReadEventRate.Input, ReadEventRate.Output> {
  private static final Duration BASELINE = Duration.ofHours(24);

  /** What {@code sentry.eventRate} takes. */
  public record Input(String issue, Duration window, @Nullable String connection) {
    public Input {
      if (window.compareTo(Duration.ofMinutes(1)) < 0 || window.compareTo(BASELINE) > 0) {
        throw new IllegalArgumentException("`window` must be from 1m to 24h");
      }
    }
  }

  /** What {@code sentry.eventRate} returns. */
  public record Output(long count, double perMinute, double baselinePerMinute) {}

  @Override
  public String name() {
    return "sentry.eventRate";
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
    return SentryOrganization.curl(
        "events-stats/?statsPeriod=24h&interval=1m&query=" + Address.encode(query(input)));
  }

  /** Ids and the readable short ids are asked for under different names. */
  private static String query(Input input) {
    return (input.issue().matches("[0-9]+") ? "issue.id:" : "issue:") + input.issue();
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    SentryOrganization.ISSUE.check(input.issue());
    Deadline deadline = Deadline.of(context);
    Instant now = deadline.now();
    Instant since = now.minus(input.window());
    long count = count(input, since, now, "1m", deadline);
    long before = count(input, since.minus(BASELINE), since, "1h", deadline);
    return new Output(count, count / minutes(input.window()), before / minutes(BASELINE));
  }

  private static double minutes(Duration time) {
    return time.toMillis() / 60_000.0;
  }

  private long count(Input input, Instant from, Instant to, String interval, Deadline deadline)
      throws ActionException, InterruptedException {
    Api api = sentry.api(input.connection());
    Address address =
        sentry
            .at(api, input.connection(), "events-stats")
            .with("query", query(input))
            .with("interval", interval)
            .with("yAxis", "count()")
            .with("start", from.toString())
            .with("end", to.toString());
    long count = 0;
    for (Json bucket : api.get(address, deadline).at("data").items()) {
      List<Json> pair = bucket.items();
      if (pair.size() == 2) {
        for (Json value : pair.get(1).items()) {
          count += value.whole(0, "count");
        }
      }
    }
    return count;
  }
}
