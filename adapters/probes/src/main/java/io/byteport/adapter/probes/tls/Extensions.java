package io.byteport.adapter.probes.tls;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** Extensions of certificates that Java does not read by itself. */
final class Extensions {
  private static final String TLS_FEATURE = "1.3.6.1.5.5.7.1.24";
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int STATUS_REQUEST = 5;

  private Extensions() {}

  /**
   * Whether the certificate is only good together with a stapled OCSP response: its TLS feature
   * extension (RFC 7633) names {@code status_request}.
   */
  static boolean mustStaple(X509Certificate certificate) {
    byte @Nullable [] value = certificate.getExtensionValue(TLS_FEATURE);
    // short forms of length only: longer lists of features than 120 bytes are nobody's
    if (value == null
        || value.length < 4
        || value[0] != OCTET_STRING
        || value[2] != SEQUENCE
        || value[3] != value.length - 4) {
      return false;
    }
    int at = 4;
    while (at + 2 < value.length && value[at] == INTEGER && value[at + 1] > 0) {
      if (value[at + 1] == 1 && value[at + 2] == STATUS_REQUEST) {
        return true;
      }
      at += 2 + value[at + 1];
    }
    return false;
  }
}
