package io.byteport.adapter.host.tls;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate for tests, with its key, signed by an authority whose own is there too. */
@SuppressWarnings("JavaUtilDate") // the builders take nothing else
public record Issued(KeyPair keys, X509Certificate certificate, X509Certificate authority) {
  private static final KeyPair AUTHORITY = pair();
  private static final X500Name ROOT = new X500Name("CN=Test Authority,O=Test");

  /** For these names, valid until then. */
  public static Issued until(Instant end, long serial, String... names) {
    try {
      KeyPair own = pair();
      Date from = Date.from(Instant.parse("2026-01-01T00:00:00Z"));
      X509v3CertificateBuilder root =
          new JcaX509v3CertificateBuilder(
              ROOT, BigInteger.ONE, from, Date.from(end), ROOT, AUTHORITY.getPublic());
      root.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              ROOT,
              BigInteger.valueOf(serial),
              from,
              Date.from(end),
              new X500Name("CN=" + names[0]),
              own.getPublic());
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              Arrays.stream(names)
                  .map(name -> new GeneralName(GeneralName.dNSName, name))
                  .toArray(GeneralName[]::new)));
      return new Issued(own, sign(builder), sign(root));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder) throws Exception {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(AUTHORITY.getPrivate())));
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public String pem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public String chainPem() {
    try {
      return pem() + pem("CERTIFICATE", authority.getEncoded());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public String keyPem() {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), what);
  }
}
