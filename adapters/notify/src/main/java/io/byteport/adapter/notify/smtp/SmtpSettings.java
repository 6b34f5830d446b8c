package io.byteport.adapter.notify.smtp;

import io.byteport.adapter.notify.http.ChannelSettings;
import io.byteport.adapter.notify.http.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** How a mail server is reached: by TLS from the start, or from STARTTLS on; never in the clear. */
record SmtpSettings(String host, int port, Tls tls, Optional<Path> caFile) {

  /** How the connection is protected. */
  enum Tls {
    STARTTLS,
    IMPLICIT,
    /** Not at all, which is for a server on this machine. */
    NONE
  }

  /**
   * @throws IllegalArgumentException if the settings are not usable
   */
  static SmtpSettings of(ChannelSettings settings) {
    String address = settings.needed("address");
    int colon = address.lastIndexOf(':');
    boolean sound = address.matches("[A-Za-z0-9._-]+(:\\d{1,5})?|\\[[0-9A-Fa-f:]+](:\\d{1,5})?");
    if (!sound) {
      throw new IllegalArgumentException(
          "expected an address such as `smtp.example.com:587`, found `" + address + "`");
    }
    boolean ported = address.matches(".*:\\d{1,5}") && !address.endsWith("]");
    String host = ported ? address.substring(0, colon) : address;
    int port = ported ? Integer.parseInt(address.substring(colon + 1)) : 587;
    String word = settings.text("tls").orElse(port == 465 ? "implicit" : "starttls");
    Tls tls =
        switch (word.toLowerCase(Locale.ROOT)) {
          case "starttls" -> Tls.STARTTLS;
          case "implicit" -> Tls.IMPLICIT;
          case "none" -> Tls.NONE;
          default ->
              throw new IllegalArgumentException(
                  "expected `starttls`, `implicit` or `none` in `tls`, found `" + word + "`");
        };
    if (tls == Tls.NONE && !Destination.isLoopback(host)) {
      throw new IllegalArgumentException(
          "expected `starttls` or `implicit` in `tls` of a server that is not this machine, found"
              + " `none`");
    }
    return new SmtpSettings(host, port, tls, settings.text("caFile").map(Path::of));
  }

  /**
   * What the library is told.
   *
   * @throws IOException if the file of authorities cannot be read
   */
  Properties properties(Duration patience, boolean authenticates) throws IOException {
    String millis = Long.toString(patience.toMillis());
    Properties properties = new Properties();
    properties.put("mail.transport.protocol", "smtp");
    properties.put("mail.smtp.host", host);
    properties.put("mail.smtp.port", Integer.toString(port));
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    properties.put("mail.smtp.auth", Boolean.toString(authenticates));
    properties.put("mail.smtp.sendpartial", "true");
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    properties.put("mail.smtp.ssl.enable", Boolean.toString(tls == Tls.IMPLICIT));
    properties.put("mail.smtp.starttls.enable", Boolean.toString(tls == Tls.STARTTLS));
    properties.put("mail.smtp.starttls.required", Boolean.toString(tls == Tls.STARTTLS));
    if (caFile.isPresent()) {
      properties.put("mail.smtp.ssl.socketFactory", trusting(caFile.get()).getSocketFactory());
    }
    return properties;
  }

  private static SSLContext trusting(Path file) throws IOException {
    try (InputStream pem = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("authority-" + number++, one);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException unusable) {
      throw new IOException("no certificate authorities in " + file, unusable);
    }
  }
}
