package io.byteport.adapter.alerts.render;

import io.byteport.adapter.alerts.reading.Labels;
import io.byteport.adapter.alerts.reading.Line;
import io.byteport.adapter.alerts.reading.Moments;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.render.RenderDeploy;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads events of Render's webhooks, and deploys that were listed. A deploy that failed is a {@code
 * deploy_failed}, a server that failed a {@code health_check_failing}, both high, until a deploy
 * succeeds, or the server is available again. Known by the service and which of the two it is.
 * Pure; never throws for what the JSON may be.
 */
final class RenderEvents {
  /** A failure that is older is nobody's incident any more. */
  private static final Duration FRESH = Duration.ofHours(1);

  private RenderEvents() {}

  /** What a body says; nothing where it is no event. */
  static Optional<List<Alert>> posted(Json body, Instant now) {
    String type = body.text("type");
    String service = body.text("data", "serviceId");
    if (type == null || body.at("data").isMissing()) {
      return Optional.empty();
    }
    if (service == null) {
      return Optional.of(List.of());
    }
    String status = body.text("data", "status");
    return Optional.of(
        switch (type) {
          case "deploy_ended" ->
              "failed".equals(status)
                  ? List.of(event(body, service, true, true, now))
                  : "succeeded".equals(status)
                      ? List.of(event(body, service, true, false, now))
                      : List.of();
          case "image_pull_failed" -> List.of(event(body, service, true, true, now));
          case "server_failed" -> List.of(event(body, service, false, true, now));
          case "server_available" -> List.of(event(body, service, false, false, now));
          default -> List.of();
        });
  }

  private static Alert event(
      Json body, String service, boolean deploy, boolean firing, Instant now) {
    String name = body.text("data", "serviceName");
    return alert(
        new Labels()
            .put("service_id", service)
            .put("service_name", name)
            .put("event", body.text("type"))
            .put("event_id", body.text("data", "id"))
            .put("status", body.text("data", "status")),
        service,
        Line.of((name == null ? service : name) + ": " + body.text("type")),
        deploy,
        firing,
        Moments.of(body.text("timestamp"), now),
        null);
  }

  /** What the newest deploy that ended says; nothing where it failed more than an hour ago. */
  static Optional<Alert> listed(String service, List<RenderDeploy> newestFirst, Instant now) {
    for (RenderDeploy deploy : newestFirst) {
      switch (deploy.status()) {
        case LIVE, DEACTIVATED -> {
          return Optional.of(ended(service, deploy, false, now));
        }
        case BUILD_FAILED, PRE_DEPLOY_FAILED, UPDATE_FAILED -> {
          Alert failed = ended(service, deploy, true, now);
          return failed.startedAt().isBefore(now.minus(FRESH))
              ? Optional.empty()
              : Optional.of(failed);
        }
        case CREATED,
            QUEUED,
            BUILD_IN_PROGRESS,
            PRE_DEPLOY_IN_PROGRESS,
            UPDATE_IN_PROGRESS,
            CANCELED,
            OTHER -> {
          // It says nothing yet, or never will.
        }
      }
    }
    return Optional.empty();
  }

  private static Alert ended(String service, RenderDeploy deploy, boolean failed, Instant now) {
    Instant at = deploy.finishedAt() == null ? deploy.createdAt() : deploy.finishedAt();
    String status = deploy.status().name().toLowerCase(Locale.ROOT);
    return alert(
        new Labels()
            .put("service_id", service)
            .put("deploy_id", deploy.id())
            .put("status", status)
            .put("sha", deploy.sha())
            .put("message", deploy.message())
            .put("trigger", deploy.trigger()),
        service,
        Line.of(service + ": " + status),
        true,
        failed,
        at.isAfter(now) ? now : at,
        deploy.url());
  }

  private static Alert alert(
      Labels labels,
      String service,
      String title,
      boolean deploy,
      boolean firing,
      Instant at,
      @Nullable String link) {
    return new Alert(
        deploy ? "deploy_failed" : "health_check_failing",
        title,
        firing ? Severity.HIGH : Severity.INFO,
        firing ? Status.FIRING : Status.RESOLVED,
        labels.map(),
        at,
        firing ? null : "0",
        service + (deploy ? "/deploy" : "/server"),
        link);
  }
}
