package io.byteport.sim.kubernetes.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectStore;
import java.time.Instant;

/** What a container is doing, as a pod's status says it. */
sealed interface ContainerState {
  /** Not running, for a reason. */
  record Waiting(String reason, String message) implements ContainerState {}

  /** Running. */
  record Running(Instant startedAt) implements ContainerState {}

  /** Over. */
  record Terminated(
      int exitCode, String reason, Instant startedAt, Instant finishedAt, String containerId)
      implements ContainerState {}

  default ObjectNode json() {
    return switch (this) {
      case Waiting w ->
          Json.object(
              "waiting",
              Json.object("reason", w.reason, "message", w.message.isEmpty() ? null : w.message));
      case Running r ->
          Json.object("running", Json.object("startedAt", ObjectStore.timestamp(r.startedAt)));
      case Terminated t ->
          Json.object(
              "terminated",
              Json.object(
                  "exitCode",
                  t.exitCode,
                  "reason",
                  t.reason,
                  "startedAt",
                  ObjectStore.timestamp(t.startedAt),
                  "finishedAt",
                  ObjectStore.timestamp(t.finishedAt),
                  "containerID",
                  t.containerId));
    };
  }
}
