package io.byteport.adapter.probes.tls;

import io.byteport.adapter.probes.net.PlainText;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The certificates at which a chain may end. */
public record TrustRoots(Set<X509Certificate> certificates) {
  private static final int LARGEST_FILE = 1 << 20;

  public TrustRoots {
    certificates = Set.copyOf(certificates);
  }

  /** Those that this Java trusts: the public ones, unless an operator gave it others. */
  public static TrustRoots system() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return new TrustRoots(
          Stream.of(factory.getTrustManagers())
              .filter(X509TrustManager.class::isInstance)
              .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
              .collect(Collectors.toSet()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no trust store", e);
    }
  }

  /**
   * With those of a PEM file on this machine as well; as they are for null.
   *
   * @throws ActionException if there is no certificate to read; INVALID
   */
  public TrustRoots with(@Nullable String file) throws ActionException {
    if (file == null) {
      return this;
    }
    Set<X509Certificate> all = new HashSet<>(certificates);
    all.addAll(read(file));
    return new TrustRoots(all);
  }

  /**
   * Those of a PEM file on this machine and no others.
   *
   * @throws ActionException if there is no certificate to read; INVALID
   */
  public static TrustRoots only(String file) throws ActionException {
    return new TrustRoots(Set.copyOf(read(file)));
  }

  private static List<X509Certificate> read(String file) throws ActionException {
    String problem;
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(LARGEST_FILE);
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes))
              .stream()
              .map((Certificate each) -> (X509Certificate) each)
              .toList();
      if (!found.isEmpty()) {
        return found;
      }
      problem = "it holds none";
    } catch (IOException | CertificateException | InvalidPathException e) {
      problem = PlainText.words(e);
    }
    throw ActionException.refused(
        FailureKind.INVALID,
        "no certificates could be read from `" + PlainText.line(file, 200) + "`: " + problem);
  }

  /**
   * Makes connections to whoever can be verified by these.
   *
   * @throws GeneralSecurityException if this Java speaks no TLS
   */
  public SSLContext context() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (X509Certificate certificate : certificates) {
        store.setCertificateEntry("root" + number, certificate);
        number++;
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new GeneralSecurityException("no store can be made", e);
    }
  }

  Set<TrustAnchor> anchors() {
    return certificates.stream()
        .map(certificate -> new TrustAnchor(certificate, null))
        .collect(Collectors.toSet());
  }
}
