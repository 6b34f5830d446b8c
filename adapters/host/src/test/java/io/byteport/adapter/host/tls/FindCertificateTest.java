package io.byteport.adapter.host.tls;

import static io.byteport.adapter.host.Station.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.byteport.adapter.host.HostAdapter;
import io.byteport.adapter.host.Station;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.Inventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindCertificateTest {
  private static final Instant SOON = Instant.parse("2026-11-25T00:00:00Z");
  private static final Instant LATER = Instant.parse("2027-02-19T00:00:00Z");

  @TempDir Path folder;
  private HostAdapter adapter;
  private Station station;

  @BeforeEach
  void open() {
    adapter =
        new HostAdapter(
            new Inventory(List.of(Inventory.Entry.of("host", "web", Map.of("local", "true")))));
    station = new Station(adapter, Instant.parse("2026-11-21T12:00:00Z"));
  }

  @AfterEach
  void close() {
    adapter.close();
  }

  @Test
  void the_one_that_expires_last_is_found_with_its_key_and_its_manager() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/openssl")), "openssl is not installed");
    Issued old = Issued.until(SOON, 1, "api.example.com");
    Issued current = Issued.until(LATER, 0xB2, "api.example.com", "www.example.com");
    write("ssl/old.crt", old.pem());
    write("le/archive/api/cert2.pem", current.pem());
    write("le/archive/api/fullchain2.pem", current.chainPem());
    write("le/archive/api/privkey2.pem", current.keyPem());
    link("le/live/api/cert.pem", "le/archive/api/cert2.pem");
    link("le/live/api/fullchain.pem", "le/archive/api/fullchain2.pem");
    link("le/live/api/privkey.pem", "le/archive/api/privkey2.pem");
    write("le/renewal/api.conf", "version = 2.1.0\n");

    StructValue found = find("api.example.com", "le/live", "ssl", "missing");

    assertThat(found.get("cert")).isEqualTo(path("le/live/api/fullchain.pem"));
    assertThat(found.get("key")).isEqualTo(path("le/live/api/privkey.pem"));
    assertThat(found.get("paths"))
        .isEqualTo(
            Value.of(
                List.of(
                    path("le/live/api/fullchain.pem"),
                    path("le/live/api/privkey.pem"),
                    path("le/live/api/cert.pem"))));
    assertThat(found.get("notAfter")).isEqualTo(Value.of(LATER));
    assertThat(found.get("serial")).isEqualTo(Value.of("B2"));
    assertThat(found.get("manager")).isEqualTo(Value.of("certbot"));
    assertThat(found.get("lineage")).isEqualTo(Value.of("api"));
  }

  @Test
  void a_copy_that_a_server_was_given_belongs_to_it_wherever_it_lies() throws Exception {
    Issued issued = Issued.until(LATER, 1, "api.example.com");
    write("le/archive/api/fullchain2.pem", issued.chainPem());
    link("le/live/api/fullchain.pem", "le/archive/api/fullchain2.pem");
    write("haproxy/api.pem", issued.chainPem() + issued.keyPem());
    write("haproxy/other.pem", Issued.until(SOON, 2, "api.example.com").chainPem());

    assertThat(find("api.example.com", "le", "haproxy").get("paths"))
        .isEqualTo(Value.of(List.of(path("le/live/api/fullchain.pem"), path("haproxy/api.pem"))));
  }

  @Test
  void acme_sh_is_known_by_its_configuration() throws Exception {
    Issued issued = Issued.until(LATER, 1, "example.com", "*.example.com");
    write("acme/example.com_ecc/fullchain.cer", issued.chainPem());
    write("acme/example.com_ecc/example.com.conf", "Le_Domain='example.com'\nLe_Alt='no'\n");

    StructValue found = find("www.example.com", "acme");
    assertThat(found.get("manager")).isEqualTo(Value.of("acme.sh"));
    assertThat(found.get("lineage")).isEqualTo(Value.of("example.com"));
    assertThat(found.get("key")).isEqualTo(Value.NULL);
  }

  @Test
  void a_key_that_belongs_to_another_certificate_is_not_its_key() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/openssl")), "openssl is not installed");
    Issued issued = Issued.until(LATER, 1, "api.example.com");
    write("ssl/certs/api.crt", issued.pem());
    write("ssl/certs/other.key", Issued.until(LATER, 2, "x.example.com").keyPem());
    assertThat(find("api.example.com", "ssl").get("key")).isEqualTo(Value.NULL);

    write("ssl/private/api.key", issued.keyPem());
    assertThat(find("api.example.com", "ssl").get("key")).isEqualTo(path("ssl/private/api.key"));
  }

  @Test
  void a_wildcard_covers_one_label_and_is_found_as_itself() throws Exception {
    write("ssl/a.pem", Issued.until(LATER, 1, "*.example.com").pem());
    assertThat(find("api.example.com", "ssl")).isNotNull();
    assertThat(find("*.example.com", "ssl")).isNotNull();
    assertThat(find("a.b.example.com", "ssl")).isNull();
    assertThat(find("example.com", "ssl")).isNull();
  }

  @Test
  void files_that_are_something_else_are_passed_over() throws Exception {
    write(
        "ssl/noise.pem",
        "-----BEGIN CERTIFICATE-----\nnot base64 \u001b[2J\n-----END CERTIFICATE-----\n");
    write("ssl/key.pem", Issued.until(LATER, 1, "api.example.com").keyPem());
    write("ssl/it's \"odd\" $(touch x);`.crt", Issued.until(LATER, 9, "api.example.com").pem());
    assertThat(find("api.example.com", "ssl").get("serial")).isEqualTo(Value.of("09"));
    assertThat(Files.exists(folder.resolve("x"))).isFalse();
  }

  @Test
  void nothing_found_is_null_and_roots_begin_at_the_root() throws Exception {
    assertThat(find("api.example.com", "ssl")).isNull();
    for (String root : List.of("relative", "-delete", folder + "/../etc")) {
      assertThatThrownBy(
              () ->
                  station.read(
                      "host.findCertificate",
                      with("host", "web", "domain", "a.example.com", "roots", List.of(root))))
          .as(root)
          .isInstanceOf(ActionException.class);
    }
  }

  private StructValue find(String domain, String... roots) throws Exception {
    List<String> all =
        java.util.Arrays.stream(roots).map(root -> folder.resolve(root).toString()).toList();
    return station.read(
        "host.findCertificate", with("host", "web", "domain", domain, "roots", all));
  }

  private Value path(String path) {
    return Value.of(folder.resolve(path).toString());
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void link(String path, String target) throws IOException {
    Path link = folder.resolve(path);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, folder.resolve(target));
  }
}
