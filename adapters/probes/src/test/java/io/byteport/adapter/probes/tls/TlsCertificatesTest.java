package io.byteport.adapter.probes.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.adapter.probes.tls.Authority.Identity;
import io.byteport.adapter.probes.tls.Authority.Wish;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsCertificatesTest {
  private static final Authority CA = Authority.root("CN=Root,O=ZeroSSL");
  private static final ActionContext CONTEXT =
      new ActionContext(() -> Authority.NOW, Duration.ofSeconds(60), "test");

  @TempDir private Path folder;

  @Test
  void one_endpoint_that_is_down_does_not_hide_the_others() throws Exception {
    Map<String, Identity> identities =
        Map.of("www.example.com", CA.issue(Wish.of("www.example.com", "localhost")));
    Files.writeString(folder.resolve("ca.pem"), TlsProbeTest.pem(CA));
    try (TlsServer server = new TlsServer(identities, false)) {
      Inventory inventory =
          new Inventory(
              List.of(
                  Inventory.Entry.of(
                      "endpoint",
                      "shop",
                      Map.of(
                          "address",
                          "127.0.0.1:" + server.port(),
                          "domain",
                          "www.example.com",
                          "host",
                          "web-1",
                          "caFile",
                          folder.resolve("ca.pem").toString())),
                  Inventory.Entry.of(
                      "endpoint", "gone", Map.of("address", "127.0.0.1:" + closedPort()))));
      TlsCertificates.Output output = on(inventory).read(new TlsCertificates.Input(null), CONTEXT);

      assertThat(output.items())
          .containsExactly(
              new TlsCertificates.Item(
                  "www.example.com",
                  "shop",
                  "web-1",
                  "127.0.0.1",
                  server.port(),
                  Authority.NOW.plus(Duration.ofDays(60)),
                  "ZeroSSL",
                  true,
                  false,
                  false));
      assertThat(output.unseen()).hasSize(1);
      assertThat(output.unseen().getFirst().endpoint()).isEqualTo("gone");
      assertThat(output.unseen().getFirst().reason()).contains("cannot be reached");
      assertThat(server.asked()).isEqualTo("www.example.com");
    }
  }

  @Test
  void a_chain_that_leads_to_no_known_root_is_seen_and_said() throws Exception {
    try (TlsServer server = TlsServer.showing(CA.issue(Wish.of("localhost")))) {
      Inventory inventory =
          new Inventory(
              List.of(
                  Inventory.Entry.of(
                      "endpoint", "shop", Map.of("address", "localhost:" + server.port()))));
      assertThat(on(inventory).read(new TlsCertificates.Input(null), CONTEXT).items())
          .extracting(TlsCertificates.Item::chainValid)
          .containsExactly(false);
    }
  }

  @Test
  void where_none_can_be_seen_the_read_fails() throws Exception {
    Inventory inventory =
        new Inventory(
            List.of(
                Inventory.Entry.of(
                    "endpoint", "gone", Map.of("address", "127.0.0.1:" + closedPort()))));
    assertThatThrownBy(() -> on(inventory).read(new TlsCertificates.Input(null), CONTEXT))
        .isInstanceOf(ActionException.class)
        .extracting(e -> ((ActionException) e).kind())
        .isEqualTo(FailureKind.UNREACHABLE);
  }

  @Test
  void an_endpoint_that_the_inventory_does_not_have_is_not_looked_for() {
    assertThatThrownBy(
            () ->
                on(Inventory.EMPTY)
                    .read(new TlsCertificates.Input(new TlsEndpoint("evil.example.com")), CONTEXT))
        .hasMessageContaining("the inventory has no endpoint");
  }

  @Test
  void an_address_is_a_host_with_or_without_a_port() {
    assertThat(address("api.example.com"))
        .isEqualTo(new ServedAddress("x", "api.example.com", "api.example.com", 443, null, null));
    assertThat(address("[2001:db8::1]:8443"))
        .isEqualTo(new ServedAddress("x", "2001:db8::1", "2001:db8::1", 8443, null, null));
    assertThat(address("2001:db8::1").port()).isEqualTo(443);
    assertThat(address("api:99999").port()).isEqualTo(99999);
    assertThatThrownBy(
            () ->
                on(new Inventory(
                        List.of(Inventory.Entry.of("endpoint", "x", Map.of("address", "api:0")))))
                    .read(new TlsCertificates.Input(null), CONTEXT))
        .hasMessageContaining("a port is from 1 to 65535");
  }

  @Test
  void a_wildcard_is_asked_for_by_the_name_that_serves_it() {
    ServedAddress address =
        ServedAddress.of(
            Inventory.Entry.of(
                "endpoint", "x", Map.of("address", "www.example.com", "domain", "*.example.com")));
    assertThat(address.serverName()).isEqualTo("www.example.com");
    assertThat(address.domain()).isEqualTo("*.example.com");
  }

  private static TlsCertificates on(Inventory inventory) {
    return new TlsCertificates(inventory, TrustRoots.system());
  }

  private static ServedAddress address(String address) {
    return ServedAddress.of(Inventory.Entry.of("endpoint", "x", Map.of("address", address)));
  }

  private static int closedPort() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return server.getLocalPort();
    }
  }
}
