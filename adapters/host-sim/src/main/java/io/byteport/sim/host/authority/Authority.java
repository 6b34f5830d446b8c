package io.byteport.sim.host.authority;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A root and an intermediate that issues certificates for servers. Keys are made for each authority
 * and kept nowhere. Safe for several threads.
 */
public final class Authority {
  /** What stands as O= in all names. */
  public static final String ORGANIZATION = "Simulated Authority";

  static final String SIGNATURE = "SHA256withECDSA";
  private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
  private static final Duration LONG = Duration.ofDays(3650);
  private static final int DNS_NAME = 0x82;

  private final SecureRandom random = new SecureRandom();
  private final X509Certificate root;
  private final Issued intermediate;

  /**
   * @param now both are valid for years before and after
   */
  public Authority(Instant now) {
    byte[] validity = Der.sequence(Der.time(now.minus(LONG)), Der.time(now.plus(LONG)));
    byte[] name = name("Simulated Root");
    KeyPair keys = keys();
    KeyPair own = keys();
    PrivateKey signer = keys.getPrivate();
    root = sign(name, signer, name, keys, validity, ofAuthority());
    intermediate =
        new Issued(
            sign(name, signer, name("Simulated Intermediate"), own, validity, ofAuthority()),
            own.getPrivate());
  }

  /** Where every chain of it ends. */
  public X509Certificate root() {
    return root;
  }

  /** What a server shows beside its own certificate. */
  public Issued intermediate() {
    return intermediate;
  }

  /**
   * Issues a certificate with a new key.
   *
   * @param domains that it is for; at least one
   */
  public Issued issue(List<String> domains, Instant from, Instant until) {
    KeyPair keys = keys();
    byte[] issuer = intermediate.certificate().getSubjectX500Principal().getEncoded();
    return new Issued(
        sign(
            issuer,
            intermediate.key(),
            commonName(domains.getFirst()),
            keys,
            Der.sequence(Der.time(from), Der.time(until)),
            ofServer(domains)),
        keys.getPrivate());
  }

  /** RFC 5280, section 4.1. */
  private X509Certificate sign(
      byte[] issuer,
      PrivateKey signer,
      byte[] subject,
      KeyPair keys,
      byte[] validity,
      byte[] extensions) {
    byte[] algorithm = Der.sequence(Der.object(ECDSA_WITH_SHA256));
    byte[] content =
        Der.sequence(
            Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(96, random).setBit(95)),
            algorithm,
            issuer,
            validity,
            subject,
            keys.getPublic().getEncoded(),
            Der.tagged(0xa3, extensions));
    try {
      Signature signature = Signature.getInstance(SIGNATURE);
      signature.initSign(signer);
      signature.update(content);
      byte[] whole = Der.sequence(content, algorithm, Der.bits(0, signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] name(String common) {
    return Der.sequence(
        Der.set(Der.sequence(Der.object("2.5.4.10"), Der.text(ORGANIZATION))),
        Der.set(Der.sequence(Der.object("2.5.4.3"), Der.text(common))));
  }

  private static byte[] commonName(String domain) {
    return Der.sequence(Der.set(Der.sequence(Der.object("2.5.4.3"), Der.text(domain))));
  }

  private static byte[] ofAuthority() {
    byte[] signsCertificatesAndLists = {0x06};
    return Der.sequence(
        extension("2.5.29.19", Der.sequence(Der.yes())),
        extension("2.5.29.15", Der.bits(1, signsCertificatesAndLists)));
  }

  private static byte[] ofServer(List<String> domains) {
    byte[] signs = {(byte) 0x80};
    byte[][] names =
        domains.stream()
            .map(domain -> Der.tagged(DNS_NAME, domain.getBytes(StandardCharsets.US_ASCII)))
            .toArray(byte[][]::new);
    return Der.sequence(
        extension("2.5.29.15", Der.bits(7, signs)),
        Der.sequence(
            Der.object("2.5.29.37"), Der.octets(Der.sequence(Der.object("1.3.6.1.5.5.7.3.1")))),
        Der.sequence(Der.object("2.5.29.17"), Der.octets(Der.sequence(names))));
  }

  /** A critical one. */
  private static byte[] extension(String id, byte[] value) {
    return Der.sequence(Der.object(id), Der.yes(), Der.octets(value));
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
