package io.byteport.adapter.alerts.argocd;

import io.byteport.adapter.alerts.reading.Labels;
import io.byteport.adapter.alerts.reading.Line;
import io.byteport.adapter.alerts.reading.Moments;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads an Application as Argo CD's notifications send it, by itself or in the field {@code app}. A
 * sync that ended {@code Failed} or {@code Error}, and a health of {@code Degraded}, are a {@code
 * deployment_rollback}, high; a sync that {@code Succeeded} with a health of {@code Healthy} is the
 * end of it; anything between says nothing. Known by namespace and name. Pure; never throws for
 * what the JSON may be.
 */
final class Applications {
  private Applications() {}

  /** What a body says; nothing where it is no Application. */
  static Optional<List<Alert>> posted(Json body, Instant now) {
    Json app = body.at("app").isMissing() ? body : body.at("app");
    String name = app.text("metadata", "name");
    if (name == null || app.at("status").isMissing()) {
      return Optional.empty();
    }
    Json status = app.at("status");
    String phase = status.text("operationState", "phase");
    String health = status.text("health", "status");
    boolean failed = "Failed".equals(phase) || "Error".equals(phase);
    if (failed || "Degraded".equals(health)) {
      String words =
          failed ? status.text("operationState", "message") : status.text("health", "message");
      String what = failed ? "sync " + phase : "Degraded";
      return Optional.of(List.of(alert(app, name, words == null ? what : words, now)));
    }
    return Optional.of(
        "Succeeded".equals(phase) && "Healthy".equals(health)
            ? List.of(ended(app, name, now))
            : List.of());
  }

  private static Alert alert(Json app, String name, String reason, Instant now) {
    Json operation = app.at("status", "operationState");
    return new Alert(
        "deployment_rollback",
        Line.of(name + ": " + reason),
        Severity.HIGH,
        Status.FIRING,
        labels(app, name).put("reason", reason).map(),
        Moments.of(operation.text("finishedAt"), now),
        null,
        key(app, name),
        link(app));
  }

  private static Alert ended(Json app, String name, Instant now) {
    return new Alert(
        "deployment_rollback",
        Line.of(name + " is healthy"),
        Severity.INFO,
        Status.RESOLVED,
        labels(app, name).map(),
        Moments.of(app.text("status", "operationState", "finishedAt"), now),
        "0",
        key(app, name),
        link(app));
  }

  private static Labels labels(Json app, String name) {
    Json status = app.at("status");
    Labels labels = new Labels().put("app", name).put("project", app.text("spec", "project"));
    deployment(status)
        .ifPresent(
            resource ->
                labels
                    .put("deployment", resource.text("name"))
                    .put("namespace", resource.text("namespace")));
    return labels
        .put("namespace", app.text("spec", "destination", "namespace"))
        .put("sha", status.text("operationState", "syncResult", "revision"))
        .put("sha", status.text("sync", "revision"))
        .put("sync", status.text("sync", "status"))
        .put("health", status.text("health", "status"))
        .put("phase", status.text("operationState", "phase"))
        .put("repository", app.text("spec", "source", "repoURL"))
        .put("author", status.text("operationState", "operation", "initiatedBy", "username"));
  }

  /** The Deployment that is meant: the one in trouble, else the only one. */
  private static Optional<Json> deployment(Json status) {
    List<Json> all =
        status.at("resources").items().stream()
            .filter(one -> "Deployment".equals(one.text("kind")))
            .toList();
    List<Json> troubled =
        all.stream().filter(one -> "Degraded".equals(one.text("health", "status"))).toList();
    List<Json> meant = troubled.isEmpty() ? all : troubled;
    return meant.size() == 1 ? Optional.of(meant.getFirst()) : Optional.empty();
  }

  private static String key(Json app, String name) {
    String namespace = app.text("metadata", "namespace");
    return (namespace == null ? "" : namespace) + "/" + name;
  }

  private static @Nullable String link(Json app) {
    List<Json> urls = app.at("status", "summary", "externalURLs").items();
    return urls.isEmpty() ? null : urls.getFirst().text();
  }
}
