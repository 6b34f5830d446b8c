package io.byteport.adapter.cloud.azure;

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
import io.byteport.engine.spi.Inventory;
import java.util.List;

/**
 * An entry of the kind {@code azure}: settings {@code subscription}, {@code resourceGroup}, {@code
 * tenant}, {@code address} and {@code authority}; the credentials {@code clientId} and {@code
 * clientSecret}, else a federated or managed identity. Safe for several threads.
 */
public final class AzureAccount {
  private static final Dialect ERRORS =
      reply -> {
        Json answer = Json.lenient(reply.text());
        Json error = answer.at("error").isMissing() ? answer : answer.at("error");
        String code = error.text("code");
        String message = error.text("message");
        return Problem.said((code == null ? "" : code) + (message == null ? "" : ": " + message));
      };

  private final Inventory.Entry entry;
  private final Transport transport;
  private final Authority authority;

  public AzureAccount(Inventory.Entry entry, Machine machine, Transport transport) {
    this.entry = entry;
    this.transport = transport;
    this.authority = new Tokens(new AzureCredentials(entry, machine, transport));
  }

  public String name() {
    return entry.name();
  }

  /**
   * Whether a subscription is one of the entry's, and a group its own where it names one; an entry
   * that names no subscription reaches none.
   */
  boolean reaches(String subscription, String group) {
    List<String> groups = entry.texts("resourceGroup");
    return entry.texts("subscription").stream().anyMatch(subscription::equalsIgnoreCase)
        && (groups.isEmpty() || groups.stream().anyMatch(group::equalsIgnoreCase));
  }

  Api management() throws ActionException {
    return new Api(
        transport, Settings.address(entry, "https://management.azure.com"), authority, ERRORS);
  }
}
