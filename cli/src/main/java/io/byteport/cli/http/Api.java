package io.byteport.cli.http;

import io.byteport.cli.agent.AgentView;
import io.byteport.dsl.check.RunbookLoader;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What programs may ask, under {@code /api/v1}. Documented by an OpenAPI document. */
final class Api {
  private static final String PREFIX = "/api/";

  private final Door door;
  private final Bodies bodies;
  private final Guard guard;
  private final List<Route> routes;

  Api(
      AgentView agent,
      RunbookLoader loader,
      RunStreams streams,
      Door door,
      Bodies bodies,
      Guard guard) {
    this.door = door;
    this.bodies = bodies;
    this.guard = guard;
    List<Route> all = new ArrayList<>();
    all.add(Route.get("/api/v1/openapi.json", call -> Answer.jsonText(document())));
    all.addAll(new RunsApi(agent, loader, streams).routes());
    all.addAll(new ApprovalsApi(agent).routes());
    all.addAll(new AgentApi(agent).routes());
    this.routes = List.copyOf(all);
  }

  List<Route> routes() {
    return routes;
  }

  /** The OpenAPI document. */
  static String document() {
    try (InputStream in = Api.class.getResourceAsStream("/byteport/api/openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("the OpenAPI document is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void register(HttpRules rules) {
    for (Route route : routes) {
      rules.route(
          Method.create(route.method()),
          route.path(),
          guard.around(route.path(), (request, response) -> answer(route, request, response)));
    }
    rules.any(PREFIX + "*", guard.around("other", (request, response) -> unknown(request)));
  }

  private void answer(Route route, ServerRequest request, ServerResponse response)
      throws Exception {
    Visitor visitor = door.require(route.least(), request);
    if (!route.method().equals("GET")) {
      Entrance.requireOwnPage(visitor, request);
    }
    Call call = Call.of(route, visitor, request, bodies.read(request));
    switch (route.endpoint().answer(call)) {
      case Answer.Whole whole -> {
        response.status(whole.status());
        whole.headers().forEach(response::header);
        Guard.send(response, whole.type(), whole.text());
      }
      case Answer.Stream stream -> {
        response.header(HeaderNames.CONTENT_TYPE, stream.type());
        response.header("X-Accel-Buffering", "no");
        try {
          stream.writing().to(response::outputStream);
        } catch (IOException | UncheckedIOException e) {
          throw new CloseConnectionException("who listened is gone", e);
        }
      }
    }
  }

  private void unknown(ServerRequest request) {
    String path = request.prologue().uriPath().path();
    List<String> methods =
        routes.stream().filter(route -> route.isAbout(path)).map(Route::method).toList();
    if (methods.isEmpty()) {
      throw new Problem(
          404,
          "not found",
          "nothing is here; GET /api/v1/openapi.json says what there is",
          Turned.UNKNOWN_PATH);
    }
    String allowed = String.join(", ", methods);
    throw new Problem(
            405, "method not allowed", "expected " + allowed + " here", Turned.UNKNOWN_PATH)
        .header("Allow", allowed);
  }
}
