package io.byteport.adapter.alerts.web;

import io.byteport.engine.source.SourceException;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** What a source is entered with, read anew at each use. */
public record Credentials(Inventory.Entry entry) {

  public boolean has(String name) {
    return entry.credentials().containsKey(name);
  }

  /**
   * The value, without space around it; empty where the entry has none of that name.
   *
   * @throws SourceException if it cannot be read
   */
  public Optional<String> find(String name) throws SourceException {
    Secret secret = entry.credentials().get(name);
    if (secret == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(secret.reveal().strip());
    } catch (ActionException unreadable) {
      throw new SourceException(
          "the credential `" + name + "` cannot be read: " + unreadable.reason(), null, unreadable);
    }
  }

  /**
   * The value.
   *
   * @throws SourceException if there is none, or it cannot be read
   */
  public String needed(String name) throws SourceException {
    return find(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () ->
                new SourceException(
                    "the source `" + entry.name() + "` has no credential `" + name + "`"));
  }

  /**
   * The header that lets us in: the {@code token} as a bearer's, else {@code username} and {@code
   * password}, else none.
   */
  public Map<String, String> login() throws SourceException {
    Optional<String> token = find("token");
    if (token.isPresent()) {
      return Map.of("Authorization", "Bearer " + token.get());
    }
    Optional<String> user = find("username");
    if (user.isEmpty()) {
      return Map.of();
    }
    String pair = user.get() + ":" + find("password").orElse("");
    return Map.of(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }
}
