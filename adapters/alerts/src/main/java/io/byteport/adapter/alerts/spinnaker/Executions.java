package io.byteport.adapter.alerts.spinnaker;

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

/**
 * Reads an event that Spinnaker's Echo sends, by itself or in the field {@code payload}. {@code
 * orca:pipeline:failed} is a {@code deployment_rollback}, high; every other says nothing. Known by
 * the id of the execution, so none of them resolves. Pure; never throws for what the JSON may be.
 */
final class Executions {
  private Executions() {}

  /** What a body says; nothing where it is no event. */
  static Optional<List<Alert>> posted(Json body, Instant now) {
    Json event = body.at("payload").isMissing() ? body : body.at("payload");
    String type = event.text("details", "type");
    if (type == null) {
      return Optional.empty();
    }
    Json execution = event.at("content", "execution");
    String id = execution.text("id");
    if (!type.equals("orca:pipeline:failed") || id == null) {
      return Optional.of(List.of());
    }
    String application = execution.text("application");
    String pipeline = execution.text("name");
    Labels labels =
        new Labels()
            .put("application", application)
            .put("pipeline", pipeline)
            .put("execution", id)
            .put("status", execution.text("status"))
            .put("sha", execution.text("trigger", "hash"))
            .put("author", execution.text("trigger", "user"))
            .put("author", execution.text("authentication", "user"));
    List<Json> deployments = deployments(execution);
    if (deployments.size() == 1) {
      Json metadata = deployments.getFirst().at("metadata");
      labels.put("deployment", metadata.text("name")).put("namespace", metadata.text("namespace"));
    }
    String what =
        (pipeline == null ? "pipeline" : pipeline)
            + " of "
            + (application == null ? "an application" : application)
            + " failed";
    return Optional.of(
        List.of(
            new Alert(
                "deployment_rollback",
                Line.of(what),
                Severity.HIGH,
                Status.FIRING,
                labels.put("reason", what).map(),
                Moments.of(execution.text("endTime"), now),
                null,
                id,
                null)));
  }

  /** The Deployments that stages put out, each once. */
  private static List<Json> deployments(Json execution) {
    List<Json> found = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Json stage : execution.at("stages").items()) {
      List<Json> manifests = new ArrayList<>(stage.at("context", "manifests").items());
      manifests.addAll(stage.at("context", "outputs.manifests").items());
      manifests.addAll(stage.at("outputs", "manifests").items());
      for (Json manifest : manifests) {
        String name =
            manifest.text("metadata", "namespace") + "/" + manifest.text("metadata", "name");
        if ("Deployment".equals(manifest.text("kind")) && !names.contains(name)) {
          names.add(name);
          found.add(manifest);
        }
      }
    }
    return found;
  }
}
