package io.byteport.adapter.alerts.cloudwatch;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.engine.source.SourceException;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/**
 * The certificates with which SNS signs, read from SNS's own hosts alone, over https. Keeps sixteen
 * of them. Safe for several threads.
 */
final class SnsCertificates {
  private static final Pattern HOST =
      Pattern.compile("sns\\.[a-z0-9-]{3,40}\\.amazonaws\\.com(\\.cn)?");
  private static final Pattern FILE =
      Pattern.compile("/SimpleNotificationService-[0-9a-f]{8,64}\\.pem");
  private static final Pattern NAME =
      Pattern.compile("sns[a-z0-9-]{0,40}(\\.[a-z0-9-]{1,40})?\\.amazonaws\\.com(\\.cn)?");
  private static final int DNS_NAME = 2;
  private static final int MOST = 16;

  private final Fetching fetching;
  private final Map<String, X509Certificate> kept = new LinkedHashMap<>();

  SnsCertificates(Fetching fetching) {
    this.fetching = fetching;
  }

  /** Whether an address is one of SNS: https, its host, nobody's name, the usual port. */
  static Optional<URI> ofSns(@Nullable String text) {
    try {
      URI uri = new URI(text == null ? "" : text);
      boolean sound =
          "https".equals(uri.getScheme())
              && uri.getHost() != null
              && HOST.matcher(uri.getHost()).matches()
              && uri.getRawUserInfo() == null
              && (uri.getPort() == -1 || uri.getPort() == 443)
              && uri.getRawFragment() == null;
      return sound ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException noAddress) {
      return Optional.empty();
    }
  }

  /**
   * The certificate at an address; nothing where the address is not SNS's, or the certificate is
   * not made out to it, or does not hold now.
   *
   * @throws SourceException if it cannot be read
   */
  Optional<X509Certificate> at(@Nullable String address, Instant now)
      throws SourceException, InterruptedException {
    Optional<URI> uri = ofSns(address);
    if (uri.isEmpty()
        || uri.get().getRawQuery() != null
        || !FILE.matcher(uri.get().getRawPath()).matches()) {
      return Optional.empty();
    }
    String place = "https://" + uri.get().getHost() + uri.get().getRawPath();
    @Nullable X509Certificate certificate;
    synchronized (kept) {
      certificate = kept.get(place);
    }
    if (certificate == null) {
      certificate = read(fetching.fetch(Address.of(place)), place);
      synchronized (kept) {
        if (kept.size() >= MOST) {
          kept.clear();
        }
        kept.put(place, certificate);
      }
    }
    return holds(certificate, now) && isOfSns(certificate)
        ? Optional.of(certificate)
        : Optional.empty();
  }

  private static X509Certificate read(String pem, String place) throws SourceException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (CertificateException unreadable) {
      throw new SourceException("expected a certificate at " + place, null, unreadable);
    }
  }

  private static boolean holds(X509Certificate certificate, Instant now) {
    return !now.isBefore(certificate.getNotBefore().toInstant())
        && !now.isAfter(instant(certificate.getNotAfter()));
  }

  private static Instant instant(Date date) {
    return date.toInstant();
  }

  private static boolean isOfSns(X509Certificate certificate) throws SourceException {
    return names(certificate).stream().map(NAME::matcher).anyMatch(Matcher::matches);
  }

  private static List<String> names(X509Certificate certificate) throws SourceException {
    List<String> names = new ArrayList<>();
    try {
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          names.add(String.valueOf(part.getValue()));
        }
      }
      Collection<List<?>> others = certificate.getSubjectAlternativeNames();
      if (others != null) {
        for (List<?> other : others) {
          if (Integer.valueOf(DNS_NAME).equals(other.get(0))) {
            names.add(String.valueOf(other.get(1)));
          }
        }
      }
      return names;
    } catch (InvalidNameException | CertificateException odd) {
      throw new SourceException("the certificate's names cannot be read", null, odd);
    }
  }
}
