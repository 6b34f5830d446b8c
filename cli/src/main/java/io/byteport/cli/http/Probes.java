package io.byteport.cli.http;

import io.byteport.cli.agent.AgentView;
import io.byteport.dsl.agent.AgentConfiguration.Role;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.BooleanSupplier;

/**
 * For what looks after the process. Whether it lives and is ready is told to everybody, and nothing
 * more; what is counted to programs on this machine and to who may look.
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
    rules.get("/readyz", guard.around("/readyz", (request, response) -> ready(response)));
    rules.get("/metrics", guard.around("/metrics", this::metrics));
  }

  private void ready(ServerResponse response) {
    boolean ready = !draining.getAsBoolean() && agent.health().ready();
    response.status(ready ? 200 : 503);
    Guard.send(response, PLAIN, ready ? "ready\n" : "not ready\n");
  }

  private void metrics(ServerRequest request, ServerResponse response) {
    if (!Door.isNeighbour(request)) {
      door.require(Role.VIEWER, request);
    }
    Guard.send(response, "text/plain; version=0.0.4; charset=utf-8", agent.metrics());
  }
}
