package io.byteport.adapter.alerts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An API in this process. It answers the first rule whose method and beginning of path and query
 * fit; what nobody expected with 501.
 */
public final class Site implements AutoCloseable {

  /** A request as it came in; header names are in lower case. */
  public record Seen(String method, String target, Map<String, String> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  private record Rule(
      String method, String target, int status, Map<String, String> headers, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  public Site() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers JSON from now on. */
  public Site on(String method, String target, String body) {
    return on(method, target, 200, Map.of(), body);
  }

  public Site on(
      String method, String target, int status, Map<String, String> headers, String body) {
    rules.addFirst(new Rule(method, target, status, headers, body));
    return this;
  }

  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    String target = exchange.getRequestURI().toString();
    String method = exchange.getRequestMethod();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    seen.add(new Seen(method, target, headers, body));
    Rule rule =
        rules.stream()
            .filter(one -> one.method().equals(method) && target.startsWith(one.target()))
            .findFirst()
            .orElse(new Rule(method, target, 501, Map.of(), "{\"message\":\"not expected\"}"));
    rule.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] bytes = rule.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(rule.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
