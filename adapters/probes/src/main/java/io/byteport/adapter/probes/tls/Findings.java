package io.byteport.adapter.probes.tls;

import io.byteport.adapter.probes.net.PlainText;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the answer of {@code tls.probe} of what a server showed. Pure. */
final class Findings {
  private static final int MOST_NAMES = 256;
  private static final int LONGEST_NAME = 253;

  private Findings() {}

  static TlsProbe.Output of(
      Served served, String serverName, TrustRoots publicRoots, TrustRoots roots, Instant now) {
    X509Certificate own = served.own();
    ServerNames names = ServerNames.of(own);
    Judgement judgement = Judgement.of(served, publicRoots, roots, now);
    boolean matches = names.include(serverName);
    boolean mustStaple = Extensions.mustStaple(own);
    @Nullable String problem =
        first(
            validity(own, now),
            matches ? null : misnamed(names, serverName),
            unchained(own, judgement),
            staple(judgement, mustStaple, !served.staples().isEmpty()),
            broken(served));
    return new TlsProbe.Output(
        problem == null,
        judgement.chainValid(),
        judgement.publiclyTrusted(),
        matches,
        CertificateText.isSelfSigned(own),
        own.getNotBefore().toInstant(),
        own.getNotAfter().toInstant(),
        CertificateText.part(own.getSubjectX500Principal(), "CN"),
        CertificateText.part(own.getIssuerX500Principal(), "O"),
        CertificateText.part(own.getIssuerX500Principal(), "CN"),
        PlainText.list(names.all(), MOST_NAMES, LONGEST_NAME),
        CertificateText.serial(own),
        CertificateText.fingerprint(own),
        CertificateText.key(own),
        !served.staples().isEmpty(),
        mustStaple,
        judgement.ocsp(),
        served.protocol(),
        served.cipher(),
        served.chain().stream().map(Findings::shown).toList(),
        problem);
  }

  private static ShownCertificate shown(X509Certificate certificate) {
    return new ShownCertificate(
        CertificateText.name(certificate.getSubjectX500Principal()),
        CertificateText.name(certificate.getIssuerX500Principal()),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant());
  }

  private static @Nullable String first(@Nullable String... problems) {
    for (@Nullable String problem : problems) {
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static @Nullable String validity(X509Certificate own, Instant now) {
    if (own.getNotAfter().toInstant().isBefore(now)) {
      return "the certificate expired at " + own.getNotAfter().toInstant();
    }
    return own.getNotBefore().toInstant().isAfter(now)
        ? "the certificate is not valid before " + own.getNotBefore().toInstant()
        : null;
  }

  private static String misnamed(ServerNames names, String serverName) {
    List<String> some = PlainText.list(names.all(), 5, LONGEST_NAME);
    return some.isEmpty()
        ? "the certificate is for no name, and not for " + serverName
        : "the certificate is for " + String.join(", ", some) + ", and not for " + serverName;
  }

  private static @Nullable String unchained(X509Certificate own, Judgement judgement) {
    if (judgement.chainValid()) {
      return null;
    }
    return CertificateText.isSelfSigned(own)
        ? "the certificate is signed by itself"
        : "the chain does not lead to a root that is trusted: " + judgement.chainProblem();
  }

  private static @Nullable String broken(Served served) {
    return served.broken() == null
        ? null
        : "the server ended the handshake after it showed its certificate: " + served.broken();
  }

  private static @Nullable String staple(Judgement judgement, boolean mustStaple, boolean stapled) {
    if (judgement.ocsp() == OcspStatus.REVOKED) {
      return "the certificate is revoked";
    }
    if (judgement.ocsp() == OcspStatus.INVALID) {
      return "the stapled OCSP response is not valid";
    }
    return mustStaple && !stapled
        ? "the certificate must be served with a stapled OCSP response, and is not"
        : null;
  }
}
