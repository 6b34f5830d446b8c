package io.byteport.adapter.alerts.proof;

import io.byteport.adapter.alerts.web.Credentials;
import io.byteport.adapter.alerts.web.Settings;
import io.byteport.engine.spi.Inventory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The proofs that an entry asks for: the credential {@code bearer}, {@code basicUsername} with
 * {@code basicPassword}, and {@code hmacSha256} with the settings {@code header}, {@code
 * timestampHeader} and {@code replayWindow}. What it names is needed, all of it; where it names
 * nothing, nothing is asked.
 */
public final class Proofs {
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private Proofs() {}

  /**
   * @param headers that may hold a signature where the entry says none
   */
  public static Proof of(Inventory.Entry entry, String... headers) {
    Credentials credentials = new Credentials(entry);
    Proof proof = Proof.NONE;
    if (credentials.has("bearer")) {
      proof = proof.and(HeaderToken.bearer(credentials));
    }
    if (credentials.has("basicPassword")) {
      proof = proof.and(HeaderToken.basic(credentials));
    }
    if (credentials.has("hmacSha256")) {
      proof = proof.and(signature(entry, credentials, headers));
    }
    return proof;
  }

  private static Proof signature(
      Inventory.Entry entry, Credentials credentials, String... headers) {
    List<String> names = entry.text("header").map(List::of).orElse(List.of(headers));
    Optional<String> timestamp = entry.text("timestampHeader");
    return timestamp.isEmpty()
        ? BodySignature.of(credentials, "hmacSha256", names.toArray(String[]::new))
        : BodySignature.timed(
            credentials,
            "hmacSha256",
            names,
            timestamp.get(),
            Settings.duration(entry, "replayWindow", WINDOW));
  }
}
