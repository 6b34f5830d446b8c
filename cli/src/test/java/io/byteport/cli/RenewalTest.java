package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.byteport.cli.RenewalLab.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The runbooks of certificates, live, with certbot, pebble and web servers as they are installed,
 * while clients ask for pages without pause.
 */
@Tag("real")
class RenewalTest {
  private static final String RUNBOOK = "tls_cert_expiry_auto_renewal";
  private static final String OURS = "--param=ownedZones=example.com";
  private static final String PEBBLE = "--param=acmeIssuers=^Pebble Intermediate CA";
  private static final String DOMAIN = "--domain=" + RenewalLab.DOMAIN;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Server.class)
  void a_certificate_near_its_end_is_renewed_and_nobody_is_turned_away(Server server)
      throws Exception {
    assume(server);
    try (RenewalLab lab = new RenewalLab(folder, server, false);
        Hammer hammer = new Hammer(lab.tls())) {
      await(hammer, 0);
      String before = Hammer.serial(lab.tls());
      Program run = Program.run(lab.run(RUNBOOK, DOMAIN, OURS, PEBBLE, lab.asking()));
      assertThat(run.err()).isEmpty();
      assertThat(run.out().replaceAll("\\s+", " "))
          .contains("acme_http01", "RESOLVED", "days_remaining: 3", "days_after: 89d");
      assertThat(run.status()).isZero();
      assertThat(Hammer.serial(lab.tls())).isNotEqualTo(before);
      await(hammer, hammer.answers());
      assertNobodyTurnedAway(server, hammer);
      assertThat(lab.files().keySet())
          .anyMatch(name -> name.startsWith("backups/www.example.com-"));
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void a_renewal_with_a_chain_that_nobody_trusts_is_taken_back_and_told(Server server)
      throws Exception {
    assume(server);
    Path impatient = Variant.file(folder, RUNBOOK, Map.of("  within: 2m\n", "  within: 15s\n"));
    try (RenewalLab lab = new RenewalLab(folder, server, true);
        Hammer hammer = new Hammer(lab.tls())) {
      await(hammer, 0);
      String before = Hammer.serial(lab.tls());
      Program run = Program.run(lab.run(impatient.toString(), DOMAIN, OURS, PEBBLE, lab.asking()));
      assertThat(run.err()).isEmpty();
      assertThat(run.out().replaceAll("\\s+", " "))
          .contains("ESCALATED", "chain_valid", "restore_files");
      assertThat(run.status()).isEqualTo(1);
      awaitSerial(lab.tls(), before);
      await(hammer, hammer.answers());
      assertNobodyTurnedAway(server, hammer);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tls_cert_expiry_auto_renew, NGINX",
    "tls_cert_expiry_auto_renew, HAPROXY",
    "ssl-cert-auto-rotate, NGINX",
    "ssl-cert-auto-rotate, HAPROXY",
    "cert_expiry, NGINX",
    "cert_expiry, HAPROXY"
  })
  void the_older_generations_renew_as_well(String runbook, Server server) throws Exception {
    assume(server);
    try (RenewalLab lab = new RenewalLab(folder, server, false);
        Hammer hammer = new Hammer(lab.tls())) {
      await(hammer, 0);
      String before = Hammer.serial(lab.tls());
      Program run = Program.run(lab.run(words(lab, runbook)));
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).contains("RESOLVED");
      assertThat(run.status()).isZero();
      assertThat(Hammer.serial(lab.tls())).isNotEqualTo(before);
      await(hammer, hammer.answers());
      assertNobodyTurnedAway(server, hammer);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tls_cert_expiry_auto_renew, nor acme.sh (",
    "ssl-cert-auto-rotate, The rehearsal on staging failed",
    "cert_expiry, `renew` failed"
  })
  void where_no_challenge_is_answered_the_older_generations_leave_what_was_there(
      String runbook, String reason) throws Exception {
    assume(Server.NGINX);
    try (RenewalLab lab = new RenewalLab(folder, Server.NGINX, false)) {
      String before = Hammer.serial(lab.tls());
      Map<String, String> kept = lab.certificates();
      lab.answerNoChallenge();
      Program run = Program.run(lab.run(words(lab, runbook)));
      assertThat(run.err()).isEmpty();
      assertThat(run.out().replaceAll("\\s+", " "))
          .contains("ESCALATED", reason, "Some challenges have failed");
      assertThat(run.status()).isEqualTo(1);
      assertThat(Hammer.serial(lab.tls())).isEqualTo(before);
      assertThat(lab.certificates()).isEqualTo(kept);
    }
  }

  @Test
  void an_older_generation_takes_back_a_chain_that_nobody_trusts() throws Exception {
    assume(Server.NGINX);
    try (RenewalLab lab = new RenewalLab(folder, Server.NGINX, true);
        Hammer hammer = new Hammer(lab.tls())) {
      await(hammer, 0);
      String before = Hammer.serial(lab.tls());
      Program run = Program.run(lab.run(words(lab, "tls_cert_expiry_auto_renew")));
      assertThat(run.err()).isEmpty();
      assertThat(run.out().replaceAll("\\s+", " "))
          .contains("ESCALATED", "chain_valid", "restore_files");
      assertThat(run.status()).isEqualTo(1);
      awaitSerial(lab.tls(), before);
      await(hammer, hammer.answers());
      assertThat(hammer.failures()).isEmpty();
    }
  }

  /** What each of the older generations asks for. */
  private static String[] words(RenewalLab lab, String runbook) {
    List<String> words = new ArrayList<>(List.of(runbook, DOMAIN));
    if (!runbook.equals("ssl-cert-auto-rotate")) {
      words.add(lab.asking());
    }
    if (runbook.equals("tls_cert_expiry_auto_renew")) {
      words.addAll(List.of(OURS, PEBBLE));
    }
    return words.toArray(String[]::new);
  }

  @Test
  void what_is_a_humans_is_told_and_nothing_is_written() throws Exception {
    assume(Server.NGINX);
    try (RenewalLab lab = new RenewalLab(folder, Server.NGINX, false)) {
      Map<String, String> before = lab.files();
      String serial = Hammer.serial(lab.tls());
      escalated(lab, "our_zone", DOMAIN, PEBBLE);
      escalated(lab, "cert_pinned", DOMAIN, OURS, PEBBLE, "--param=pinnedDomains=www.example.com");
      escalated(lab, "dns_is_answered", "--domain=*.example.com", OURS, PEBBLE);
      escalated(lab, "internal_ca", DOMAIN, OURS, "--param=acmeIssuers=^nobody$");
      publiclyTrusted(
          lab, () -> escalated(lab, "commercial_ca", DOMAIN, OURS, "--param=acmeIssuers=^nobody$"));
      Files.writeString(
          lab.log(),
          "urn:ietf:params:acme:error:rateLimited :: too many certificates, retry after"
              + " 2099-01-01T00:00:00Z\n");
      escalated(lab, "2099-01-01", DOMAIN, OURS, PEBBLE);
      assertThat(lab.files()).isEqualTo(before);
      assertThat(Hammer.serial(lab.tls())).isEqualTo(serial);
    }
  }

  private interface Step {
    void run() throws Exception;
  }

  /** With the laboratory's authority as the public trust store. */
  private void publiclyTrusted(RenewalLab lab, Step step) throws Exception {
    Path store = folder.resolve("public.p12");
    try (Installed keytool = new Installed(folder)) {
      keytool.run(
          Map.of(),
          "%s/bin/keytool -importcert -noprompt -alias root -file %s -keystore %s -storepass changeit"
              .formatted(System.getProperty("java.home"), lab.root(), store)
              .split(" ", -1));
    }
    System.setProperty("javax.net.ssl.trustStore", store.toString());
    try {
      step.run();
    } finally {
      System.clearProperty("javax.net.ssl.trustStore");
    }
  }

  private static void escalated(RenewalLab lab, String reason, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of(RUNBOOK, lab.asking()));
    words.addAll(List.of(more));
    Program run = Program.run(lab.run(words.toArray(String[]::new)));
    assertThat(run.err()).isEmpty();
    assertThat(run.out().replaceAll("\\s+", " ")).contains("ESCALATED", reason);
    assertThat(run.status()).isEqualTo(1);
  }

  /**
   * Who takes over from a process or a listener that is closed may lose what nobody has accepted
   * yet; a client sees that as a reset before the handshake, once in a while.
   */
  private static void assertNobodyTurnedAway(Server server, Hammer hammer) {
    if (server == Server.NGINX) {
      assertThat(hammer.failures()).isEmpty();
    } else {
      assertThat(hammer.failures()).allMatch(failure -> failure.contains("Connection reset"));
      assertThat(hammer.failures().size() * 50).isLessThan(hammer.answers());
    }
  }

  private static void await(Hammer hammer, int answers) {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (hammer.answers() < answers + 5) {
      assertThat(Instant.now()).as("still waiting for answers").isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /** A reload returns before the last worker of before has let go of the port. */
  private static void awaitSerial(int port, String serial) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (!Hammer.serial(port).equals(serial)) {
      assertThat(Instant.now()).as("still waiting for certificate " + serial).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private static void assume(Server server) {
    Stream.of("pebble", "certbot", "openssl", server.program())
        .forEach(
            program ->
                assumeTrue(
                    Installed.find(program).isPresent(), () -> program + " is not installed"));
  }
}
