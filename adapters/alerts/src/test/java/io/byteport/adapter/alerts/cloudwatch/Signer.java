package io.byteport.adapter.alerts.cloudwatch;

import io.byteport.adapter.cloud.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Signs messages as SNS does, with a key of its own. */
final class Signer {
  private static final String PASSWORD = "changeit";

  private final PrivateKey key;
  private final X509Certificate certificate;

  private Signer(PrivateKey key, X509Certificate certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /**
   * @param name that the certificate is made out to
   * @param from {@code YYYY/MM/DD}; it holds for 4,000 days
   */
  static Signer of(Path folder, String name, String from) throws Exception {
    Path store = folder.resolve(name + from.replace('/', '-') + ".p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-keyalg",
                    "RSA",
                    "-keysize",
                    "2048",
                    "-alias",
                    "sns",
                    "-dname",
                    "CN=" + name,
                    "-startdate",
                    from + " 00:00:00",
                    "-validity",
                    "4000",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException("keytool: " + said);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream content = Files.newInputStream(store)) {
      keys.load(content, PASSWORD.toCharArray());
    }
    return new Signer(
        (PrivateKey) keys.getKey("sns", PASSWORD.toCharArray()),
        (X509Certificate) keys.getCertificate("sns"));
  }

  String pem() throws GeneralSecurityException {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  /** A message, signed; the lines to sign are those of its documentation. */
  String signed(Map<String, String> fields) throws GeneralSecurityException {
    Map<String, String> message = new LinkedHashMap<>(fields);
    List<String> names =
        message.get("Type").equals("Notification")
            ? List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
            : List.of(
                "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
    StringBuilder lines = new StringBuilder();
    for (String name : names) {
      if (message.containsKey(name)) {
        lines.append(name).append("\n").append(message.get(name)).append("\n");
      }
    }
    boolean first = message.get("SignatureVersion").equals("1");
    Signature signature = Signature.getInstance(first ? "SHA1withRSA" : "SHA256withRSA");
    signature.initSign(key);
    signature.update(lines.toString().getBytes(StandardCharsets.UTF_8));
    message.put("Signature", Base64.getEncoder().encodeToString(signature.sign()));
    return Json.write(message);
  }
}
