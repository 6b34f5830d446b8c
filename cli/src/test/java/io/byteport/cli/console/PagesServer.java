package io.byteport.cli.console;

import io.byteport.cli.agent.AgentView;
import io.byteport.cli.http.Pages;
import io.byteport.cli.http.Sessions;
import io.byteport.cli.http.Visitor;
import io.byteport.dsl.agent.AgentConfiguration.Role;
import io.byteport.engine.run.RunId;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Pages on a port of this machine, with the policy of the real server and nobody at the door. */
final class PagesServer implements AutoCloseable {
  static final Visitor APPROVER =
      new Visitor("sam", Role.APPROVER, List.of("sre"), "a-word-of-this-session");
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private final WebServer server;
  private volatile boolean closed;

  PagesServer(AgentView agent, Pages pages, Visitor visitor, int port) {
    HttpRouting.Builder routing = HttpRouting.builder();
    routing.addFilter(
        (chain, request, response) -> {
          response.header(HeaderNames.create("Content-Security-Policy"), POLICY);
          chain.proceed();
        });
    routing.get("/api/v1/runs/{run}/events", (request, response) -> ring(agent, request, response));
    pages.register(routing, everybody(visitor));
    this.server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(port)
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .routing(routing)
            .build()
            .start();
  }

  private static Sessions everybody(Visitor visitor) {
    return new Sessions() {
      @Override
      public Handler page(Role least, Page page) {
        return (request, response) -> page.show(visitor, request, response);
      }

      @Override
      public Handler form(Role least, Form form) {
        return (request, response) -> {
          Map<String, String> fields = fields(request.content().as(String.class));
          if (!visitor.csrf().equals(fields.get(Visitor.CSRF_FIELD))) {
            response.status(403).send("the form is of another session");
          } else {
            form.submit(visitor, fields, request, response);
          }
        };
      }
    };
  }

  private static Map<String, String> fields(String body) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : body.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      fields.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private void ring(AgentView agent, ServerRequest request, ServerResponse response)
      throws Exception {
    RunId run = new RunId(request.path().pathParameters().get("run"));
    Semaphore bell = new Semaphore(1);
    AutoCloseable listening =
        agent.listen(
            (id, entry) -> {
              if (id.equals(run)) {
                bell.release();
              }
            });
    response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
    try (OutputStream out = response.outputStream()) {
      while (!closed) {
        out.write(
            (bell.tryAcquire(100, TimeUnit.MILLISECONDS) ? "event: entry\ndata: {}\n\n" : ":\n\n")
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } finally {
      listening.close();
    }
  }

  String address(String path) {
    return "http://localhost:" + server.port() + path;
  }

  @Override
  public void close() {
    closed = true;
    server.stop();
  }
}
