package io.byteport.adapter.cloud.gcp;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.http.Settings;
import io.byteport.adapter.cloud.http.Transport;
import io.byteport.adapter.cloud.machine.JsonWebToken;
import io.byteport.adapter.cloud.machine.Machine;
import io.byteport.adapter.cloud.machine.OAuth;
import io.byteport.adapter.cloud.machine.Token;
import io.byteport.adapter.cloud.machine.Tokens;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Application default credentials: the entry's {@code key} (the JSON of a service account), else
 * the file of GOOGLE_APPLICATION_CREDENTIALS, else that of gcloud, else the metadata server. A
 * federated account is refused with words.
 */
record GcpCredentials(Inventory.Entry entry, Machine machine, Transport transport)
    implements Tokens.Source {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final String TOKENS = "https://oauth2.googleapis.com/token";
  private static final Duration HOUR = Duration.ofHours(1);

  @Override
  public Token fetch(Deadline deadline) throws ActionException, InterruptedException {
    Optional<Secret> token = Settings.secret(entry, "token");
    if (token.isPresent()) {
      return new Token(token.get().reveal().strip(), deadline.now());
    }
    Optional<Secret> key = Settings.secret(entry, "key");
    if (key.isPresent()) {
      return of(Json.lenient(key.get().reveal()), deadline);
    }
    String named = machine.variable("GOOGLE_APPLICATION_CREDENTIALS");
    Path file =
        named.isEmpty()
            ? machine.home().resolve(".config/gcloud/application_default_credentials.json")
            : Path.of(named);
    if (!named.isEmpty() || Files.exists(file)) {
      return of(Json.lenient(OAuth.content(file)), deadline);
    }
    String host = machine.variable("GCE_METADATA_HOST");
    Address metadata =
        Address.of("http://" + (host.isEmpty() ? "metadata.google.internal" : host))
            .at("computeMetadata", "v1", "instance", "service-accounts", "default", "token");
    return OAuth.metadata(transport, metadata, "Metadata-Flavor", "Google", deadline);
  }

  private Token of(Json key, Deadline deadline) throws ActionException, InterruptedException {
    String type = key.text("type");
    Map<String, String> form = new LinkedHashMap<>();
    String tokens = key.text("token_uri");
    Address endpoint = Address.of(tokens == null ? TOKENS : tokens);
    switch (type == null ? "" : type) {
      case "service_account" -> {
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        form.put("assertion", assertion(key, endpoint, deadline));
      }
      case "authorized_user" -> {
        form.put("grant_type", "refresh_token");
        form.put("client_id", key.needed("client_id"));
        form.put("client_secret", key.needed("client_secret"));
        form.put("refresh_token", key.needed("refresh_token"));
      }
      default ->
          throw ActionException.refused(
              FailureKind.FORBIDDEN,
              "expected the key of a service account or of a user, found "
                  + (type == null ? "no such JSON" : "`" + type + "`"));
    }
    return OAuth.ask(transport, endpoint, form, deadline);
  }

  private static String assertion(Json key, Address endpoint, Deadline deadline)
      throws ActionException {
    long now = deadline.now().getEpochSecond();
    Map<String, Object> header = new LinkedHashMap<>(Map.of("alg", "RS256", "typ", "JWT"));
    String id = key.text("private_key_id");
    if (id != null) {
      header.put("kid", id);
    }
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", key.needed("client_email"));
    claims.put("scope", SCOPE);
    claims.put("aud", endpoint.base());
    claims.put("iat", now);
    claims.put("exp", now + HOUR.toSeconds());
    return JsonWebToken.signed(header, claims, key.needed("private_key"));
  }
}
