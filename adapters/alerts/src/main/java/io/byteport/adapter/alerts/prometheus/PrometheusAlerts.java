package io.byteport.adapter.alerts.prometheus;

import io.byteport.adapter.alerts.reading.Fingerprint;
import io.byteport.adapter.alerts.reading.Labels;
import io.byteport.adapter.alerts.reading.Line;
import io.byteport.adapter.alerts.reading.Moments;
import io.byteport.adapter.alerts.reading.Numbers;
import io.byteport.adapter.alerts.reading.Severities;
import io.byteport.adapter.alerts.reading.SignalTable;
import io.byteport.adapter.alerts.reading.Watched;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what {@code /api/v1/alerts} and {@code /api/v1/query} answer. Of the alerts only those that
 * fire; their severity is that of the label {@code severity}, by {@link Severities}, a warning
 * where it says none. Of a query every sample is an alert, as grave as its setting says. Pure;
 * never throws for what the JSON may be.
 */
final class PrometheusAlerts {
  private static final Set<String> SIGNS_OF_LIFE =
      Set.of("Watchdog", "DeadMansSwitch", "InfoInhibitor");

  private PrometheusAlerts() {}

  static List<Alert> firing(Json answer, Instant now) {
    List<Alert> alerts = new ArrayList<>();
    for (Json item : answer.at("data", "alerts").items()) {
      Map<String, String> own = new Labels().putAll(item.at("labels")).map();
      String name = own.get("alertname");
      if (!"firing".equals(item.text("state"))
          || own.isEmpty()
          || (name != null && SIGNS_OF_LIFE.contains(name))) {
        continue;
      }
      Json annotations = item.at("annotations");
      Map<String, String> labels = new Labels().putAll(own).putAll(annotations).map();
      alerts.add(
          new Alert(
              SignalTable.of(name, labels),
              Line.of(annotations.text("summary"), name, "an alert without a name"),
              Severities.of(own.get("severity"), Severity.WARNING),
              Status.FIRING,
              labels,
              Moments.of(item.text("activeAt"), now),
              Numbers.plain(item.text("value")),
              Fingerprint.of(own),
              annotations.text("runbook_url")));
    }
    return alerts;
  }

  static List<Alert> found(Json answer, Watched watched, Instant now) {
    List<Alert> alerts = new ArrayList<>();
    for (Json sample : answer.at("data", "result").items()) {
      List<Json> point = sample.at("value").items();
      if (point.size() != 2) {
        continue;
      }
      Map<String, String> labels = new Labels().putAll(sample.at("metric")).map();
      Map<String, String> identity = new LinkedHashMap<>(labels);
      identity.put("byteport_signal", watched.signal());
      alerts.add(
          new Alert(
              watched.signal(),
              Line.of(watched.signal() + " while " + watched.query(), watched.signal()),
              watched.severity(),
              Status.FIRING,
              labels,
              Moments.of(point.get(0).text(), now),
              Numbers.plain(point.get(1).text()),
              Fingerprint.of(identity),
              null));
    }
    return alerts;
  }
}
