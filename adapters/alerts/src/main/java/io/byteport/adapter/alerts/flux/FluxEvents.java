package io.byteport.adapter.alerts.flux;

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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event of Flux's notification controller. One of the severity {@code error} is a {@code
 * deployment_rollback}, high, also where it asks for the next attempt; one of {@code info} that
 * says that an object is applied or healthy is the end of it; any other says nothing. Known by
 * kind, namespace and name of the object. Pure; never throws for what the JSON may be.
 */
final class FluxEvents {
  private static final Set<String> WELL =
      Set.of(
          "ReconciliationSucceeded",
          "HealthCheckPassed",
          "InstallSucceeded",
          "UpgradeSucceeded",
          "RollbackSucceeded",
          "TestSucceeded");

  /** How messages name what did not become ready. */
  private static final Pattern DEPLOYMENT =
      Pattern.compile("Deployment/([a-z0-9][a-z0-9-]{0,62})/([a-z0-9][a-z0-9.-]{0,252})");

  private FluxEvents() {}

  /** What a body says; nothing where it is no event. */
  static Optional<List<Alert>> posted(Json body, Instant now) {
    Json object = body.at("involvedObject");
    String kind = object.text("kind");
    String name = object.text("name");
    String severity = body.text("severity");
    if (kind == null || name == null || severity == null) {
      return Optional.empty();
    }
    String reason = body.text("reason");
    boolean failed = severity.equals("error");
    if (!failed && (reason == null || !WELL.contains(reason))) {
      return Optional.of(List.of());
    }
    String namespace = object.text("namespace");
    String message = body.text("message");
    Labels labels = new Labels().put("kind", kind);
    Matcher deployment = DEPLOYMENT.matcher(message == null ? "" : message);
    if (deployment.find()) {
      labels.put("namespace", deployment.group(1)).put("deployment", deployment.group(2));
    }
    labels
        .put("object", name)
        .put("namespace", namespace)
        .put("reason", message)
        .put("event", reason)
        .put("sha", sha(body.text("metadata", "revision")))
        .put("revision", body.text("metadata", "revision"))
        .put("controller", body.text("reportingController"));
    return Optional.of(
        List.of(
            new Alert(
                "deployment_rollback",
                Line.of(kind + " " + name + ": " + (message == null ? reason : message)),
                failed ? Severity.HIGH : Severity.INFO,
                failed ? Status.FIRING : Status.RESOLVED,
                labels.map(),
                Moments.of(body.text("timestamp"), now),
                failed ? null : "0",
                kind + "/" + (namespace == null ? "" : namespace) + "/" + name,
                null)));
  }

  /** The commit in a revision such as {@code main@sha1:d3adb33f}. */
  private static @Nullable String sha(@Nullable String revision) {
    if (revision == null) {
      return null;
    }
    int before = Math.max(revision.lastIndexOf(':'), revision.lastIndexOf('/'));
    String last = revision.substring(before + 1);
    return last.matches("[0-9a-f]{7,64}") ? last : null;
  }
}
