package io.byteport.adapter.cloud.render;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Dialect;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.http.Problem;
import io.byteport.adapter.cloud.http.Settings;
import io.byteport.adapter.cloud.http.Shape;
import io.byteport.adapter.cloud.http.Transport;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Services of Render, over entries of the kind {@code render}: the settings {@code address} and
 * {@code services} (others are refused; all of the workspace where it is missing), the credential
 * {@code token}. Safe for several threads.
 */
public record RenderService(Inventory inventory, Transport transport) {
  static final Shape SERVICE =
      Shape.of("the id of a service", "(srv|crn)-[a-z0-9]{8,40}", "srv-cukouhrtq21c73e9scng");
  static final Shape COMMIT =
      Shape.of(
          "the hash of a commit", "[0-9a-f]{7,40}", "d3adb33fd3adb33fd3adb33fd3adb33fd3adb33f");
  private static final Dialect ERRORS =
      reply -> {
        Json answer = Json.lenient(reply.text());
        String message = answer.text("message");
        return message == null ? Problem.NONE : Problem.said(message);
      };

  /**
   * @throws ActionException if the service is not in reach
   */
  Api api(@Nullable String connection, String service) throws ActionException {
    Inventory.Entry entry = Settings.entry(inventory, "render", connection);
    List<String> reach = entry.texts("services");
    if (!reach.isEmpty() && !reach.contains(SERVICE.check(service))) {
      throw ActionException.refused(
          FailureKind.FORBIDDEN, "the connection `" + entry.name() + "` does not reach " + service);
    }
    return new Api(
        transport,
        Settings.address(entry, "https://api.render.com/v1"),
        Settings.bearer(entry),
        ERRORS);
  }

  /** The newest deploys, newest first. */
  List<RenderDeploy> deploys(
      Api api, String service, int limit, @Nullable String status, Deadline deadline)
      throws ActionException, InterruptedException {
    Address address =
        api.at("services", SERVICE.check(service), "deploys")
            .with("status", status)
            .with("limit", Integer.toString(limit));
    List<RenderDeploy> deploys = new java.util.ArrayList<>();
    for (Json item : api.get(address, deadline).items()) {
      Json deploy = item.at("deploy").isMissing() ? item : item.at("deploy");
      deploys.add(RenderDeploy.of(deploy, service));
    }
    return deploys;
  }

  Optional<RenderDeploy> live(Api api, String service, Deadline deadline)
      throws ActionException, InterruptedException {
    return deploys(api, service, 1, "live", deadline).stream().findFirst();
  }

  /** The deploy that is live. */
  RenderDeploy needLive(Api api, String service, Deadline deadline)
      throws ActionException, InterruptedException {
    return live(api, service, deadline)
        .orElseThrow(
            () ->
                ActionException.refused(
                    FailureKind.CONFLICT, service + " has no deploy that is live"));
  }
}
