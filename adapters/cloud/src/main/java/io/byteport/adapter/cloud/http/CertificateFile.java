package io.byteport.adapter.cloud.http;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificate authorities that stand in a file. */
final class CertificateFile {
  private CertificateFile() {}

  /**
   * Trust in these alone.
   *
   * @throws ActionException if there is no certificate to be read
   */
  static SSLContext read(Path file) throws ActionException {
    try (InputStream content = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate one :
          CertificateFactory.getInstance("X.509").generateCertificates(content)) {
        store.setCertificateEntry("authority " + store.size(), one);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException unusable) {
      throw new ActionException(
          FailureKind.FORBIDDEN,
          ActionException.Effect.NONE,
          "cannot read certificates from " + file + ": " + unusable.getMessage(),
          unusable);
    }
  }
}
