package io.byteport.sim.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.sim.host.program.Reply;
import io.byteport.sim.host.scenario.Scenario;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateProgramsTest {
  private static final String FOLDER = "/etc/letsencrypt/live/shop/";

  private final Scenario scenario = Scenario.parse(machine("4d"), "test");
  private final SimulatedHost host =
      new SimulatedHost(scenario, new VirtualClock(scenario.startAt()));

  private static String machine(String left) {
    return """
    name: web-1
    startAt: 2049-12-01T00:00:00Z
    mounts:
      - { path: / }
    processes:
      - { name: nginx }
    certificates:
      - { name: shop, domains: [shop.example.com, www.example.com], age: 86d, left: %s }
    """
        .formatted(left);
  }

  private X509Certificate shown() {
    return host.served().orElseThrow().chain().getFirst();
  }

  private static Reply run(SimulatedHost host, String stdin, String... argv) {
    return host.run(List.of(argv), () -> stdin.getBytes(StandardCharsets.US_ASCII));
  }

  private static String text(Reply reply) {
    return new String(reply.stdout(), StandardCharsets.UTF_8);
  }

  @Test
  void what_certbot_renews_is_served_once_nginx_has_read_it() {
    X509Certificate before = shown();
    assertThat(run(host, "", "certbot", "renew", "--cert-name", "shop").status()).isZero();
    assertThat(shown()).isEqualTo(before);
    assertThat(run(host, "", "nginx", "-s", "reload").status()).isZero();
    assertThat(shown().getSerialNumber()).isNotEqualTo(before.getSerialNumber());
    assertThat(shown().getNotAfter().toInstant()).isEqualTo(Instant.parse("2050-03-01T00:00:00Z"));
    assertThat(host.text("/etc/letsencrypt/archive/shop/cert1.pem")).contains("BEGIN CERTIFICATE");
  }

  @Test
  void each_certificate_of_a_chain_is_signed_by_the_next_and_the_last_by_the_root()
      throws Exception {
    List<X509Certificate> chain = host.served().orElseThrow().chain();
    assertThat(chain).hasSize(2);
    chain.get(0).verify(chain.get(1).getPublicKey());
    chain.get(1).verify(host.root().orElseThrow().getPublicKey());
    assertThat(chain.get(0).getSubjectAlternativeNames())
        .containsExactly(List.of(2, "shop.example.com"), List.of(2, "www.example.com"));
    assertThat(chain.get(0).getBasicConstraints()).isEqualTo(-1);
    assertThat(chain.get(1).getKeyUsage()[5]).isTrue();
  }

  @Test
  void what_is_not_due_is_renewed_by_force_only() {
    Scenario early = Scenario.parse(machine("60d"), "test");
    SimulatedHost fresh = new SimulatedHost(early, new VirtualClock(early.startAt()));
    assertThat(text(run(fresh, "", "certbot", "renew", "--cert-name", "shop")))
        .contains("not yet due");
    assertThat(fresh.changes()).isEmpty();
    assertThat(
            run(fresh, "", "certbot", "renew", "--cert-name", "shop", "--force-renewal").status())
        .isZero();
    assertThat(fresh.changes()).isNotEmpty();
    assertThat(run(fresh, "", "certbot", "renew", "--cert-name", "other").status()).isEqualTo(1);
  }

  @Test
  void where_the_authority_refuses_certbot_says_so_and_nothing_is_renewed() {
    Scenario refused =
        Scenario.parse(
            machine("4d, refused: Challenge failed for domain shop.example.com"), "test");
    SimulatedHost fresh = new SimulatedHost(refused, new VirtualClock(refused.startAt()));
    for (List<String> more : List.of(List.of("--dry-run"), List.of("--force-renewal"))) {
      List<String> words = new ArrayList<>(List.of("certbot", "renew", "--cert-name", "shop"));
      words.addAll(more);
      Reply reply = run(fresh, "", words.toArray(String[]::new));
      assertThat(reply.status()).isEqualTo(1);
      assertThat(new String(reply.stderr(), StandardCharsets.UTF_8)).contains("Challenge failed");
    }
    assertThat(fresh.changes()).isEmpty();
  }

  @Test
  void the_scripts_find_the_certificates_and_the_key_of_one() {
    assertThat(text(run(host, "", "/bin/sh", "-c", "", "byteport-certificates", "/etc", "/none")))
        .contains(FOLDER + "fullchain.pem\0-----BEGIN CERTIFICATE-----")
        .doesNotContain("privkey");
    String half = Base64.getEncoder().encodeToString(shown().getPublicKey().getEncoded());
    assertThat(text(run(host, half, "/bin/sh", "-c", "", "byteport-key", FOLDER)))
        .isEqualTo(FOLDER + "privkey.pem");
    String other =
        Base64.getEncoder().encodeToString(host.root().orElseThrow().getPublicKey().getEncoded());
    assertThat(text(run(host, other, "/bin/sh", "-c", "", "byteport-key", FOLDER))).isEmpty();
  }

  @Test
  void a_machine_without_certificates_has_neither_program_nor_root() {
    Scenario plain = Scenario.parse("{name: plain, mounts: [{path: /}]}", "test");
    SimulatedHost bare = new SimulatedHost(plain, new VirtualClock(plain.startAt()));
    assertThat(run(bare, "", "certbot", "renew", "--cert-name", "shop").status()).isEqualTo(127);
    assertThat(bare.served()).isEmpty();
    assertThat(bare.root()).isEmpty();
  }
}
