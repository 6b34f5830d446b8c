package io.byteport.adapter.alerts.datadog;

import io.byteport.adapter.alerts.reading.Fingerprint;
import io.byteport.adapter.alerts.reading.Labels;
import io.byteport.adapter.alerts.reading.Line;
import io.byteport.adapter.alerts.reading.Moments;
import io.byteport.adapter.alerts.reading.Numbers;
import io.byteport.adapter.alerts.reading.Watched;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.SourceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A query of metrics and what its newest value must be to make a signal, as settings write it:
 * {@code [SEVERITY] SIGNAL while QUERY > NUMBER}, with {@code >}, {@code >=}, {@code <} or {@code
 * <=}. Every series that fits is an alert. Pure; never throws for what the JSON may be.
 */
record Threshold(Watched watched, String metrics, String operator, double limit) {
  private static final Pattern FORM =
      Pattern.compile(
          "(.*\\S)\\s*(>=|<=|>|<)\\s*(-?[0-9]{1,20}(?:\\.[0-9]{1,20})?)", Pattern.DOTALL);

  /**
   * @throws SourceException if it is not written so
   */
  static Threshold of(Watched watched) throws SourceException {
    Matcher matcher = FORM.matcher(watched.query());
    if (!matcher.matches()) {
      throw new SourceException(
          "expected a query, a comparison and a number in `queries`, found `"
              + watched.query()
              + "`");
    }
    return new Threshold(
        watched, matcher.group(1), matcher.group(2), Double.parseDouble(matcher.group(3)));
  }

  /** The series of an answer that fit. */
  List<Alert> found(Json answer, Instant now) {
    List<Alert> alerts = new ArrayList<>();
    for (Json series : answer.at("series").items()) {
      @Nullable Json newest = null;
      for (Json point : series.at("pointlist").items()) {
        List<Json> pair = point.items();
        newest = pair.size() == 2 && pair.get(1).number() != null ? point : newest;
      }
      if (newest != null && fits(newest.items().get(1).number())) {
        alerts.add(alert(series, newest.items(), now));
      }
    }
    return alerts;
  }

  private boolean fits(@Nullable Double value) {
    return value != null
        && switch (operator) {
          case ">" -> value > limit;
          case ">=" -> value >= limit;
          case "<" -> value < limit;
          default -> value <= limit;
        };
  }

  private Alert alert(Json series, List<Json> point, Instant now) {
    Labels labels = new Labels();
    series.at("tag_set").items().forEach(tag -> MonitorSignals.put(labels, tag.text()));
    labels.put("metric", series.text("metric")).put("scope", series.text("scope"));
    Map<String, String> identity = new LinkedHashMap<>(labels.map());
    identity.put("byteport_signal", watched.signal());
    identity.put("query", metrics);
    return new Alert(
        watched.signal(),
        Line.of(watched.signal() + " while " + watched.query()),
        watched.severity(),
        Status.FIRING,
        labels.map(),
        Moments.of(point.get(0).text(), now),
        Numbers.plain(point.get(1).text()),
        Fingerprint.of(identity),
        null);
  }
}
