package io.byteport.adapter.host.acme;

import static io.byteport.adapter.host.Station.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.byteport.adapter.host.HostAdapter;
import io.byteport.adapter.host.Station;
import io.byteport.adapter.probes.ProbesAdapter;
import io.byteport.adapter.probes.TcpDialer;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.Inventory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** certbot, nginx and pebble as they are installed. */
@Tag("real")
class RenewalWithRealServersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private AcmeLab lab;
  private HostAdapter adapter;
  private ProbesAdapter probes;
  private Station machine;
  private Station outside;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(AcmeLab.isInstalled(), "pebble, certbot, nginx or openssl is not installed");
    lab = new AcmeLab(folder);
    adapter =
        new HostAdapter(new Inventory(List.of(Inventory.Entry.of("host", "web", lab.machine()))));
    probes = new ProbesAdapter(TcpDialer.network());
    machine = new Station(adapter, InstantSource.system());
    outside = new Station(probes, InstantSource.system());
  }

  @AfterEach
  void close() throws Exception {
    if (adapter != null) {
      adapter.close();
      probes.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void a_certificate_is_renewed_and_served_and_no_client_is_turned_away() throws Exception {
    StructValue before = served();
    assertThat(before.get("handshakeOk")).isEqualTo(Value.TRUE);
    assertThat(before.get("publiclyTrusted")).isEqualTo(Value.FALSE);

    StructValue found =
        machine.read(
            "host.findCertificate",
            with("host", "web", "domain", AcmeLab.DOMAIN, "roots", List.of(folder + "/le/live")));
    assertThat(found.get("manager")).isEqualTo(Value.of("certbot"));
    assertThat(found.get("serial")).isEqualTo(before.get("serial"));
    assertThat(found.get("key"))
        .isEqualTo(Value.of(folder + "/le/live/" + AcmeLab.DOMAIN + "/privkey.pem"));

    try (Hammer hammer = new Hammer(lab.tls())) {
      await(() -> hammer.answers() > 5);
      Station.Done rehearsed = machine.change("acme.rehearse", order(false));
      assertThat(rehearsed.output().get("output").toString())
          .contains("all simulated renewals succeeded");
      assertThat(served().get("serial")).isEqualTo(before.get("serial"));

      StructValue memo = machine.prepare("acme.renew", order(true));
      assertThat(machine.probe("acme.renew", order(true), memo))
          .isNotEqualTo(Action.Probe.TOOK_EFFECT);
      Station.Done renewed = machine.change("acme.renew", order(true), memo);
      assertThat(renewed.changed()).isTrue();
      assertThat(machine.probe("acme.renew", order(true), memo))
          .isEqualTo(Action.Probe.TOOK_EFFECT);
      Value serial = renewed.output().get("serial");
      assertThat(serial).isNotEqualTo(before.get("serial"));

      reload();
      await(() -> serial.equals(served().get("serial")));
      int sofar = hammer.answers();
      await(() -> hammer.answers() > sofar + 5);
      assertThat(hammer.failures()).isEmpty();
    }
    assertThat(served().get("handshakeOk")).isEqualTo(Value.TRUE);
  }

  @Test
  void a_renewal_is_taken_back_by_the_backup_that_was_made_before_it() throws Exception {
    StructValue before = served();
    StructValue found =
        machine.read(
            "host.findCertificate",
            with("host", "web", "domain", AcmeLab.DOMAIN, "roots", List.of(folder + "/le/live")));
    Value backup =
        machine
            .change(
                "host.backupFiles",
                with(
                    "host",
                    "web",
                    "files",
                    found.get("paths"),
                    "roots",
                    List.of(folder + "/le"),
                    "root",
                    folder + "/backups",
                    "as",
                    "before"))
            .output()
            .get("path");
    Value renewed = machine.change("acme.renew", order(true)).output().get("serial");
    reload();
    await(() -> renewed.equals(served().get("serial")));

    machine.change("host.restoreFiles", with("host", "web", "backup", backup));
    reload();
    await(() -> before.get("serial").equals(served().get("serial")));
    assertThat(machine.change("acme.renew", order(true)).changed())
        .as("certbot can still renew")
        .isTrue();
  }

  @Test
  void what_is_not_due_is_left_alone_and_that_is_no_failure() throws Exception {
    Station.Done done = machine.change("acme.renew", order(false).with("force", Value.FALSE));
    assertThat(done.changed()).isFalse();
  }

  @Test
  void a_challenge_that_cannot_be_answered_leaves_everything_as_it_was() throws Exception {
    StructValue before = served();
    Path conf = folder.resolve("nginx.conf");
    Files.writeString(
        conf, Files.readString(conf).replace("root " + folder + "/web;", "return 404;"));
    reload();
    ActionException failure =
        catchThrowableOfType(
            ActionException.class, () -> machine.change("acme.renew", order(true)));

    assertThat(failure.effect()).isEqualTo(ActionException.Effect.NONE);
    assertThat(failure.reason()).contains("authenticat").contains(AcmeLab.DOMAIN);
    assertThat(served().get("serial")).isEqualTo(before.get("serial"));
  }

  private static StructValue order(boolean force) {
    StructValue order =
        with(
            "host", "web", "client", "certbot", "certName", AcmeLab.DOMAIN, "challenge", "http-01");
    return force ? order.with("force", Value.TRUE) : order;
  }

  private void reload() throws Exception {
    Station.Done done =
        machine.change(
            "shell.run",
            with(
                "host",
                "web",
                "argv",
                List.of("nginx", "-c", lab.configuration(), "-s", "reload"),
                "repeatable",
                true));
    assertThat(done.output().get("exitCode")).isEqualTo(Value.of(0));
  }

  private StructValue served() {
    try {
      return outside.read(
          "tls.probe",
          with(
              "endpoint",
              "127.0.0.1",
              "port",
              lab.tls(),
              "serverName",
              AcmeLab.DOMAIN,
              "caFile",
              lab.roots(),
              "timeout",
              PATIENCE));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
