package io.byteport.adapter.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * An API in this process. It answers what it was told for a method, a path and, where said, a piece
 * of query or body; answers of the same kind are given in turn, and the last one again and again.
 * What nobody expected is answered with 501 and kept for the test to see.
 */
final class ContractServer implements AutoCloseable {

  /** A request as it came in; the path is raw, queries and header names (in lower case) are not. */
  record Seen(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      String body) {

    /** The parameters of a form. */
    Map<String, String> form() {
      return parameters(body);
    }

    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  /** What is answered. */
  static final class Answer {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Fault fault;

    private Answer(int status, Map<String, String> headers, byte[] body, Fault fault) {
      this.status = status;
      this.headers = headers;
      this.body = body;
      this.fault = fault;
    }

    static Answer of(int status, String body) {
      return new Answer(
          status,
          Map.of("Content-Type", "application/json"),
          body.getBytes(StandardCharsets.UTF_8),
          Fault.NONE);
    }

    static Answer bytes(byte[] body) {
      return new Answer(200, Map.of(), body, Fault.NONE);
    }

    Answer with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Answer(status, more, body, fault);
    }

    Answer failing(Fault how) {
      return new Answer(status, headers, body, how);
    }
  }

  /** How an answer goes wrong. */
  enum Fault {
    NONE,
    /** The connection ends before any answer. */
    CUT,
    /** The connection ends in the middle of the body. */
    HALF,
    /** There is no answer as long as the server lives. */
    SILENT
  }

  private record Rule(String method, String path, String piece, Deque<Answer> answers) {
    boolean matches(Seen seen) {
      return method.equals(seen.method())
          && path.equals(seen.path())
          && (seen.query().toString() + " " + seen.body()).contains(piece);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<Seen> unexpected = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  ContractServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  ContractServer on(String method, String path, Answer... answers) {
    return on(method, path, "", answers);
  }

  /**
   * @param piece stands in the query or the body
   */
  ContractServer on(String method, String path, String piece, Answer... answers) {
    rules.add(0, new Rule(method, path, piece, new ArrayDeque<>(List.of(answers))));
    return this;
  }

  /** An answer in JSON, or whatever the text is. */
  ContractServer on(String method, String path, String piece, String body) {
    return on(method, path, piece, Answer.of(200, body));
  }

  List<Seen> seen() {
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  /** Those with that method. */
  List<Seen> seen(String method) {
    return seen().stream().filter(one -> one.method().equals(method)).toList();
  }

  List<Seen> unexpected() {
    synchronized (unexpected) {
      return List.copyOf(unexpected);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    String query = exchange.getRequestURI().getRawQuery();
    Seen request =
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            parameters(query == null ? "" : query),
            headers,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    seen.add(request);
    Answer answer = choose(request);
    if (answer == null) {
      unexpected.add(request);
      answer = Answer.of(501, "{\"message\":\"nobody expected that\"}");
    }
    send(exchange, answer);
  }

  private @Nullable Answer choose(Seen request) {
    synchronized (rules) {
      for (Rule rule : rules) {
        if (rule.matches(request)) {
          return rule.answers().size() > 1 ? rule.answers().poll() : rule.answers().peek();
        }
      }
    }
    return null;
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    switch (answer.fault) {
      case CUT -> {
        exchange.close();
        return;
      }
      case SILENT -> {
        try {
          closed.await();
        } catch (InterruptedException over) {
          Thread.currentThread().interrupt();
        }
        exchange.close();
        return;
      }
      case NONE, HALF -> {
        // There is an answer.
      }
    }
    answer.headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    boolean half = answer.fault == Fault.HALF;
    int length = answer.body.length;
    exchange.sendResponseHeaders(
        answer.status, length == 0 && !half ? -1 : half ? length + 100 : length);
    exchange.getResponseBody().write(answer.body);
    if (half) {
      exchange.getResponseBody().flush();
      throw new IOException("cut");
    }
    exchange.close();
  }

  static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals >= 0) {
        parameters.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
