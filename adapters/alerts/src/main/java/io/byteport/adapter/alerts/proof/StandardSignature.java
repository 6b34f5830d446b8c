package io.byteport.adapter.alerts.proof;

import io.byteport.adapter.alerts.web.Credentials;
import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Received.Refused;
import io.byteport.engine.source.SourceException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A signature as the Standard Webhooks specification has it: {@code webhook-signature} holds one or
 * several {@code v1,BASE64} of an HMAC-SHA256 over {@code webhook-id}, {@code webhook-timestamp}
 * and the body, with dots between. The credential {@code hmacSha256} is the secret, {@code whsec_}
 * and base64.
 */
public final class StandardSignature implements Proof {
  private static final String PREFIX = "whsec_";

  private final Credentials credentials;
  private final Replays replays;

  public StandardSignature(Credentials credentials, Duration window) {
    this.credentials = credentials;
    this.replays = new Replays(window);
  }

  @Override
  public Optional<Refused> objection(Delivered delivered) throws SourceException {
    Optional<String> id = delivered.header("webhook-id");
    Optional<String> time = delivered.header("webhook-timestamp");
    Optional<String> signatures = delivered.header("webhook-signature");
    if (id.isEmpty() || time.isEmpty() || signatures.isEmpty()) {
      return Proof.unsigned(
          "there is no header webhook-id, webhook-timestamp or webhook-signature");
    }
    byte[] before = (id.get() + "." + time.get() + ".").getBytes(StandardCharsets.UTF_8);
    byte[] expected = Digests.hmac(key(), before, delivered.body());
    if (!holds(signatures.get(), expected)) {
      return Proof.forged("HMAC signature mismatch");
    }
    String seconds = time.get().strip();
    if (!seconds.matches("[0-9]{1,11}")) {
      return Proof.forged("the header webhook-timestamp holds no second since 1970");
    }
    return replays.objection(
        Base64.getEncoder().encodeToString(expected),
        Instant.ofEpochSecond(Long.parseLong(seconds)),
        delivered.receivedAt());
  }

  private byte[] key() throws SourceException {
    String secret = credentials.needed("hmacSha256");
    String digits = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
    return Digests.base64(digits)
        .orElseThrow(
            () -> new SourceException("the credential `hmacSha256` is no secret in base64"));
  }

  private static boolean holds(String header, byte[] expected) {
    boolean holds = false;
    for (String part : header.split(" ", -1)) {
      Optional<byte[]> given =
          part.startsWith("v1,") ? Digests.base64(part.substring(3)) : Optional.empty();
      holds |= given.isPresent() && MessageDigest.isEqual(expected, given.get());
    }
    return holds;
  }
}
