package io.byteport.adapter.host.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What certificates in files say. Pure. */
public final class Certificates {
  private static final int DNS_NAME = 2;
  private static final int NO_AUTHORITY = -1;

  private Certificates() {}

  /** The certificates in PEM or DER, in their order; none where there are none. */
  public static List<X509Certificate> read(byte[] bytes) {
    try {
      List<X509Certificate> found = new ArrayList<>();
      CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(bytes))
          .forEach(each -> found.add((X509Certificate) each));
      return found;
    } catch (CertificateException none) {
      return List.of();
    }
  }

  /** Whether it is an authority's, which no server shows as its own. */
  static boolean isAuthority(X509Certificate certificate) {
    return certificate.getBasicConstraints() != NO_AUTHORITY;
  }

  /** The DNS names that it is for, in lower case. */
  public static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    for (List<?> name : alternatives(certificate)) {
      if (name.size() > 1
          && name.get(0) instanceof Integer kind
          && kind == DNS_NAME
          && name.get(1) instanceof String text) {
        names.add(text.toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  private static Collection<List<?>> alternatives(X509Certificate certificate) {
    try {
      @Nullable Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names;
    } catch (CertificateParsingException unreadable) {
      return List.of();
    }
  }

  /**
   * Whether it is for a domain. A wildcard is for exactly one label more, and for itself where a
   * wildcard is asked for.
   */
  static boolean covers(X509Certificate certificate, String domain) {
    String wanted = domain.toLowerCase(Locale.ROOT);
    int dot = wanted.indexOf('.');
    String wildcard = dot > 0 ? "*" + wanted.substring(dot) : wanted;
    List<String> names = names(certificate);
    return names.contains(wanted) || (!wanted.startsWith("*.") && names.contains(wildcard));
  }

  /** In hexadecimal, as openssl prints it. */
  public static String serial(X509Certificate certificate) {
    String hex = certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
    return hex.length() % 2 == 0 ? hex : "0" + hex;
  }
}
