package io.byteport.adapter.cloud.sentry;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Dialect;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.http.Problem;
import io.byteport.adapter.cloud.http.Settings;
import io.byteport.adapter.cloud.http.Shape;
import io.byteport.adapter.cloud.http.Transport;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.Inventory;
import org.jspecify.annotations.Nullable;

/**
 * An organization in Sentry, over entries of the kind {@code sentry}: the settings {@code address}
 * and {@code organization}, the credential {@code token}. Safe for several threads.
 */
public record SentryOrganization(Inventory inventory, Transport transport) {
  static final Shape PROJECT =
      Shape.of("the slug of a project", "[a-z0-9_-]{1,100}", "backend-api");
  static final Shape ISSUE =
      Shape.of(
          "the id of an issue",
          "[0-9]{1,20}|[A-Z0-9_]+(-[A-Z0-9_]+)*-[A-Z0-9]{1,12}",
          "4509877862268928");
  private static final Shape ORGANIZATION =
      Shape.of("the slug of an organization", "[a-z0-9_-]{1,100}", "myorg");
  private static final Dialect ERRORS =
      reply -> {
        Json detail = Json.lenient(reply.text()).at("detail");
        String words = detail.text();
        String message = words == null ? detail.text("message") : words;
        return message == null ? Problem.NONE : Problem.said(message);
      };

  Api api(@Nullable String connection) throws ActionException {
    Inventory.Entry entry = Settings.entry(inventory, "sentry", connection);
    return new Api(
        transport,
        Settings.address(entry, "https://sentry.io").at("api", "0"),
        Settings.bearer(entry),
        ERRORS);
  }

  /** A place of the organization, with the slash at its end that Sentry wants. */
  Address at(Api api, @Nullable String connection, String... segments) throws ActionException {
    return api.at("organizations", organization(connection)).at(segments).folder();
  }

  String organization(@Nullable String connection) throws ActionException {
    Inventory.Entry entry = Settings.entry(inventory, "sentry", connection);
    return ORGANIZATION.check(Settings.text(entry, "organization"));
  }

  /** The same as curl would do it, with the token left to the shell's variable. */
  static java.util.List<String> curl(String path) {
    return java.util.List.of(
        "curl",
        "-fsS",
        "-H",
        "Authorization: Bearer $SENTRY_AUTH_TOKEN",
        "https://sentry.io/api/0/organizations/$SENTRY_ORG/" + path);
  }
}
