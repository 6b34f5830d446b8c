package io.byteport.adapter.alerts.pagerduty;

import io.byteport.adapter.alerts.reading.Labels;
import io.byteport.adapter.alerts.reading.Line;
import io.byteport.adapter.alerts.reading.Moments;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads incidents as PagerDuty's REST API lists them, and its webhooks (version 3) carry them. The
 * urgency is the severity: {@code high} is critical, {@code low} a warning, anything else a
 * warning. Incidents that we opened ourselves, whose key begins with {@code byteport/}, are not
 * heard. Pure; never throws for what the JSON may be.
 */
final class Incidents {
  private static final String OURS = "byteport/";
  private static final Set<String> INCIDENT_TYPES = Set.of("incident", "incident_reference");

  private Incidents() {}

  /** The open incidents of one page. */
  static List<Alert> listed(Json answer, Instant now) {
    List<Alert> alerts = new ArrayList<>();
    for (Json item : answer.at("incidents").items()) {
      if (!"resolved".equals(item.text("status"))) {
        read(item, now).ifPresent(alerts::add);
      }
    }
    return alerts;
  }

  /**
   * What one event says; none where it is about something else than the state of an incident, and
   * nothing where it is no event.
   */
  static Optional<List<Alert>> posted(Json body, Instant now) {
    Json event = body.at("event");
    String type = event.text("event_type");
    if (type == null) {
      return Optional.empty();
    }
    String kind = event.text("data", "type");
    boolean about = type.startsWith("incident.") && kind != null && INCIDENT_TYPES.contains(kind);
    return Optional.of(about ? read(event.at("data"), now).stream().toList() : List.of());
  }

  private static Optional<Alert> read(Json incident, Instant now) {
    String id = incident.text("id");
    String key = incident.text("incident_key");
    if (id == null || id.isBlank() || (key != null && key.startsWith(OURS))) {
      return Optional.empty();
    }
    String title = Line.of(incident.text("title"), incident.text("summary"), "incident " + id);
    String service = text(incident.text("service", "summary"));
    boolean urgent = "high".equals(incident.text("urgency"));
    boolean resolved = "resolved".equals(incident.text("status"));
    Labels labels =
        new Labels()
            .put("incident", id)
            .put("number", number(incident))
            .put("title", title)
            .put("service", service)
            .put("service_id", incident.text("service", "id"))
            .put("urgency", incident.text("urgency"))
            .put("priority", incident.text("priority", "summary"))
            .put("status", incident.text("status"))
            .put("incident_key", key)
            .put("description", incident.text("description"))
            .put("escalation_policy", incident.text("escalation_policy", "summary"));
    return Optional.of(
        new Alert(
            Heuristics.signal(service, title, urgent),
            title,
            severity(resolved, urgent),
            resolved ? Status.RESOLVED : Status.FIRING,
            labels.map(),
            Moments.of(incident.text("created_at"), now),
            resolved ? "0" : null,
            id,
            incident.text("html_url")));
  }

  private static Severity severity(boolean resolved, boolean urgent) {
    if (resolved) {
      return Severity.INFO;
    }
    return urgent ? Severity.CRITICAL : Severity.WARNING;
  }

  private static @Nullable String number(Json incident) {
    String listed = incident.text("incident_number");
    return listed == null ? incident.text("number") : listed;
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
