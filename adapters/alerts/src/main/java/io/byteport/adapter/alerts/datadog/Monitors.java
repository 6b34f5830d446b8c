package io.byteport.adapter.alerts.datadog;

import io.byteport.adapter.alerts.reading.Labels;
import io.byteport.adapter.alerts.reading.Line;
import io.byteport.adapter.alerts.reading.Moments;
import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads monitors as Datadog lists them: one alert for each group in trouble, {@code *} being that
 * of a monitor without groups. Alert is as grave as the monitor's priority, 1 critical, 2 high, 3 a
 * warning, 4 and 5 an info, and critical where it has none; Warn and No Data are warnings. What is
 * muted, and every other state, does not fire. An alert is known by {@code MONITOR/GROUP}. Pure;
 * never throws for what the JSON may be.
 *
 * @param site such as {@code datadoghq.eu}
 */
record Monitors(MonitorSignals signals, String site) {

  List<Alert> alerts(List<Json> listed, Instant now) {
    List<Alert> alerts = new ArrayList<>();
    for (Json monitor : listed) {
      if (monitor.text("id") == null || isMuted(monitor, "*")) {
        continue;
      }
      Map<String, Json> groups = monitor.at("state", "groups").fields();
      if (groups.isEmpty()) {
        read(monitor, "*", monitor.text("overall_state"), monitor, now).ifPresent(alerts::add);
      }
      groups.forEach(
          (name, group) ->
              read(monitor, name, group.text("status"), group, now).ifPresent(alerts::add));
    }
    return alerts;
  }

  private Optional<Alert> read(
      Json monitor, String group, @Nullable String state, Json timed, Instant now) {
    Severity severity = severity(state, monitor);
    if (severity == null || isMuted(monitor, group)) {
      return Optional.empty();
    }
    String id = String.valueOf(monitor.text("id"));
    Labels labels =
        new Labels()
            .put("monitor_id", id)
            .put("monitor_name", monitor.text("name"))
            .put("monitor_type", monitor.text("type"))
            .put("group", group)
            .put("state", state);
    if (!group.equals("*")) {
      for (String tag : group.split(",", 100)) {
        MonitorSignals.put(labels, tag.strip());
      }
    }
    labels.putAll(MonitorSignals.tags(monitor)).put("query", monitor.text("query"));
    String name = Line.of(monitor.text("name"), "monitor " + id);
    String since = timed.text("last_triggered_ts");
    String changed = since == null ? timed.text("overall_state_modified") : since;
    return Optional.of(
        new Alert(
            signals.signal(monitor),
            group.equals("*") ? name : Line.of(name + " on " + group),
            severity,
            Status.FIRING,
            labels.map(),
            Moments.of(changed, now),
            null,
            id + "/" + group,
            link(id, group)));
  }

  private static @Nullable Severity severity(@Nullable String state, Json monitor) {
    return switch (state == null ? "" : state) {
      case "Warn", "No Data" -> Severity.WARNING;
      case "Alert" ->
          switch ((int) monitor.whole(1, "priority")) {
            case 1 -> Severity.CRITICAL;
            case 2 -> Severity.HIGH;
            case 3 -> Severity.WARNING;
            default -> Severity.INFO;
          };
      default -> null;
    };
  }

  private static boolean isMuted(Json monitor, String group) {
    return monitor.at("options", "silenced").fields().containsKey(group);
  }

  private String link(String id, String group) {
    String host = site.equals("datadoghq.com") || site.equals("datadoghq.eu") ? "app." : "";
    String page = "https://" + host + site + "/monitors/" + Address.encode(id);
    return group.equals("*") ? page : page + "?group=" + Address.encode(group);
  }
}
