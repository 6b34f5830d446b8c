package io.byteport.adapter.cloud.github;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Call;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Dialect;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.http.Settings;
import io.byteport.adapter.cloud.http.Shape;
import io.byteport.adapter.cloud.http.Transport;
import io.byteport.adapter.cloud.machine.JsonWebToken;
import io.byteport.adapter.cloud.machine.Token;
import io.byteport.adapter.cloud.machine.Tokens;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.time.Instant;
import java.util.Map;

/**
 * Lets an app of GitHub in where it is installed: the credentials {@code appKey}, {@code appId} and
 * {@code installationId}.
 */
record GitHubApp(Inventory.Entry entry, Transport transport, Dialect errors)
    implements Tokens.Source {
  private static final Shape INSTALLATION =
      Shape.of("the id of an installation", "[0-9]{1,20}", "45678901");
  private static final long MINUTE = 60;

  @Override
  public Token fetch(Deadline deadline) throws ActionException, InterruptedException {
    long now = deadline.now().getEpochSecond();
    String assertion =
        JsonWebToken.signed(
            Map.of("alg", "RS256", "typ", "JWT"),
            Map.of("iat", now - MINUTE, "exp", now + 9 * MINUTE, "iss", credential("appId")),
            credential("appKey"));
    Address base = Settings.address(entry, "https://api.github.com");
    Address place =
        base.at(
            "app",
            "installations",
            INSTALLATION.check(credential("installationId")),
            "access_tokens");
    Api api =
        new Api(
            transport,
            base,
            (call, time) ->
                Map.of(
                    "Authorization",
                    "Bearer " + assertion,
                    "Accept",
                    "application/vnd.github+json"),
            errors);
    Json answer = api.json(Call.ask(place, "application/json", "{}"), deadline);
    Instant expires = answer.instantNeeded("expires_at");
    return new Token(answer.needed("token"), expires);
  }

  private String credential(String name) throws ActionException {
    return Settings.secret(entry, name)
        .orElseThrow(
            () ->
                ActionException.refused(
                    FailureKind.FORBIDDEN,
                    "the connection `" + entry.name() + "` has no credential `" + name + "`"))
        .reveal()
        .strip();
  }
}
