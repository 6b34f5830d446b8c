package io.byteport.adapter.alerts.alertmanager;

import io.byteport.adapter.alerts.reading.Fingerprint;
import io.byteport.adapter.alerts.reading.Labels;
import io.byteport.adapter.alerts.reading.Line;
import io.byteport.adapter.alerts.reading.Moments;
import io.byteport.adapter.alerts.reading.Numbers;
import io.byteport.adapter.alerts.reading.Severities;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads alerts as Alertmanager writes them: what it posts to a webhook (version 4), and what {@code
 * /api/v2/alerts} answers. Labels are the alert's; annotations follow under their own names, where
 * no label has the name. The severity is that of the label {@code severity}, else of {@code
 * priority}, by {@link Severities}; a warning where neither says any. What has resolved is an info
 * with the value 0. Alerts that always fire to show that alerting works ({@code Watchdog}, {@code
 * DeadMansSwitch}, {@code InfoInhibitor}) say nothing and are left out. Pure; never throws for what
 * the JSON may be.
 */
public record ManagedAlerts(Naming naming) {
  private static final Set<String> SIGNS_OF_LIFE =
      Set.of("Watchdog", "DeadMansSwitch", "InfoInhibitor");

  /** Which signal an alert is. */
  @FunctionalInterface
  public interface Naming {
    /** The signal; null where nothing says so. */
    @Nullable String signal(@Nullable String name, Map<String, String> labels, Severity severity);
  }

  /** The alerts of a body that was posted; nothing where it is none. */
  public Optional<List<Alert>> posted(Json body, Instant now) {
    if (!body.at("alerts").isList()) {
      return Optional.empty();
    }
    List<Alert> alerts = new ArrayList<>();
    for (Json item : body.at("alerts").items()) {
      String status = item.text("status");
      boolean resolved = "resolved".equals(status == null ? body.text("status") : status);
      read(item, resolved, body, now).ifPresent(alerts::add);
    }
    return Optional.of(alerts);
  }

  /** The alerts of an answer, all of which fire; those that are silenced or inhibited do not. */
  public List<Alert> listed(Json list, Instant now) {
    List<Alert> alerts = new ArrayList<>();
    for (Json item : list.items()) {
      if (!"suppressed".equals(item.text("status", "state"))) {
        read(item, false, list, now).ifPresent(alerts::add);
      }
    }
    return alerts;
  }

  private Optional<Alert> read(Json item, boolean resolved, Json body, Instant now) {
    Map<String, String> own = new Labels().putAll(item.at("labels")).map();
    Json annotations = item.at("annotations");
    String name = own.get("alertname");
    if (own.isEmpty() || (name != null && SIGNS_OF_LIFE.contains(name))) {
      return Optional.empty();
    }
    Labels labels = new Labels().putAll(own).putAll(annotations).putAll(values(item));
    Severity severity =
        Severities.of(own.get("severity"), Severities.of(own.get("priority"), Severity.WARNING));
    String given = item.text("fingerprint");
    return Optional.of(
        new Alert(
            naming.signal(name, labels.map(), severity),
            Line.of(
                annotations.text("summary"),
                annotations.text("title"),
                annotations.text("message"),
                name,
                body.text("title"),
                "an alert without a name"),
            resolved ? Severity.INFO : severity,
            resolved ? Status.RESOLVED : Status.FIRING,
            labels.map(),
            Moments.of(item.text("startsAt"), now),
            resolved ? "0" : value(item, annotations),
            given == null || given.isBlank() ? Fingerprint.of(own) : given,
            link(item, annotations)));
  }

  /** The values of Grafana, each as a label {@code value_A}. */
  private static Map<String, String> values(Json item) {
    Labels values = new Labels();
    item.at("values").fields().forEach((id, value) -> values.put("value_" + id, value.text()));
    return values.map();
  }

  private static @Nullable String value(Json item, Json annotations) {
    List<Json> several = List.copyOf(item.at("values").fields().values());
    String one = several.size() == 1 ? several.getFirst().text() : annotations.text("value");
    return Numbers.plain(one);
  }

  private static @Nullable String link(Json item, Json annotations) {
    for (String text :
        new @Nullable String[] {
          annotations.text("runbook_url"), item.text("generatorURL"), item.text("panelURL")
        }) {
      if (text != null && (text.startsWith("https://") || text.startsWith("http://"))) {
        return text;
      }
    }
    return null;
  }
}
