package io.byteport.sim.kubernetes.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.byteport.sim.kubernetes.control.Simulation;
import io.byteport.sim.kubernetes.scenario.HttpFault;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The simulated cluster over HTTP on the loopback interface.
 *
 * <p>Watches are plain chunked responses: a request to upgrade to a web socket is answered with a
 * plain 200, upon which clients fall back. Thread-safe; every request has a virtual thread of its
 * own.
 */
public final class ApiServer implements AutoCloseable {
  private final Simulation simulation;
  private final Runnable catchUp;
  private final Api api;
  private final FaultInjector faults = new FaultInjector();
  private final RequestLog log;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);

  /**
   * Starts to listen.
   *
   * @param catchUp run before every request, to play the cluster up to the present
   * @param port 0 for any free one
   * @param requestLog a file that every request is appended to
   * @throws IOException if the port is taken or the file cannot be written
   */
  public ApiServer(Simulation simulation, Runnable catchUp, int port, Optional<Path> requestLog)
      throws IOException {
    this.simulation = simulation;
    this.catchUp = catchUp;
    this.api = new Api(simulation);
    this.log = new RequestLog(requestLog);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** {@code http://127.0.0.1:port}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** All requests so far, in the order of arrival. */
  public List<RecordedRequest> requests() {
    return log.all();
  }

  /** Forgets the requests so far, though not in the file. */
  public void forgetRequests() {
    log.clear();
  }

  /** What accounts were refused so far, in the words of the answer. */
  public List<String> refusals() {
    return api.refusals();
  }

  /** Lets requests meet a fault from now on. */
  public void inject(HttpFault fault) {
    faults.add(fault);
  }

  /** Ends all injected faults. */
  public void clearFaults() {
    faults.clear();
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    api.close();
    server.stop(0);
    threads.shutdownNow();
    log.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      ApiRequest request = read(exchange);
      catchUp.run();
      log.add(RecordedRequest.of(request, simulation.now()));
      if (header(exchange, "Upgrade").equalsIgnoreCase("websocket")) {
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      Optional<HttpFault.Effect> effect = faults.effectOn(request);
      if (effect.isPresent()) {
        suffer(exchange, request, effect.get());
      } else {
        send(exchange, api.answer(request));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ApiRequest read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String query = exchange.getRequestURI().getRawQuery();
    return ApiRequest.of(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        query == null ? "" : query,
        header(exchange, "Accept"),
        header(exchange, "Content-Type"),
        header(exchange, "Authorization"),
        body);
  }

  private static String header(HttpExchange exchange, String name) {
    return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
  }

  private void suffer(HttpExchange exchange, ApiRequest request, HttpFault.Effect effect)
      throws IOException, InterruptedException {
    switch (effect) {
      case HttpFault.Answer answer -> {
        answer
            .retryAfter()
            .ifPresent(d -> exchange.getResponseHeaders().set("Retry-After", "" + d.toSeconds()));
        ApiException error = FaultInjector.status(answer);
        send(exchange, ApiResponse.json(error.code(), error.status()));
      }
      case HttpFault.Delay delay -> {
        await(delay.by());
        send(exchange, api.answer(request));
      }
      case HttpFault.Drop drop -> {
        if (drop.handled()) {
          api.answer(request);
        }
      }
      case HttpFault.Hang hang -> closing.await();
      case HttpFault.HugeLog huge ->
          send(exchange, PodLogs.huge(huge.bytes(), huge.lineBytes(), request));
    }
  }

  private void await(Duration duration) throws InterruptedException {
    if (closing.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new InterruptedException("the server closes");
    }
  }

  private static void send(HttpExchange exchange, ApiResponse response)
      throws IOException, InterruptedException {
    switch (response) {
      case ApiResponse.Whole whole -> {
        exchange.getResponseHeaders().set("Content-Type", whole.contentType());
        exchange.sendResponseHeaders(
            whole.status(), whole.body().length == 0 ? -1 : whole.body().length);
        if (whole.body().length > 0) {
          exchange.getResponseBody().write(whole.body());
        }
      }
      case ApiResponse.Streamed streamed -> {
        exchange.getResponseHeaders().set("Content-Type", streamed.contentType());
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 1 << 15)) {
          out.flush();
          streamed.body().writeTo(out);
        }
      }
    }
  }
}
