package io.byteport.adapter.cloud.azure;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Settings;
import io.byteport.adapter.cloud.http.Transport;
import io.byteport.adapter.cloud.machine.Machine;
import io.byteport.adapter.cloud.machine.OAuth;
import io.byteport.adapter.cloud.machine.Token;
import io.byteport.adapter.cloud.machine.Tokens;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entry's {@code clientSecret} with its settings {@code tenant} and {@code clientId}, else
 * those of the environment (AZURE_TENANT_ID, AZURE_CLIENT_ID with AZURE_CLIENT_SECRET or a
 * federated token's file), else the managed identity.
 */
record AzureCredentials(Inventory.Entry entry, Machine machine, Transport transport)
    implements Tokens.Source {
  private static final String RESOURCE = "https://management.azure.com/";
  private static final String AUTHORITY = "https://login.microsoftonline.com";
  private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  @Override
  public Token fetch(Deadline deadline) throws ActionException, InterruptedException {
    Optional<Secret> token = Settings.secret(entry, "token");
    if (token.isPresent()) {
      return new Token(token.get().reveal().strip(), deadline.now());
    }
    String tenant = entry.text("tenant").orElse(machine.variable("AZURE_TENANT_ID"));
    Optional<Secret> own = Settings.secret(entry, "clientId");
    String client = own.isPresent() ? own.get().reveal() : machine.variable("AZURE_CLIENT_ID");
    Map<String, String> proof = proof();
    if (tenant.isEmpty() || client.isEmpty() || proof.isEmpty()) {
      return managed(client.isEmpty() ? null : client, deadline);
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_id", client);
    form.put("scope", RESOURCE + ".default");
    form.putAll(proof);
    String host = machine.variable("AZURE_AUTHORITY_HOST");
    Address authority =
        Address.of(entry.text("authority").orElse(host.isEmpty() ? AUTHORITY : host))
            .at(tenant, "oauth2", "v2.0", "token");
    return OAuth.ask(transport, authority, form, deadline);
  }

  private Map<String, String> proof() throws ActionException {
    Optional<Secret> secret = Settings.secret(entry, "clientSecret");
    if (secret.isPresent()) {
      return Map.of("client_secret", secret.get().reveal().strip());
    }
    String variable = machine.variable("AZURE_CLIENT_SECRET");
    if (!variable.isEmpty()) {
      return Map.of("client_secret", variable);
    }
    String file = machine.variable("AZURE_FEDERATED_TOKEN_FILE");
    return file.isEmpty()
        ? Map.of()
        : Map.of(
            "client_assertion_type", ASSERTION, "client_assertion", OAuth.content(Path.of(file)));
  }

  private Token managed(@Nullable String client, Deadline deadline)
      throws ActionException, InterruptedException {
    String host = machine.variable("AZURE_POD_IDENTITY_AUTHORITY_HOST");
    Address address =
        Address.of(host.isEmpty() ? "http://169.254.169.254" : host)
            .at("metadata", "identity", "oauth2", "token")
            .with("api-version", "2018-02-01")
            .with("resource", RESOURCE)
            .with("client_id", client);
    return OAuth.metadata(transport, address, "Metadata", "true", deadline);
  }
}
