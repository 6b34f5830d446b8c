package io.byteport.sim.kubernetes.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.ObjectStore;
import io.byteport.sim.kubernetes.store.ResourceCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes Events; the same one again raises its count, one not seen for an hour is dropped. */
final class EventRecorder implements Controller {
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration SWEEP = Duration.ofMinutes(10);

  private final ObjectStore store;
  private final SimulatedTime time;
  private final Names names;
  private final Map<String, ObjectKey> known = new HashMap<>();
  private Instant swept = Instant.MIN;

  EventRecorder(ObjectStore store, SimulatedTime time, Names names) {
    this.store = store;
    this.time = time;
    this.names = names;
  }

  void normal(ObjectNode about, String component, String reason, String message) {
    emit(about, "", component, "Normal", reason, message);
  }

  void warning(ObjectNode about, String component, String reason, String message) {
    emit(about, "", component, "Warning", reason, message);
  }

  /**
   * Writes an event, or counts it if it was written before.
   *
   * @param container the path of the container that it is about, such as {@code
   *     spec.containers{api}}, or empty
   * @param component who says so; the kubelet says on which node
   */
  void emit(
      ObjectNode about,
      String container,
      String component,
      String type,
      String reason,
      String message) {
    String uid = Json.text(about, "metadata", "uid");
    String identity = String.join("\n", uid, container, component, type, reason, message);
    String now = ObjectStore.timestamp(time.instant());
    ObjectKey key = known.get(identity);
    if (key != null && store.get(key).isPresent()) {
      store.update(
          key,
          event ->
              event.put("count", Json.integer(event, 1, "count") + 1).put("lastTimestamp", now));
      return;
    }
    ObjectNode event = event(about, container, component, now);
    event.put("type", type).put("reason", reason).put("message", message);
    known.put(
        identity,
        ObjectKey.of(ResourceCatalogue.EVENTS, store.create(ResourceCatalogue.EVENTS, event)));
  }

  private ObjectNode event(ObjectNode about, String container, String component, String now) {
    String namespace = Json.text(about, "metadata", "namespace");
    String name = Json.text(about, "metadata", "name");
    String node = Json.text(about, "spec", "nodeName");
    boolean onNode = component.equals("kubelet") && !node.isEmpty();
    return Json.object(
        "metadata",
        Json.object(
            "name",
            name + "." + names.hex(),
            "namespace",
            namespace.isEmpty() ? "default" : namespace),
        "involvedObject",
        Json.object(
            "apiVersion",
            Json.text(about, "apiVersion"),
            "kind",
            Json.text(about, "kind"),
            "name",
            name,
            "namespace",
            namespace.isEmpty() ? null : namespace,
            "uid",
            Json.text(about, "metadata", "uid"),
            "resourceVersion",
            Json.text(about, "metadata", "resourceVersion"),
            "fieldPath",
            container.isEmpty() ? null : container),
        "source",
        Json.object("component", component, "host", onNode ? node : null),
        "reportingComponent",
        component,
        "reportingInstance",
        onNode ? node : "",
        "firstTimestamp",
        now,
        "lastTimestamp",
        now,
        "count",
        1);
  }

  @Override
  public void reconcile(Instant now) {
    if (swept.equals(Instant.MIN)) {
      swept = now;
    }
    if (now.isBefore(swept.plus(SWEEP))) {
      return;
    }
    swept = now;
    String oldest = ObjectStore.timestamp(now.minus(KEPT));
    List<ObjectKey> stale = new ArrayList<>();
    for (ObjectNode event : store.list(ResourceCatalogue.EVENTS)) {
      String last = Json.text(event, "lastTimestamp");
      if (!last.isEmpty() && last.compareTo(oldest) < 0) {
        stale.add(ObjectKey.of(ResourceCatalogue.EVENTS, event));
      }
    }
    stale.forEach(store::delete);
    known.values().removeAll(new java.util.HashSet<>(stale));
  }
}
