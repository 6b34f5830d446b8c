package io.byteport.sim.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Providers that answer over HTTP on this machine: Render below {@code /render}, GitHub below
 * {@code /github}, Sentry below {@code /sentry}, and below {@code /sites/SERVICE/health} the health
 * of what is deployed. Safe for several threads.
 */
public final class SimulatedCloud implements AutoCloseable {
  /** What a caller of an API must bring as a bearer's. */
  public static final String TOKEN = "simulated-token";

  /** The organization that all projects of Sentry belong to. */
  public static final String ORGANIZATION = SentryApi.ORGANIZATION;

  private final HttpServer server;
  private final ExecutorService threads;
  private final RenderApi render;
  private final GitHubApi github;
  private final SentryApi sentry;
  private final List<String> changes = new ArrayList<>();

  private SimulatedCloud(HttpServer server, CloudScenario scenario, InstantSource clock) {
    this.server = server;
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    this.render = new RenderApi(scenario.services(), scenario.startAt(), clock);
    this.github =
        new GitHubApi(
            scenario.repositories(), scenario.startAt(), clock, "https://github.example.com");
    this.sentry =
        new SentryApi(
            scenario.projects(), render, scenario.startAt(), clock, "https://sentry.example.com");
  }

  /**
   * Begins to answer on a free port.
   *
   * @param clock what everything goes by; moved by the caller
   * @throws IOException if no port can be had
   */
  public static SimulatedCloud start(CloudScenario scenario, InstantSource clock)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    SimulatedCloud cloud = new SimulatedCloud(server, scenario, clock);
    server.setExecutor(cloud.threads);
    server.createContext("/", cloud::handle);
    server.start();
    return cloud;
  }

  /** Where it answers, without a slash at the end. */
  public String url() {
    return "http://"
        + server.getAddress().getAddress().getHostAddress()
        + ":"
        + server.getAddress().getPort();
  }

  /** Where the health of a service's site is seen. */
  public String healthUrl(String service) {
    return url() + "/sites/" + service + "/health";
  }

  /** The requests that have changed something, as method and path, in order. */
  public synchronized List<String> changes() {
    return List.copyOf(changes);
  }

  /**
   * Puts a commit of a service live at once, beside the API, as a program of somebody's own does.
   *
   * @throws IllegalArgumentException if there is no such service
   */
  public synchronized void release(String service, String commit) {
    render.release(service, commit);
    changes.add("release " + service + " " + commit);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Asked asked =
          Asked.of(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              exchange.getRequestBody().readAllBytes());
      boolean known =
          ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
      Reply reply = answer(asked, known, exchange.getRequestURI().getPath());
      exchange.getResponseHeaders().set("Content-Type", reply.type());
      int length = reply.body().length;
      exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
      if (length > 0) {
        exchange.getResponseBody().write(reply.body());
      }
    }
  }

  private synchronized Reply answer(Asked asked, boolean known, String path) {
    if (asked.is("GET", "sites", "*", "health")) {
      return render.health(asked.path().get(1));
    }
    if (!known) {
      return Reply.refused(401, "Unauthorized");
    }
    String provider = asked.path().isEmpty() ? "" : asked.path().getFirst();
    Reply reply =
        switch (provider) {
          case "render" -> render.answer(asked.below(1));
          case "github" -> github.answer(asked.below(1));
          case "sentry" ->
              asked.path().size() < 3 ? Reply.missing() : sentry.answer(asked.below(3));
          default -> Reply.missing();
        };
    if (!asked.method().equals("GET") && reply.status() < 300) {
      changes.add(asked.method() + " " + path);
    }
    return reply;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
