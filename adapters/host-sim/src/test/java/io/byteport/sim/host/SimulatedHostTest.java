package io.byteport.sim.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.sim.host.program.Reply;
import io.byteport.sim.host.scenario.Scenario;
import io.byteport.sim.host.scenario.ScenarioException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimulatedHostTest {
  private static final String MACHINE =
      """
      name: web-1
      mounts:
        - { path: /, size: 100Gi, other: 40Gi, reserved: 5Gi, inodes: 1000, otherInodes: 100 }
        - { path: /data, device: /dev/sdb1, type: xfs, size: 10Gi, deviceSize: 12Gi }
      files:
        - { path: /var/log/app/debug.log, size: 10Gi, age: 3d, grows: 2Gi }
        - { path: "/var/log/app/old.%d.gz", size: 1Gi, count: 3, age: 8d, apart: 7d }
        - { path: /etc/app.conf, text: "a: 1", mode: 640, owner: app }
        - { path: /etc/current.conf, link: app.conf }
        - { path: /srv/held.log, size: 5Gi, age: 1d }
      processes:
        - { name: app, unit: app.service, memory: 1Gi, atStart: 200Mi, grows: 100Mi, opens: [/srv/held.log] }
      units:
        - { name: app.service, restarts: 2, age: 3d }
        - { name: broken.service, state: failed, failsToStart: no such port }
      journal: { size: 1Gi, days: 30 }
      containers:
        images:
          - { name: in-use, size: 2G, used: true }
          - { name: unused, size: 3G, age: 10d }
          - { name: fresh, size: 1G, age: 1h }
        buildCache: 500M
      caches: { apt: 700Mi }
      rotations:
        - { path: /srv/held.log, keep: 2 }
      commands:
        - run: [app-ctl, flush, "*"]
          prints: flushed
          effects:
            - delete: /var/log/app/debug.log
            - write: { path: /etc/app.conf, text: "a: 2" }
        - run: [app-ctl, unlink]
          effects:
            - delete: /srv/held.log
      """;

  private final Scenario scenario = Scenario.parse(MACHINE, "test");
  private final VirtualClock clock = new VirtualClock(scenario.startAt());
  private final SimulatedHost host = new SimulatedHost(scenario, clock);

  private Reply run(String... argv) {
    return host.run(List.of(argv), () -> new byte[0]);
  }

  private String out(String... argv) {
    return new String(run(argv).stdout(), StandardCharsets.UTF_8);
  }

  private static String words(Reply reply) {
    return new String(reply.stderr(), StandardCharsets.UTF_8);
  }

  private long used(String path) {
    return Long.parseLong(out("df", "-PTk", "--", path).lines().toList().get(1).split(" ")[3]);
  }

  @Test
  void the_control_group_of_a_unit_holds_what_its_processes_hold() {
    String before = out("/bin/sh", "-c", "text", "byteport-cgroup", "app.service");
    assertThat(before.split("\0", -1)).startsWith("2", (1L << 30) + "\n", "max\n");
    run("/bin/sh", "-c", "text", "byteport-restart", "app.service", "", "");
    String after = out("/bin/sh", "-c", "text", "byteport-cgroup", "app.service");
    assertThat(after.split("\0", -1)).contains((200L << 20) + "\n");
    assertThat(run("/bin/sh", "-c", "text", "byteport-cgroup", "broken.service").status())
        .isEqualTo(44);
  }

  @Test
  void a_heap_is_as_large_as_its_process_and_can_be_written_down() {
    String pid = "701";
    long start = scenario.startAt().minus(scenario.processes().getFirst().age()).toEpochMilli();
    String[] jcmd = {"/bin/sh", "-c", "text", "byteport-jcmd", pid, Long.toString(start)};
    assertThat(out(with(jcmd, "GC.heap_info"))).contains("used 1048576K");
    assertThat(run(with(jcmd, "GC.heap_dump", "/srv/1.hprof")).status()).isZero();
    assertThat(host.has("/srv/1.hprof")).isTrue();
    jcmd[5] = "1";
    assertThat(run(with(jcmd, "GC.heap_info")).status()).isEqualTo(44);
  }

  private static String[] with(String[] first, String... more) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void a_filesystem_is_as_full_as_its_files() {
    long before = used("/");
    run("/bin/sh", "-c", "...", "byteport-delete", "/var/log/app", "604800", "-1", "/");
    assertThat(before - used("/")).isEqualTo(3L * 1024 * 1024);
    assertThat(used("/data")).isEqualTo(4);
  }

  @Test
  void what_grows_does_so_with_the_clock_and_is_never_old() {
    long before = used("/");
    clock.advance(Duration.ofMinutes(30));
    assertThat(used("/") - before).isEqualTo(1024L * 1024);
    run("/bin/sh", "-c", "...", "byteport-delete", "/var/log/app", "60", "-1", "");
    assertThat(host.has("/var/log/app/debug.log")).isTrue();
  }

  @Test
  void inodes_are_counted() {
    assertThat(out("df", "-Pi", "--", "/").lines().toList().get(1)).startsWith("/dev/sda1 1000 1");
  }

  @Test
  void a_file_that_is_open_keeps_its_space_until_the_process_ends() {
    long before = used("/");
    run("app-ctl", "unlink");
    assertThat(host.has("/srv/held.log")).isFalse();
    assertThat(used("/")).isEqualTo(before);
    run("systemctl", "restart", "app");
    assertThat(before - used("/")).isEqualTo(5L * 1024 * 1024);
  }

  @Test
  void a_log_is_rotated_and_compressed_and_written_anew() {
    long before = used("/");
    run("logrotate", "--force", "/etc/logrotate.conf");
    assertThat(before - used("/")).isEqualTo(5L * 1024 * 1024 * 9 / 10);
    assertThat(host.has("/srv/held.log.1.gz")).isTrue();
  }

  @Test
  void a_unit_that_is_restarted_starts_small_and_under_another_invocation() {
    String shown = out("systemctl", "show", "--property=InvocationID,ActiveState", "--", "app");
    String memory = out("cat", "/proc/meminfo");
    clock.advance(Duration.ofHours(1));
    assertThat(run("systemctl", "restart", "app").status()).isZero();
    assertThat(out("systemctl", "show", "--property=InvocationID,ActiveState", "--", "app"))
        .contains("ActiveState=active")
        .isNotEqualTo(shown);
    assertThat(available(out("cat", "/proc/meminfo")) - available(memory))
        .isEqualTo((1024 - 200) * 1024);
  }

  private static int available(String meminfo) {
    return Integer.parseInt(meminfo.replaceAll("(?s).*MemAvailable: (\\d+) .*", "$1"));
  }

  @Test
  void a_unit_that_does_not_start_says_why() {
    Reply reply = run("systemctl", "restart", "broken.service");
    assertThat(reply.status()).isEqualTo(1);
    assertThat(words(reply)).contains("no such port");
  }

  @Test
  void the_journal_gives_up_its_oldest_files() {
    run("journalctl", "--vacuum-size=200M");
    assertThat(out("journalctl", "--disk-usage")).contains("take up 128.0M");
    assertThat(host.changes()).hasSize(7);
  }

  @Test
  void images_go_when_they_are_unused_and_old_enough() {
    run("docker", "system", "prune", "-af", "--filter", "until=72h");
    assertThat(out("docker", "system", "df", "--format", "{{json .}}"))
        .contains("\"Images\",\"Size\":\"3GB\",\"Reclaimable\":\"1GB\"")
        .contains("\"Build Cache\",\"Size\":\"0B\"");
  }

  @Test
  void a_program_that_nobody_installed_is_not_there() {
    assertThat(run("dnf", "clean", "all").status()).isEqualTo(127);
    assertThat(out("/bin/sh", "-c", "...", "byteport-which", "dnf", "apt-get", "app-ctl"))
        .isEqualTo("apt-get\0app-ctl\0");
  }

  @Test
  void a_declared_command_has_its_effects() {
    assertThat(out("app-ctl", "flush", "now")).isEqualTo("flushed");
    assertThat(host.has("/var/log/app/debug.log")).isFalse();
    assertThat(host.text("/etc/app.conf")).isEqualTo("a: 2");
    assertThat(run("app-ctl", "flush").status()).isEqualTo(127);
  }

  @Test
  void links_lead_where_they_say() {
    assertThat(out("realpath", "-ez", "--", "/etc/current.conf")).isEqualTo("/etc/app.conf\0");
    assertThat(out("cat", "/etc/current.conf")).isEqualTo("a: 1");
    assertThat(words(run("cat", "/etc/none"))).contains("No such file or directory");
  }

  @Test
  void what_was_asked_is_kept() {
    run("cat", "/etc/app.conf");
    assertThat(host.ran()).singleElement().hasToString("cat /etc/app.conf");
    assertThat(host.changes()).isEmpty();
  }

  @Test
  void a_scenario_that_makes_no_sense_names_the_line() {
    assertThatThrownBy(() -> Scenario.parse("name: a\nmounts:\n  - { pth: / }\n", "b.yaml"))
        .isInstanceOf(ScenarioException.class)
        .hasMessage("b.yaml:3: `path` is missing");
    assertThatThrownBy(() -> Scenario.parse("name: a\nfils: []\n", "b.yaml"))
        .hasMessage("b.yaml:2: nobody knows the key `fils`");
  }

  @Test
  void a_line_is_taken_apart_as_a_shell_does() {
    assertThat(CommandLine.words("exec 'a b' 'it'\\''s' ''"))
        .containsExactly("exec", "a b", "it's", "");
    assertThatThrownBy(() -> CommandLine.words("cat a; rm b"))
        .hasMessageContaining("stands outside of quotes");
  }
}
