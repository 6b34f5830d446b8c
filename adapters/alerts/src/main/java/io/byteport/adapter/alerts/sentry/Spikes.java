package io.byteport.adapter.alerts.sentry;

import io.byteport.adapter.alerts.reading.Labels;
import io.byteport.adapter.alerts.reading.Line;
import io.byteport.adapter.alerts.reading.Numbers;
import io.byteport.adapter.cloud.sentry.ProjectRate;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a project's errors are a spike: at least so many within the window, and so many times as
 * many a minute as in the day before. A spike is high, and one of five times the multiplier
 * critical. Known by the project. Pure.
 *
 * @param multiplier how many times the baseline
 * @param fewest that may be a spike
 */
record Spikes(Duration window, double multiplier, long fewest) {
  private static final double CRITICAL = 5;

  Optional<Alert> judged(String project, ProjectRate rate, Instant now) {
    double limit = rate.baselinePerMinute() * multiplier;
    if (rate.count() < fewest || rate.perMinute() < limit) {
      return Optional.empty();
    }
    String perMinute = number(rate.perMinute());
    String baseline = number(rate.baselinePerMinute());
    return Optional.of(
        new Alert(
            "application_error.error_rate_spike",
            Line.of(
                project + ": " + perMinute + " errors a minute, against " + baseline + " before"),
            rate.perMinute() >= limit * CRITICAL ? Severity.CRITICAL : Severity.HIGH,
            Status.FIRING,
            new Labels()
                .put("project", project)
                .put("organization", rate.organization())
                .put("count", Long.toString(rate.count()))
                .put("per_minute", perMinute)
                .put("baseline_per_minute", baseline)
                .map(),
            now.minus(window),
            perMinute,
            rate.organization() + "/" + project,
            null));
  }

  private static String number(double value) {
    String text = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).toString();
    String plain = Numbers.plain(text);
    return plain == null ? text : plain;
  }
}
