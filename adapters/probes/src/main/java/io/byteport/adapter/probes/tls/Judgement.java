package io.byteport.adapter.probes.tls;

import io.byteport.adapter.probes.net.PlainText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client that verifies would say to what a server showed (RFC 5280, section 6). Does no I/O:
 * missing intermediates are not fetched, nobody is asked about revocation but the staple.
 *
 * @param chainValid the chain leads to one of the roots, and everything in it is valid now
 * @param publiclyTrusted it leads to a public root at a time when the certificate itself is valid,
 *     so that one that has expired is still told from one of an internal authority
 * @param ocsp null where nothing was stapled, or there is no chain to verify it by
 * @param chainProblem the verifier's words; null where the chain is valid
 */
record Judgement(
    boolean chainValid,
    boolean publiclyTrusted,
    @Nullable OcspStatus ocsp,
    @Nullable String chainProblem) {
  private static final String PKIX = "PKIX";
  private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

  static Judgement of(Served served, TrustRoots publicRoots, TrustRoots roots, Instant now) {
    X509Certificate own = served.own();
    boolean known = isTrusted(served.chain(), publicRoots, whenValid(own, now));
    Set<TrustAnchor> anchors = roots.anchors();
    try {
      CertPath path = path(served.chain(), roots, now);
      return new Judgement(true, known, ocsp(served, path, anchors, now), null);
    } catch (GeneralSecurityException e) {
      return new Judgement(false, known, null, PlainText.words(root(e)));
    }
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static Instant whenValid(X509Certificate certificate, Instant now) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    return now.isBefore(from) ? from : now.isAfter(until) ? until : now;
  }

  private static boolean isTrusted(List<X509Certificate> chain, TrustRoots roots, Instant at) {
    try {
      path(chain, roots, at);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static CertPath path(List<X509Certificate> chain, TrustRoots roots, Instant at)
      throws GeneralSecurityException {
    if (roots.certificates().isEmpty()) {
      throw new CertPathBuilderException("there is no root to trust");
    }
    X509CertSelector own = new X509CertSelector();
    own.setCertificate(chain.getFirst());
    servers(own);
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(roots.anchors(), own);
    parameters.setRevocationEnabled(false);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
    at(parameters, at);
    return CertPathBuilder.getInstance(PKIX).build(parameters).getCertPath();
  }

  private static void servers(X509CertSelector own) {
    try {
      own.setExtendedKeyUsage(Set.of(SERVER_AUTHENTICATION));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("JavaUtilDate") // the interface takes nothing else
  private static void at(PKIXParameters parameters, Instant instant) {
    parameters.setDate(Date.from(instant));
  }

  private static @Nullable OcspStatus ocsp(
      Served served, CertPath path, Set<TrustAnchor> anchors, Instant now)
      throws GeneralSecurityException {
    if (served.staples().isEmpty()) {
      return null;
    }
    CertPathValidator validator = CertPathValidator.getInstance(PKIX);
    PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
    checker.setOptions(
        EnumSet.of(
            PKIXRevocationChecker.Option.ONLY_END_ENTITY,
            PKIXRevocationChecker.Option.NO_FALLBACK));
    checker.setOcspResponses(Map.of(served.own(), served.staples().getFirst()));
    PKIXParameters parameters = new PKIXParameters(anchors);
    parameters.addCertPathChecker(checker);
    at(parameters, now);
    try {
      validator.validate(path, parameters);
      return OcspStatus.GOOD;
    } catch (CertPathValidatorException e) {
      return e.getReason() == CertPathValidatorException.BasicReason.REVOKED
          ? OcspStatus.REVOKED
          : OcspStatus.INVALID;
    }
  }
}
