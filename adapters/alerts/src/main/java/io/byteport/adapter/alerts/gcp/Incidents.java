package io.byteport.adapter.alerts.gcp;

import io.byteport.adapter.alerts.reading.Labels;
import io.byteport.adapter.alerts.reading.Line;
import io.byteport.adapter.alerts.reading.Moments;
import io.byteport.adapter.alerts.reading.Numbers;
import io.byteport.adapter.alerts.reading.Severities;
import io.byteport.adapter.alerts.reading.SignalTable;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads incidents of Cloud Monitoring, as its webhooks post them (schema 1.2), and as the API lists
 * them. The severity is the policy's, {@code critical}, {@code error} (high) or {@code warning},
 * and a warning where it has none. The signal is that of the policy's user labels and name, as
 * {@link SignalTable} says, else that of the metric. A closed incident is an info with the value 0.
 * Known by the incident's id. Pure; never throws for what the JSON may be.
 */
final class Incidents {
  private static final Map<String, String> METRICS =
      Map.of(
          "compute.googleapis.com/instance/cpu/utilization", "host.cpu_high",
          "agent.googleapis.com/cpu/utilization", "host.cpu_high",
          "agent.googleapis.com/disk/percent_used", "disk_pressure",
          "agent.googleapis.com/memory/percent_used", "memory_pressure",
          "kubernetes.io/container/restart_count", "pod_crashloop",
          "kubernetes.io/container/memory/limit_utilization", "memory_pressure_high",
          "cloudsql.googleapis.com/database/disk/utilization", "database.disk_pressure",
          "cloudsql.googleapis.com/database/replication/replica_lag", "replication_lag",
          "monitoring.googleapis.com/uptime_check/check_passed", "service_unavailable",
          "monitoring.googleapis.com/uptime_check/time_until_ssl_cert_expires",
              "ssl_cert_expiring");

  private Incidents() {}

  /** What a body says; nothing where it is no incident. */
  static Optional<List<Alert>> posted(Json body, Instant now) {
    Json incident = body.at("incident");
    String id = incident.text("incident_id");
    String state = incident.text("state");
    if (id == null || state == null) {
      return Optional.empty();
    }
    String policy = incident.text("policy_name");
    return Optional.of(
        List.of(
            alert(
                new Described(
                    id,
                    state.equalsIgnoreCase("closed"),
                    policy,
                    incident.at("policy_user_labels"),
                    incident.text("severity"),
                    incident.at("metric"),
                    incident.at("resource"),
                    incident.text("summary"),
                    incident.text("observed_value"),
                    incident.text("url"),
                    Moments.of(incident.text("started_at"), now)),
                new Labels().put("condition", incident.text("condition_name")))));
  }

  /** What an open alert says; nothing where it has no name. */
  static Optional<Alert> listed(Json alert, Instant now) {
    String name = alert.text("name");
    if (name == null) {
      return Optional.empty();
    }
    return Optional.of(
        alert(
            new Described(
                name.substring(name.lastIndexOf('/') + 1),
                "CLOSED".equals(alert.text("state")),
                alert.text("policy", "displayName"),
                alert.at("policy", "userLabels"),
                alert.text("policy", "severity"),
                alert.at("metric"),
                alert.at("resource"),
                null,
                null,
                null,
                Moments.of(alert.text("openTime"), now)),
            new Labels()));
  }

  private record Described(
      String id,
      boolean closed,
      @Nullable String policy,
      Json userLabels,
      @Nullable String severity,
      Json metric,
      Json resource,
      @Nullable String summary,
      @Nullable String value,
      @Nullable String url,
      Instant startedAt) {}

  private static Alert alert(Described incident, Labels labels) {
    Map<String, String> user = new Labels().putAll(incident.userLabels()).map();
    String metric = incident.metric().text("type");
    labels
        .put("incident", incident.id())
        .put("policy", incident.policy())
        .put("metric", metric)
        .put("resource_type", incident.resource().text("type"))
        .put("summary", incident.summary())
        .putAll(incident.resource().at("labels"))
        .putAll(incident.metric().at("labels"))
        .putAll(user);
    String named = SignalTable.of(incident.policy(), user);
    Severity severity = Severities.of(incident.severity(), Severity.WARNING);
    return new Alert(
        named == null && metric != null ? METRICS.get(metric) : named,
        Line.of(incident.policy(), incident.summary(), "incident " + incident.id()),
        incident.closed() ? Severity.INFO : severity,
        incident.closed() ? Status.RESOLVED : Status.FIRING,
        labels.map(),
        incident.startedAt(),
        incident.closed() ? "0" : Numbers.plain(incident.value()),
        incident.id(),
        incident.url());
  }
}
