package io.byteport.adapter.alerts.cloudwatch;

import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.source.Received.Refusal;
import io.byteport.engine.source.Received.Refused;
import io.byteport.engine.source.SourceException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Verifies the signature of a message of SNS, version 1 (SHA-1) or 2 (SHA-256), both with RSA, over
 * the names and values that its type has, a line each.
 */
record SnsSignature(SnsCertificates certificates) {
  private static final List<String> NOTIFICATION =
      List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
  private static final List<String> CONFIRMATION =
      List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

  /** What speaks against a message; empty where SNS signed it. */
  Optional<Refused> objection(Json message, Instant now)
      throws SourceException, InterruptedException {
    String signature = message.text("Signature");
    String version = message.text("SignatureVersion");
    if (signature == null || version == null) {
      return Optional.of(new Refused(Refusal.UNSIGNED, "the message has no `Signature`"));
    }
    if (!version.equals("1") && !version.equals("2")) {
      return forged("its `SignatureVersion` is neither 1 nor 2");
    }
    Optional<X509Certificate> certificate = certificates.at(message.text("SigningCertURL"), now);
    if (certificate.isEmpty()) {
      return forged("its `SigningCertURL` leads to no certificate of SNS that holds now");
    }
    return holds(message, signature, version, certificate.get())
        ? Optional.empty()
        : forged("SNS signature mismatch");
  }

  private static boolean holds(
      Json message, String signature, String version, X509Certificate certificate) {
    try {
      Signature verifying =
          Signature.getInstance(version.equals("1") ? "SHA1withRSA" : "SHA256withRSA");
      verifying.initVerify(certificate.getPublicKey());
      verifying.update(signed(message).getBytes(StandardCharsets.UTF_8));
      return verifying.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
      return false;
    }
  }

  /** What is signed. */
  static String signed(Json message) {
    List<String> names = "Notification".equals(message.text("Type")) ? NOTIFICATION : CONFIRMATION;
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      String value = message.text(name);
      if (value != null) {
        text.append(name).append('\n').append(value).append('\n');
      }
    }
    return text.toString();
  }

  private static Optional<Refused> forged(String reason) {
    return Optional.of(new Refused(Refusal.FORGED, reason));
  }
}
