package io.byteport.sim.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.control.Simulation;
import io.byteport.sim.kubernetes.store.Change;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * Streams of changes, a JSON object a line, until the client, its time limit or the server ends.
 */
final class Watches {
  private static final int LONGEST_SECONDS = 3600;
  private static final long WAKE_MILLIS = 200;

  private final Simulation simulation;
  private final AtomicBoolean closed = new AtomicBoolean();

  Watches(Simulation simulation) {
    this.simulation = simulation;
  }

  /** Ends all watches. */
  void close() {
    closed.set(true);
  }

  ApiResponse open(ApiPath path, ApiRequest request) {
    Predicate<JsonNode> wanted = Lists.selection(request, path);
    BlockingQueue<ObjectNode> queue = new LinkedBlockingQueue<>();
    long limit = request.number("timeoutSeconds", LONGEST_SECONDS);
    boolean tables = request.wantsTable();
    AutoCloseable listening =
        simulation.locked(
            () -> {
              for (ObjectNode first : beginning(path, request, wanted)) {
                queue.add(first);
              }
              return simulation
                  .store()
                  .listen(change -> event(path, wanted, change).ifPresent(queue::add));
            });
    return new ApiResponse.Streamed(
        "application/json",
        out -> {
          try (listening) {
            write(out, queue, TimeUnit.SECONDS.toNanos(limit), path, tables);
          } catch (IOException | InterruptedException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private List<ObjectNode> beginning(ApiPath path, ApiRequest request, Predicate<JsonNode> wanted) {
    ObjectStore store = simulation.store();
    String version = request.parameter("resourceVersion");
    List<ObjectNode> events = new ArrayList<>();
    if (version.isEmpty() || version.equals("0") || request.flag("sendInitialEvents")) {
      for (ObjectNode object : store.list(path.type(), path.namespace(), Optional.empty())) {
        if (wanted.test(object)) {
          events.add(Json.object("type", "ADDED", "object", object));
        }
      }
      if (request.flag("sendInitialEvents")) {
        events.add(bookmark(path, store.version()));
      }
      return events;
    }
    long after;
    try {
      after = Long.parseLong(version);
    } catch (NumberFormatException e) {
      throw ApiException.badRequest("resourceVersion: Invalid value: \"" + version + "\"");
    }
    List<Change> missed =
        store
            .since(after)
            .orElseThrow(
                () -> new ApiException(410, "Expired", "too old resource version: " + version));
    missed.forEach(change -> event(path, wanted, change).ifPresent(events::add));
    return events;
  }

  private static ObjectNode bookmark(ApiPath path, long version) {
    ObjectNode metadata =
        Json.object(
            "resourceVersion",
            Long.toString(version),
            "annotations",
            Json.object("k8s.io/initial-events-end", "true"));
    return Json.object(
        "type",
        "BOOKMARK",
        "object",
        Json.object(
            "kind",
            path.type().kind(),
            "apiVersion",
            path.type().apiVersion(),
            "metadata",
            metadata));
  }

  private static Optional<ObjectNode> event(
      ApiPath path, Predicate<JsonNode> wanted, Change change) {
    boolean other =
        !change.key().type().equals(path.type())
            || (!path.namespace().isEmpty() && !path.namespace().equals(change.key().namespace()));
    if (other) {
      return Optional.empty();
    }
    Optional<ObjectNode> before = change.before().filter(wanted);
    Optional<ObjectNode> after = change.after().filter(wanted);
    if (after.isPresent()) {
      String type = before.isPresent() ? "MODIFIED" : "ADDED";
      return Optional.of(Json.object("type", type, "object", after.get()));
    }
    return before.map(
        b -> {
          ObjectNode last = b.deepCopy();
          Json.child(last, "metadata").put("resourceVersion", Long.toString(change.version()));
          return Json.object("type", "DELETED", "object", last);
        });
  }

  private void write(
      OutputStream out, BlockingQueue<ObjectNode> queue, long nanos, ApiPath path, boolean tables)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (!closed.get() && System.nanoTime() - begin < nanos) {
      ObjectNode event = queue.poll(WAKE_MILLIS, TimeUnit.MILLISECONDS);
      if (event != null) {
        if (tables && !Json.text(event, "type").equals("BOOKMARK")) {
          List<ObjectNode> row = List.of((ObjectNode) event.get("object"));
          event = event.deepCopy();
          event.set("object", Tables.table(path.type(), row, simulation.now()));
        }
        out.write(Json.bytes(event));
        out.write('\n');
        if (queue.isEmpty()) {
          out.flush();
        }
      }
    }
  }
}
