package io.byteport.adapter.sql.connect;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is protected, from the settings {@code tls} and {@code caFile}.
 *
 * @param caFile a PEM file with the certificates that are trusted; null for the JVM's own
 */
public record Tls(Mode mode, @Nullable String caFile) {

  /** The modes, as libpq's {@code sslmode} names them. */
  public enum Mode {
    /** Never. */
    DISABLE,
    /** Where the server offers it; whoever sits in between can take it away. */
    PREFER,
    /** Always, with whatever certificate. */
    REQUIRE,
    /** Always, with a certificate of a trusted authority. */
    VERIFY_CA,
    /** Always, with a certificate of a trusted authority for that very host. */
    VERIFY_FULL;

    /** As an entry writes it: {@code verify-full}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * What an entry says; {@code prefer} where it says nothing, {@code verify-full} where it names
   * only authorities.
   */
  static Tls of(Entry entry) throws ActionException {
    @Nullable String caFile = entry.text("caFile").orElse(null);
    String word = entry.text("tls").orElse(caFile == null ? "prefer" : "verify-full");
    for (Mode mode : Mode.values()) {
      if (mode.word().equals(word)) {
        return new Tls(mode, caFile);
      }
    }
    throw ActionException.refused(
        FailureKind.INVALID,
        "expected `tls` of `"
            + entry.name()
            + "` to be disable, prefer, require, verify-ca or verify-full, found `"
            + word
            + "`");
  }

  /**
   * A context that trusts the authorities.
   *
   * @throws ActionException if their file cannot be read
   */
  public SSLContext context() throws ActionException {
    try {
      if (caFile == null) {
        return SSLContext.getDefault();
      }
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      try (InputStream file = Files.newInputStream(Path.of(caFile))) {
        for (Certificate certificate :
            CertificateFactory.getInstance("X.509").generateCertificates(file)) {
          trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
        }
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "the authorities in " + caFile + " cannot be read: " + e.getMessage());
    }
  }
}
