package io.byteport.adapter.notify.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proof that a body was sent by who knows the secret, and when: HMAC-SHA-256 (RFC 2104) over the
 * second, a dot, and the body, so that neither can be exchanged. Pure.
 */
final class Seal {
  static final String TIMESTAMP = "X-BytePort-Timestamp";
  static final String SIGNATURE = "X-BytePort-Signature";

  private Seal() {}

  /**
   * @return {@code sha256=} and 64 hexadecimal digits
   */
  static String of(String secret, Instant at, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String signed = at.getEpochSecond() + "." + body;
      return "sha256="
          + HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
