package io.byteport.adapter.cloud.gcp;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Authority;
import io.byteport.adapter.cloud.http.Dialect;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.http.Problem;
import io.byteport.adapter.cloud.http.Settings;
import io.byteport.adapter.cloud.http.Transport;
import io.byteport.adapter.cloud.machine.Machine;
import io.byteport.adapter.cloud.machine.Tokens;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.util.List;
import java.util.Set;

/**
 * An entry of the kind {@code gcp}: settings {@code project} (one or several), {@code zone}, and
 * {@code endpoint}, to which all services are sent instead of their own; the credential {@code
 * key}, else the application default credentials. Safe for several threads.
 */
public final class GcpAccount {
  private static final Set<String> THROTTLED =
      Set.of("rateLimitExceeded", "userRateLimitExceeded", "RESOURCE_EXHAUSTED");
  private static final Dialect ERRORS =
      reply -> {
        Json error = Json.lenient(reply.text()).at("error");
        String message = error.text("message");
        String status = error.text("status");
        List<Json> details = error.at("errors").items();
        String reason = details.isEmpty() ? null : details.get(0).text("reason");
        boolean throttled =
            (reason != null && THROTTLED.contains(reason))
                || (status != null && THROTTLED.contains(status));
        String code = status == null ? reason : status;
        String words = (code == null ? "" : code + ": ") + (message == null ? "" : message);
        return new Problem(words, null, throttled);
      };

  private final Inventory.Entry entry;
  private final Transport transport;
  private final Authority authority;

  public GcpAccount(Inventory.Entry entry, Machine machine, Transport transport) {
    this.entry = entry;
    this.transport = transport;
    this.authority = new Tokens(new GcpCredentials(entry, machine, transport));
  }

  public String name() {
    return entry.name();
  }

  /** The projects in reach; whatever the credentials reach where none is said. */
  List<String> projects() {
    return entry.texts("project");
  }

  /**
   * @throws ActionException if none is said
   */
  String zone() throws ActionException {
    return Settings.text(entry, "zone");
  }

  Api compute() throws ActionException {
    return api("https://compute.googleapis.com", "compute", "v1");
  }

  Api container() throws ActionException {
    return api("https://container.googleapis.com", "v1");
  }

  Api monitoring() throws ActionException {
    return api("https://monitoring.googleapis.com", "v3");
  }

  private Api api(String usual, String... version) throws ActionException {
    Address base = Settings.address(entry, usual).at(version);
    return new Api(transport, base, authority, ERRORS);
  }

  /**
   * The answer of an operation that was accepted.
   *
   * @throws ActionException if the operation has failed already
   */
  static void accepted(Json operation) throws ActionException {
    List<Json> errors = operation.at("error", "errors").items();
    if (!errors.isEmpty()) {
      String code = errors.get(0).text("code");
      String message = errors.get(0).text("message");
      throw ActionException.refused(
          FailureKind.REFUSED,
          (code == null ? "" : code + ": ") + (message == null ? "the operation failed" : message));
    }
  }
}
