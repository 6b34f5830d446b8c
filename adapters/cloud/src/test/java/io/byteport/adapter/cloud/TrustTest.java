package io.byteport.adapter.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;
  private HttpsServer server;
  private String url;
  private Path authorities;

  @BeforeEach
  void start() throws Exception {
    Path keys = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "self",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-ext",
                "bc=ca:true",
                "-validity",
                "3650",
                "-keystore",
                keys.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream content = Files.newInputStream(keys)) {
      store.load(content, PASSWORD);
    }
    authorities =
        Files.writeString(
            folder.resolve("ca.pem"),
            "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(store.getCertificate("self").getEncoded())
                + "\n-----END CERTIFICATE-----\n");
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    url = "https://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Rig rig(Map<String, String> more) {
    return Rig.of(Rig.entry("http", "hooks", more, Map.of("token", Rig.TOKEN)));
  }

  @Test
  void a_certificate_of_an_authority_in_the_connection_s_file_is_trusted() throws Exception {
    try (Rig rig = rig(Map.of("address", url, "caFile", authorities.toString()))) {
      assertThat(
              rig.change("http.post", "url", url, "connection", "hooks")
                  .prepared()
                  .made()
                  .get("status"))
          .isEqualTo(Value.of(204.0));
    }
  }

  @Test
  void without_it_nothing_is_sent() throws Exception {
    try (Rig rig = rig(Map.of("address", url))) {
      Rig.Change post = rig.change("http.post", "url", url, "connection", "hooks").prepared();
      ActionException failure = catchThrowableOfType(ActionException.class, post::made);
      assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
      assertThat(failure.effect()).isEqualTo(Effect.NONE);
    }
  }

  @Test
  void a_file_without_certificates_is_refused_before_anything_is_sent() {
    try (Rig rig = rig(Map.of("address", url, "caFile", folder.resolve("none").toString()))) {
      ActionException failure =
          catchThrowableOfType(
              ActionException.class,
              () -> rig.change("http.post", "url", url, "connection", "hooks").prepared());
      assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
      assertThat(failure.reason()).contains("none");
    }
  }
}
