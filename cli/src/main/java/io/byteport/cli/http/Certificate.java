package io.byteport.cli.http;

import io.byteport.dsl.agent.AgentConfiguration.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server shows of itself, from two files in PEM (RFC 7468).
 *
 * @param chain its own certificate first
 */
record Certificate(PrivateKey key, List<X509Certificate> chain) {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);
  private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA");

  Certificate {
    chain = List.copyOf(chain);
  }

  /**
   * @throws IOException if a file cannot be read, is not what it should be, or the two do not
   *     belong together; the message says which and what to do
   */
  static Certificate read(Tls files) throws IOException {
    List<X509Certificate> chain = chain(files.certificate());
    PrivateKey key = key(files.key());
    if (!belong(key, chain.getFirst())) {
      throw new IOException(
          "the key in "
              + files.key()
              + " is not that of the certificate in "
              + files.certificate());
    }
    return new Certificate(key, chain);
  }

  private static List<X509Certificate> chain(String file) throws IOException {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (chain.isEmpty()) {
        throw new IOException("there is no certificate in " + file);
      }
      return chain;
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " is not a certificate in PEM: " + e.getMessage(), e);
    }
  }

  private static PrivateKey key(String file) throws IOException {
    Matcher pem = KEY.matcher(Files.readString(Path.of(file), StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new IOException(
          "there is no `BEGIN PRIVATE KEY` in "
              + file
              + "; `openssl pkcs8 -topk8 -nocrypt -in KEY` makes one of other kinds of keys");
    }
    PKCS8EncodedKeySpec spec;
    try {
      spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
    } catch (IllegalArgumentException e) {
      throw new IOException("the key in " + file + " is not in base64", e);
    }
    return KINDS.stream()
        .flatMap(kind -> key(kind, spec).stream())
        .findFirst()
        .orElseThrow(
            () -> new IOException("the key in " + file + " is of none of the kinds " + KINDS));
  }

  private static Optional<PrivateKey> key(String kind, PKCS8EncodedKeySpec spec) {
    try {
      return Optional.of(KeyFactory.getInstance(kind).generatePrivate(spec));
    } catch (GeneralSecurityException otherKind) {
      return Optional.empty();
    }
  }

  private static boolean belong(PrivateKey key, X509Certificate certificate) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    byte[] sample = {1, 2, 3};
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(sample);
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(certificate);
      verifying.update(sample);
      return verifying.verify(signing.sign());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
