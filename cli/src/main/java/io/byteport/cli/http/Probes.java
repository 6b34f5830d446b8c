package io.byteport.cli.http;

import io.byteport.cli.agent.AgentView;
import io.byteport.dsl.agent.AgentConfiguration.Role;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.BooleanSupplier;

/**
 * For what looks after the process. Whether it lives and is ready is told to everybody, and nothing
 * more; what is not well and what is counted to programs on this machine and to who may look.
 */
final class Probes {
  private static final String PLAIN = "text/plain; charset=utf-8";

  private final AgentView agent;
  private final Door door;
  private final Guard guard;
  private final BooleanSupplier draining;

  /**
   * @param draining whether the server is about to stop
   */
  Probes(AgentView agent, Door door, Guard guard, BooleanSupplier draining) {
    this.agent = agent;
    this.door = door;
    this.guard = guard;
    this.draining = draining;
  }

  void register(HttpRules rules) {
    rules.get(
        "/livez",
        guard.around("/livez", (request, response) -> Guard.send(response, PLAIN, "alive\n")));
    rules.get("/readyz", guard.around("/readyz", this::ready));
    rules.get("/metrics", guard.around("/metrics", this::metrics));
  }

  private void ready(ServerRequest request, ServerResponse response) {
    boolean verbose = Call.query(request).containsKey("verbose");
    if (verbose) {
      requireViewer(request);
    }
    AgentView.Health health = agent.health();
    boolean ready = !draining.getAsBoolean() && health.ready();
    response.status(ready ? 200 : 503);
    StringBuilder text = new StringBuilder(ready ? "ready\n" : "not ready\n");
    if (verbose) {
      health.reasons().forEach(reason -> text.append(reason.replace('\n', ' ')).append('\n'));
    }
    Guard.send(response, PLAIN, text.toString());
  }

  private void requireViewer(ServerRequest request) {
    if (!Door.isNeighbour(request)) {
      door.require(Role.VIEWER, request);
    }
  }

  private void metrics(ServerRequest request, ServerResponse response) {
    requireViewer(request);
    Guard.send(response, "text/plain; version=0.0.4; charset=utf-8", agent.metrics());
  }
}
