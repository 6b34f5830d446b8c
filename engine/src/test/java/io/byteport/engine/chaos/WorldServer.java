package io.byteport.engine.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What runs change, in a process that nobody kills. It keeps every request to change something,
 * those that were never answered among them.
 */
final class WorldServer implements AutoCloseable {
  private final HttpServer server;
  private final Duration effort;
  private final List<Change> changes = new CopyOnWriteArrayList<>();
  private final List<String> notices = new CopyOnWriteArrayList<>();
  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private final Set<String> made = ConcurrentHashMap.newKeySet();

  /**
   * One request for a change.
   *
   * @param end when it had taken effect
   */
  record Change(
      String intent, String run, String service, String process, Instant start, Instant end) {}

  /**
   * @param effort how long a change takes
   */
  WorldServer(Duration effort) {
    this.effort = effort;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<Change> changes() {
    return List.copyOf(changes);
  }

  List<Change> changesOf(String service) {
    return changes.stream().filter(change -> change.service().equals(service)).toList();
  }

  /** One for each notice, "run title". */
  List<String> notices() {
    return List.copyOf(notices);
  }

  /** One for each time that a process was told that a run is not its own any more. */
  List<String> refusals() {
    return List.copyOf(refusals);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
      byte[] answer =
          answer(exchange.getRequestURI().getPath(), query).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private String answer(String path, Map<String, String> query) {
    return switch (path) {
      case "/change" -> change(query);
      case "/made" -> Boolean.toString(made.contains(query.get("intent")));
      case "/notice" -> Boolean.toString(notices.add(query.get("run") + " " + query.get("title")));
      case "/refused" -> Boolean.toString(refusals.add(query.get("what")));
      default -> "well";
    };
  }

  private String change(Map<String, String> query) {
    Instant start = Instant.now();
    try {
      TimeUnit.NANOSECONDS.sleep(effort.toNanos());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    String intent = query.getOrDefault("intent", "");
    changes.add(
        new Change(
            intent,
            intent.substring(0, intent.lastIndexOf('-')),
            query.getOrDefault("service", ""),
            query.getOrDefault("process", ""),
            start,
            Instant.now()));
    made.add(intent);
    return "changed";
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> values = new HashMap<>();
    for (String pair : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      values.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return values;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
