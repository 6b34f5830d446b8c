package io.byteport.adapter.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.adapter.sql.Programs;
import io.byteport.adapter.sql.Rig;
import io.byteport.adapter.sql.read.QueryRows;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory.Entry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A PostgreSQL with a certificate for localhost. */
class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private static Path folder;
  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws Exception {
    folder = Files.createTempDirectory("byteport-tls");
    certificate("server", "localhost");
    certificate("other", "localhost");
    server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", folder.resolve("server.pem").toString())
            .setServerConfig("ssl_key_file", folder.resolve("server.key").toString())
            .start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
    Programs.delete(folder);
  }

  /** A certificate that vouches for itself, with its key. */
  private static void certificate(String name, String host) throws Exception {
    Path store = folder.resolve(name + ".p12");
    Programs.run(
        folder.resolve("log"),
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "it",
            "-keyalg",
            "EC",
            "-dname",
            "CN=" + host,
            "-ext",
            "san=dns:" + host,
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            "changeit"));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(store)) {
      keys.load(file, PASSWORD);
    }
    Key key = keys.getKey("it", PASSWORD);
    pem(name + ".pem", "CERTIFICATE", keys.getCertificate("it").getEncoded());
    pem(name + ".key", "PRIVATE KEY", key.getEncoded());
    Files.setPosixFilePermissions(
        folder.resolve(name + ".key"), PosixFilePermissions.fromString("rw-------"));
  }

  private static void pem(String file, String what, byte[] der) throws Exception {
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN "
            + what
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END "
            + what
            + "-----\n");
  }

  private static Entry entry(String host, Map<String, String> tls) {
    Map<String, String> settings = new LinkedHashMap<>(tls);
    settings.put("address", host + ":" + server.getPort() + "/postgres");
    settings.put("username", "postgres");
    return Rig.entry("postgres", "appdb", settings, "");
  }

  private static String protection(Entry entry) throws Exception {
    try (Rig rig = new Rig(entry)) {
      QueryRows.Output output =
          rig.read(
              "sql.query",
              Map.of(
                  "database", Value.of("appdb"),
                  "sql",
                      Value.of(
                          "SELECT coalesce((SELECT version FROM pg_stat_ssl"
                              + " WHERE pid = pg_backend_pid() AND ssl), 'none') AS s"),
                  "columns", Value.of(Map.of("s", Value.of("string")))));
      return Rig.text(output.rows().getFirst().get("s"));
    }
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void a_mode_asks_for_as_much_protection_as_it_says() throws Exception {
    assertThat(protection(entry("localhost", Map.of("tls", "disable")))).isEqualTo("none");
    assertThat(protection(entry("localhost", Map.of()))).startsWith("TLSv1");
    assertThat(protection(entry("localhost", Map.of("tls", "require")))).startsWith("TLSv1");
    assertThat(
            protection(
                entry("localhost", Map.of("tls", "verify-full", "caFile", file("server.pem")))))
        .startsWith("TLSv1");
    assertThat(protection(entry("localhost", Map.of("caFile", file("server.pem")))))
        .startsWith("TLSv1");
    assertThat(
            protection(
                entry("127.0.0.1", Map.of("tls", "verify-ca", "caFile", file("server.pem")))))
        .startsWith("TLSv1");
  }

  @Test
  void a_certificate_that_nobody_vouches_for_or_of_another_host_is_refused() {
    assertRefused(entry("localhost", Map.of("tls", "verify-full", "caFile", file("other.pem"))));
    assertRefused(entry("localhost", Map.of("tls", "verify-ca", "caFile", file("other.pem"))));
    assertRefused(entry("localhost", Map.of("tls", "verify-full")));
    assertRefused(entry("127.0.0.1", Map.of("tls", "verify-full", "caFile", file("server.pem"))));
    assertRefused(entry("127.0.0.1", Map.of("caFile", file("server.pem"))));
  }

  private static void assertRefused(Entry entry) {
    assertThatThrownBy(() -> protection(entry))
        .isInstanceOfSatisfying(
            ActionException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.UNREACHABLE);
              assertThat(e.effect()).isEqualTo(ActionException.Effect.NONE);
            });
  }
}
