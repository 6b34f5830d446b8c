package io.byteport.adapter.probes.tls;

import io.byteport.adapter.probes.net.PlainText;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** What a certificate says, as a person reads it. Text of whoever made it is cleaned and cut. */
final class CertificateText {
  private static final int LONGEST = 200;

  private CertificateText() {}

  /** A distinguished name, such as {@code CN=R11,O=Let's Encrypt,C=US}. */
  static String name(X500Principal principal) {
    return PlainText.line(principal.getName(), LONGEST);
  }

  /** The value of one attribute of a distinguished name; null where there is none. */
  static @Nullable String part(X500Principal principal, String attribute) {
    try {
      for (Rdn rdn : new LdapName(principal.getName()).getRdns().reversed()) {
        if (rdn.getType().equalsIgnoreCase(attribute) && rdn.getValue() instanceof String value) {
          return PlainText.line(value, LONGEST);
        }
      }
      return null;
    } catch (InvalidNameException unreadable) {
      return null;
    }
  }

  /** In hexadecimal, as openssl prints it. */
  static String serial(X509Certificate certificate) {
    String hex = certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
    return PlainText.line(hex.length() % 2 == 0 ? hex : "0" + hex, LONGEST);
  }

  /** SHA-256 of the whole certificate, in pairs of hexadecimal digits with colons between them. */
  static String fingerprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
  }

  /** Algorithm and size, such as {@code RSA 2048} or {@code EC 256}. */
  static String key(X509Certificate certificate) {
    PublicKey key = certificate.getPublicKey();
    return switch (key) {
      case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength();
      case ECPublicKey ec -> "EC " + ec.getParams().getCurve().getField().getFieldSize();
      default -> PlainText.line(key.getAlgorithm(), LONGEST);
    };
  }

  /** Whether it is signed by its own key. */
  static boolean isSelfSigned(X509Certificate certificate) {
    if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return false;
    }
    try {
      certificate.verify(certificate.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
