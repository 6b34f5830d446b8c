package io.byteport.cli.world;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.Inventory;
import io.byteport.sim.host.SimulatedHost;
import io.byteport.sim.host.scenario.Scenario.ProcessSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * A Prometheus beside a simulated machine, as far as it is asked for the memory of the unit that
 * holds most of it, for the requests that the unit answers and for the share that failed, which is
 * none. What was before the story is reckoned back from how the unit grows.
 */
public final class MetricsWorld implements World {
  private static final double HOUR = Duration.ofHours(1).toMillis();
  private static final double A_REQUEST = 64 << 20;

  private final HttpServer server;
  private final InstantSource clock;
  private final boolean follows;
  private final NavigableMap<Instant, Long> seen = new ConcurrentSkipListMap<>();
  private volatile @Nullable SimulatedHost machine;

  private MetricsWorld(HttpServer server, InstantSource clock, boolean follows) {
    this.server = server;
    this.clock = clock;
    this.follows = follows;
  }

  /**
   * @param name {@code steady}, where there are about as many requests all the time, or {@code
   *     rising}, where they rise with the memory
   */
  static Setting setting(String name) {
    boolean follows =
        switch (name) {
          case "steady" -> false;
          case "rising" -> true;
          default -> throw new IllegalArgumentException("no scenario of metrics: " + name);
        };
    return new Setting() {
      @Override
      public Instant startAt() {
        return Instant.parse("2026-01-05T10:00:00Z");
      }

      @Override
      public World start(InstantSource clock, Path folder) throws IOException {
        HttpServer server =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        MetricsWorld world = new MetricsWorld(server, clock, follows);
        server.createContext("/api/v1/", world::answer);
        server.start();
        return world;
      }
    };
  }

  @Override
  public String introduction() {
    return "A Prometheus that watches it answers at " + url() + ".";
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public List<Inventory.Entry> entries() {
    return List.of(Inventory.Entry.of("prometheus", "metrics", Map.of("address", url())));
  }

  @Override
  public List<Adapter> adapters(Inventory inventory) {
    return List.of();
  }

  @Override
  public void meets(List<World> all) {
    for (World world : all) {
      if (world instanceof HostWorld host) {
        machine = host.host();
      }
    }
    tick();
  }

  @Override
  public void tick() {
    SimulatedHost watched = machine;
    if (watched != null) {
      seen.put(clock.instant(), watched.memory(largest(watched).unit().orElseThrow()));
    }
  }

  private static ProcessSpec largest(SimulatedHost machine) {
    return machine.scenario().processes().stream()
        .filter(process -> process.unit().isPresent())
        .max(Comparator.comparingLong(ProcessSpec::memory))
        .orElseThrow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String result =
        exchange.getRequestURI().getPath().endsWith("/query_range")
            ? "\"matrix\",\"result\":[{\"metric\":{},\"values\":[" + values(form) + "]}]"
            : "\"vector\",\"result\":[]";
    byte[] body =
        ("{\"status\":\"success\",\"data\":{\"resultType\":" + result + "}}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new HashMap<>();
    for (String field : body.split("&", -1)) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        form.put(
            field.substring(0, equals),
            URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  private String values(Map<String, String> form) {
    double start = Double.parseDouble(form.getOrDefault("start", "0"));
    double end = Double.parseDouble(form.getOrDefault("end", "0"));
    double step = Double.parseDouble(form.getOrDefault("step", "60").replace("s", ""));
    String query = form.getOrDefault("query", "");
    StringJoiner values = new StringJoiner(",");
    for (int i = 0; start + i * step <= end + 0.001; i++) {
      double time = start + i * step;
      double value = value(query, Instant.ofEpochMilli(Math.round(time * 1000)), i);
      values.add(String.format(Locale.ROOT, "[%.3f,\"%.3f\"]", time, value));
    }
    return values.toString();
  }

  private double value(String query, Instant at, int number) {
    if (query.contains("5..")) {
      return 0;
    }
    double memory = memory(at);
    if (query.contains("memory")) {
      return memory;
    }
    return (follows ? memory / A_REQUEST : 40) + number % 7;
  }

  private double memory(Instant at) {
    Map.Entry<Instant, Long> then = seen.floorEntry(at);
    if (then != null) {
      return then.getValue();
    }
    SimulatedHost watched = machine;
    if (watched == null || seen.isEmpty()) {
      return 0;
    }
    ProcessSpec process = largest(watched);
    double hours = Duration.between(at, seen.firstKey()).toMillis() / HOUR;
    return Math.max(process.atStart(), process.memory() - hours * process.grows());
  }

  @Override
  public long changes() {
    return 0;
  }

  @Override
  public String subject() {
    return "";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
