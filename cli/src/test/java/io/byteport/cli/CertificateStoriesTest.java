package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.cli.world.TlsWorld;
import io.byteport.cli.world.World;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import io.byteport.sim.host.SimulatedHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stories on certificates: real engine, real SSH, real handshakes, simulated machine. */
class CertificateStoriesTest {
  private static final String LIVE = "/etc/letsencrypt/live/www.example.com/";
  private static final String BACKUP =
      "/var/lib/byteport/cert-backups/www.example.com-2026-01-05T100000Z";

  @TempDir private Path state;

  @Test
  void a_certificate_near_its_end_is_renewed_reloaded_and_seen_from_outside() throws Exception {
    Ending ending = tell("cert-due");
    RunReport report = ending.report();
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.classId()).isEqualTo("acme_http01");
    assertThat(report.did()).containsExactly("backup_files", "certbot http-01", "nginx -s reload");
    assertThat(report.summary()).contains("days_remaining: 4", "days_after: 89d");
    assertThat(ending.before().getNotAfter().toInstant()).isEqualTo("2026-01-09T10:00:00Z");
    assertThat(ending.after().getNotAfter().toInstant()).isEqualTo("2026-04-05T10:00:00Z");
    assertThat(ending.machine().text(LIVE + "fullchain.pem"))
        .isEqualTo("../../archive/www.example.com/fullchain2.pem");
    assertThat(ending.machine().has(BACKUP + "/manifest")).isTrue();
    assertThat(ending.changes()).isEqualTo(3);
  }

  @Test
  void a_pinned_certificate_stays_and_a_human_is_called() throws Exception {
    Ending ending = tell("cert-pinned");
    RunReport report = ending.report();
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.classId()).isEqualTo("cert_pinned");
    assertThat(report.did()).isEmpty();
    assertThat(report.notices()).isNotEmpty();
    assertThat(ending.after()).isEqualTo(ending.before());
    assertThat(ending.machine().text(LIVE + "fullchain.pem"))
        .isEqualTo("../../archive/www.example.com/fullchain1.pem");
    assertThat(ending.machine().ran()).extracting(ran -> ran.name()).doesNotContain("certbot");
    assertThat(ending.machine().changes()).isEmpty();
    assertThat(ending.changes()).isZero();
  }

  @Test
  void a_certificate_in_a_zone_of_somebody_else_stays_and_a_human_is_called() throws Exception {
    Ending ending = tell("cert-foreign");
    RunReport report = ending.report();
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.stoppedBy()).isEqualTo("our_zone");
    assertThat(report.reason())
        .contains("The zone of www.example.com (example.com) is none of ours");
    assertUntouched(ending);
  }

  @Test
  void the_oldest_runbook_renews_by_leave_and_goes_by_the_serial_number() throws Exception {
    Ending ending = tell("cert-allowed");
    RunReport report = ending.report();
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.classId()).isEqualTo("acme_client");
    assertThat(report.did()).containsExactly("backup_files", "certbot http-01", "nginx -s reload");
    assertThat(report.summary()).contains("expires: 2026-04-05 (90 days)", "renewed with certbot");
    assertThat(ending.after().getSerialNumber()).isNotEqualTo(ending.before().getSerialNumber());
    assertThat(ending.changes()).isEqualTo(3);
  }

  @Test
  void with_two_days_left_the_oldest_runbook_leaves_it_to_a_human() throws Exception {
    Ending ending = tell("cert-late");
    RunReport report = ending.report();
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.stoppedBy()).isEqualTo("too_late");
    assertThat(report.notices().getFirst().commands())
        .contains("certbot renew --cert-name www.example.com");
    assertUntouched(ending);
  }

  @Test
  void a_rotation_is_rehearsed_before_it_is_done() throws Exception {
    Ending ending = tell("cert-rotated");
    RunReport report = ending.report();
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.classId()).isEqualTo("raw_acme");
    assertThat(ending.machine().ran().stream().filter(ran -> ran.name().equals("certbot")))
        .extracting(ran -> ran.arguments().getLast())
        .containsExactly("--dry-run", "--force-renewal");
    assertThat(ending.after().getNotAfter().toInstant()).isEqualTo("2026-04-05T10:00:00Z");
  }

  @Test
  void where_the_rehearsal_fails_nothing_is_rotated_and_a_human_is_paged() throws Exception {
    Ending ending = tell("cert-rehearsed");
    RunReport report = ending.report();
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.stoppedBy()).isEqualTo("rehearsed_on_staging");
    assertThat(report.reason()).contains("Timeout during connect");
    assertThat(report.notices().getFirst().channels()).containsKey("page");
    assertThat(ending.after()).isEqualTo(ending.before());
    assertThat(ending.machine().changes()).isEmpty();
  }

  @Test
  void a_certificate_that_has_ended_is_renewed() throws Exception {
    Ending ending = tell("cert-ended");
    RunReport report = ending.report();
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.classId()).isEqualTo("acme_renewable");
    assertThat(report.summary()).contains("renewed via: certbot http-01", "new expiry: +90d");
    assertThat(ending.after().getNotAfter().toInstant()).isEqualTo("2026-04-05T11:00:00Z");
  }

  @Test
  void where_no_client_can_renew_what_was_there_stays_and_both_are_quoted() throws Exception {
    Ending ending = tell("cert-unissued");
    RunReport report = ending.report();
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.did()).containsExactly("backup_files");
    assertThat(report.reason())
        .startsWith("Neither certbot (")
        .contains("Challenge failed for domain www.example.com", "acme.sh keeps no certificate");
    assertThat(ending.after()).isEqualTo(ending.before());
    assertThat(ending.machine().text(LIVE + "fullchain.pem"))
        .isEqualTo("../../archive/www.example.com/fullchain1.pem");
  }

  private static void assertUntouched(Ending ending) {
    assertThat(ending.report().did()).isEmpty();
    assertThat(ending.after()).isEqualTo(ending.before());
    assertThat(ending.machine().ran()).extracting(ran -> ran.name()).doesNotContain("certbot");
    assertThat(ending.machine().changes()).isEmpty();
    assertThat(ending.changes()).isZero();
  }

  private Ending tell(String name) throws Exception {
    Demo demo =
        Demo.all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    Onlooker onlooker = new Onlooker();
    Path folder = Files.createDirectories(state.resolve("demo"));
    try (Stage stage = new Stage(demo, folder, (run, entry) -> {})) {
      List<RunReport> reports = stage.tell(onlooker);
      assertThat(reports).hasSize(1);
      return new Ending(
          reports.getFirst(), onlooker.machine(), onlooker.before(), onlooker.changes);
    }
  }

  /**
   * @param before what was served when the story began
   * @param changes how many requests have changed something
   */
  private record Ending(
      RunReport report, SimulatedHost machine, X509Certificate before, long changes) {
    X509Certificate after() {
      return shown(machine);
    }
  }

  private static X509Certificate shown(SimulatedHost machine) {
    return machine.served().orElseThrow().chain().getFirst();
  }

  private static final class Onlooker implements Stage.Audience {
    private final List<SimulatedHost> machines = new ArrayList<>();
    private final List<X509Certificate> shown = new ArrayList<>();
    private long changes;

    @Override
    public void begins(Demo demo, List<World> worlds) {
      for (World world : worlds) {
        SimulatedHost machine = ((TlsWorld) world).host();
        machines.add(machine);
        shown.add(CertificateStoriesTest.shown(machine));
      }
    }

    @Override
    public void passes(Duration time) {}

    @Override
    public void ends(Duration simulated, List<World> worlds) {
      changes = worlds.stream().mapToLong(World::changes).sum();
    }

    SimulatedHost machine() {
      return machines.getFirst();
    }

    X509Certificate before() {
      return shown.getFirst();
    }
  }
}
