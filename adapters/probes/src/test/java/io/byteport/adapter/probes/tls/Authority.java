package io.byteport.adapter.probes.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for tests, with everything that it issues valid around one instant. */
@SuppressWarnings("JavaUtilDate") // the builders take nothing else
final class Authority {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final AtomicLong SERIAL = new AtomicLong(0x1000);

  private final KeyPair keys;
  private final X509Certificate certificate;
  private final List<X509Certificate> above;

  private Authority(KeyPair keys, X509Certificate certificate, List<X509Certificate> above) {
    this.keys = keys;
    this.certificate = certificate;
    this.above = above;
  }

  /** A key with its certificate first and the intermediates after it. */
  record Identity(PrivateKey key, List<X509Certificate> chain) {
    Identity alone() {
      return new Identity(key, List.of(chain.getFirst()));
    }
  }

  /** What is wanted of a certificate. */
  record Wish(
      X500Name subject,
      List<GeneralName> names,
      Instant from,
      Instant until,
      boolean mustStaple,
      String responder) {

    static Wish of(String... names) {
      List<GeneralName> all = new ArrayList<>();
      for (String name : names) {
        all.add(
            new GeneralName(
                name.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName, name));
      }
      return new Wish(
          new X500Name("CN=test"),
          all,
          NOW.minus(Duration.ofDays(30)),
          NOW.plus(Duration.ofDays(60)),
          false,
          "");
    }

    Wish valid(Instant start, Instant end) {
      return new Wish(subject, names, start, end, mustStaple, responder);
    }

    Wish named(X500Name other) {
      return new Wish(other, names, from, until, mustStaple, responder);
    }

    Wish stapled(String address, boolean must) {
      return new Wish(subject, names, from, until, must, address);
    }
  }

  static Authority root(String name) {
    KeyPair keys = keys();
    X500Name self = new X500Name(name);
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            self,
            serial(),
            Date.from(NOW.minus(Duration.ofDays(3000))),
            Date.from(NOW.plus(Duration.ofDays(3000))),
            self,
            keys.getPublic());
    return new Authority(keys, sign(builder, keys.getPrivate(), true), List.of());
  }

  Authority intermediate(String name) {
    KeyPair own = keys();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            certificate,
            serial(),
            Date.from(NOW.minus(Duration.ofDays(1000))),
            Date.from(NOW.plus(Duration.ofDays(1000))),
            new X500Name(name),
            own.getPublic());
    X509Certificate signed = sign(builder, keys.getPrivate(), true);
    List<X509Certificate> chain = new ArrayList<>(List.of(signed));
    chain.addAll(above);
    return new Authority(own, signed, chain);
  }

  TrustRoots asRoots() {
    return new TrustRoots(Set.of(certificate));
  }

  X509Certificate certificate() {
    return certificate;
  }

  PrivateKey key() {
    return keys.getPrivate();
  }

  Identity issue(Wish wish) {
    KeyPair own = keys();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            certificate,
            serial(),
            Date.from(wish.from()),
            Date.from(wish.until()),
            wish.subject(),
            own.getPublic());
    List<X509Certificate> chain =
        new ArrayList<>(List.of(sign(with(builder, wish), keys.getPrivate(), false)));
    chain.addAll(above);
    return new Identity(own.getPrivate(), chain);
  }

  static Identity selfSigned(Wish wish) {
    KeyPair own = keys();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            wish.subject(),
            serial(),
            Date.from(wish.from()),
            Date.from(wish.until()),
            wish.subject(),
            own.getPublic());
    return new Identity(
        own.getPrivate(), List.of(sign(with(builder, wish), own.getPrivate(), false)));
  }

  private static X509v3CertificateBuilder with(X509v3CertificateBuilder builder, Wish wish) {
    try {
      if (!wish.names().isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(wish.names().toArray(new GeneralName[0])));
      }
      if (wish.mustStaple()) {
        ASN1EncodableVector features = new ASN1EncodableVector();
        features.add(new ASN1Integer(5));
        builder.addExtension(
            new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24"), false, new DERSequence(features));
      }
      if (!wish.responder().isEmpty()) {
        builder.addExtension(
            Extension.authorityInfoAccess,
            false,
            new AuthorityInformationAccess(
                AccessDescription.id_ad_ocsp,
                new GeneralName(GeneralName.uniformResourceIdentifier, wish.responder())));
      }
      return builder;
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate sign(
      X509v3CertificateBuilder builder, PrivateKey signing, boolean authority) {
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(signing);
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static BigInteger serial() {
    return BigInteger.valueOf(SERIAL.incrementAndGet());
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
