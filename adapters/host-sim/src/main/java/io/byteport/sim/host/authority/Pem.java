package io.byteport.sim.host.authority;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as they stand in files. Pure. */
public final class Pem {
  private static final Pattern CERTIFICATE =
      Pattern.compile(
          "-----BEGIN CERTIFICATE-----\n.*?-----END CERTIFICATE-----\n", Pattern.DOTALL);
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);

  private Pem() {}

  /** The blocks of a text that are certificates, as they are. */
  public static String blocks(String text) {
    StringBuilder blocks = new StringBuilder();
    CERTIFICATE.matcher(text).results().forEach(block -> blocks.append(block.group()));
    return blocks.toString();
  }

  /** The certificates in a text, in their order; none where they cannot be read. */
  public static List<X509Certificate> certificates(String text) {
    try {
      List<X509Certificate> found = new ArrayList<>();
      CertificateFactory.getInstance("X.509")
          .generateCertificates(
              new ByteArrayInputStream(blocks(text).getBytes(StandardCharsets.US_ASCII)))
          .forEach(each -> found.add((X509Certificate) each));
      return found;
    } catch (CertificateException none) {
      return List.of();
    }
  }

  /** The key in a text; empty where there is none that can be read. */
  public static Optional<PrivateKey> key(String text) {
    Matcher block = KEY.matcher(text);
    if (!block.find()) {
      return Optional.empty();
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(block.group(1));
      return Optional.of(
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)));
    } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** A public key of its X.509 encoding in Base64; empty where it is none of an elliptic curve. */
  public static Optional<PublicKey> publicKey(String base64) {
    try {
      byte[] der = Base64.getMimeDecoder().decode(base64);
      return Optional.of(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der)));
    } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** Whether a key is the private half of another: whether that verifies what it signs. */
  public static boolean belongs(PrivateKey key, PublicKey half) {
    try {
      Signature signature = Signature.getInstance(Authority.SIGNATURE);
      signature.initSign(key);
      signature.update(half.getEncoded());
      byte[] signed = signature.sign();
      signature.initVerify(half);
      signature.update(half.getEncoded());
      return signature.verify(signed);
    } catch (GeneralSecurityException other) {
      return false;
    }
  }
}
