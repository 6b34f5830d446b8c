package io.byteport.adapter.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is asked of programs that do not run here: small ones in their place answer as they would.
 */
class StandInTest {
  /** A systemd of one unit, whose state is in a folder. */
  private static final String SYSTEMCTL =
      """
      #!/bin/sh
      cd "$(dirname "$0")" || exit 1
      printf '%s\\n' "$*" >> calls
      verb=$1; shift
      for unit in "$@"; do :; done
      case $verb in
        show)
          if [ "$unit" != api.service ]; then
            printf 'Id=%s\\nLoadState=not-found\\nActiveState=inactive\\n' "$unit"; exit 0
          fi
          if [ -f stopping ]; then
            echo $(($(cat stopping) - 1)) > stopping
            if [ "$(cat stopping)" -le 0 ]; then rm stopping; echo new > invocation; echo "${AFTER:-$(cat after 2>/dev/null || echo active)}" > state; fi
          fi
          wanted=${1#--no-pager}; [ -n "$wanted" ] || wanted=$2
          state=$(cat state); [ -f stopping ] && state=deactivating
          printf 'Id=api.service\\nLoadState=loaded\\nActiveState=%s\\nNRestarts=2\\nInvocationID=%s\\nActiveEnterTimestamp=Mon 2026-01-05 03:04:05 UTC\\nResult=exit-code\\n' "$state" "$(cat invocation)" |
            case $wanted in
              --property=*,*) cat ;;
              *) grep "^${wanted#--property=}=" ;;
            esac ;;
        restart) cat slow > stopping ;;
        kill) echo 1 > stopping ;;
        *) exit 1 ;;
      esac
      """;

  @TempDir Path bin;
  private Rig rig = Rig.here();

  @BeforeEach
  void standIns() throws IOException {
    rig.close();
    rig =
        Rig.with(
            Map.of(
                "path",
                bin + ":/usr/bin:/bin:/usr/sbin:/sbin",
                "services",
                List.of("api", "gone.service")));
    program("systemctl", SYSTEMCTL);
    Files.writeString(bin.resolve("state"), "active\n");
    Files.writeString(bin.resolve("invocation"), "old\n");
    Files.writeString(bin.resolve("slow"), "2\n");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.writeString(bin.resolve(name), script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private void prints(String name, String output) throws IOException {
    Files.writeString(bin.resolve(name + ".out"), output);
    program(
        name,
        "#!/bin/sh\nprintf '%s\\n' \"$*\" >> '"
            + bin
            + "/calls'\ncat '"
            + bin
            + "/"
            + name
            + ".out'\n");
  }

  private String calls() throws IOException {
    return Files.readString(bin.resolve("calls"));
  }

  @Test
  void a_unit_is_read_with_and_without_its_suffix() throws Exception {
    for (String name : List.of("api", "api.service")) {
      StructValue unit = rig.read("host.unit", "unit", name);
      assertThat(Rig.text(unit, "name")).isEqualTo("api.service");
      assertThat(Rig.text(unit, "state")).isEqualTo("active");
    }
    assertThat(rig.read("host.unit", "unit", "other")).isNull();
  }

  @Test
  void names_that_are_no_units_reach_no_program() {
    for (String name :
        List.of(
            "",
            "-H",
            "--now",
            "a b",
            "a*",
            "$(id)",
            "a;b",
            "a\nb",
            "../x",
            "a\u001b[0m",
            "x".repeat(1 << 20))) {
      assertThatThrownBy(() -> rig.read("host.unit", "unit", name))
          .isInstanceOfSatisfying(
              ActionException.class,
              failure -> assertThat(failure.kind()).isEqualTo(FailureKind.INVALID));
      assertThatThrownBy(() -> rig.read("host.journal", "unit", name, "since", Duration.ofHours(1)))
          .isInstanceOf(ActionException.class);
    }
    assertThat(bin.resolve("calls")).doesNotExist();
  }

  @Test
  void a_unit_is_restarted_and_waited_for() throws Exception {
    Object[] inputs = {"unit", "api"};
    StructValue memo = rig.prepare("host.restartUnit", inputs);
    assertThat(calls()).doesNotContain("restart");
    assertThat(rig.probe(memo, "host.restartUnit", inputs)).isEqualTo(Probe.NOT_DONE);

    Rig.Done done = rig.changeAfter(memo, "host.restartUnit", inputs);

    assertThat(done.output().get("killed")).isEqualTo(Value.of(false));
    assertThat(calls()).contains("restart --no-block -- api.service").doesNotContain("kill");
    assertThat(rig.probe(memo, "host.restartUnit", inputs)).isEqualTo(Probe.TOOK_EFFECT);
  }

  @Test
  void a_unit_that_does_not_stop_within_the_grace_is_killed() throws Exception {
    Files.writeString(bin.resolve("slow"), "1000\n");
    Rig.Done done = rig.change("host.restartUnit", "unit", "api", "grace", Duration.ofSeconds(1));
    assertThat(done.output().get("killed")).isEqualTo(Value.of(true));
    assertThat(calls()).contains("kill --signal=KILL -- api.service");
  }

  @Test
  void a_unit_that_does_not_come_up_is_a_failure() throws Exception {
    Files.writeString(bin.resolve("after"), "failed\n");
    assertThatThrownBy(() -> rig.change("host.restartUnit", "unit", "api"))
        .isInstanceOfSatisfying(
            ActionException.class,
            failure -> {
              assertThat(failure.reason()).contains("api.service failed: exit-code");
              assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
            });
  }

  @Test
  void only_units_that_the_inventory_lists_are_restarted() throws Exception {
    assertThatThrownBy(() -> rig.prepare("host.restartUnit", "unit", "sshd"))
        .isInstanceOfSatisfying(
            ActionException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
              assertThat(failure.reason()).contains("does not list sshd.service");
            });
    assertThatThrownBy(() -> rig.prepare("host.restartUnit", "unit", "gone"))
        .hasMessageContaining("there is no unit gone.service");
  }

  @Test
  void a_unit_that_was_restarted_meanwhile_is_not_restarted_again() throws Exception {
    StructValue memo = rig.prepare("host.restartUnit", "unit", "api");
    Files.writeString(bin.resolve("invocation"), "somebody-else\n");
    assertThatThrownBy(() -> rig.changeAfter(memo, "host.restartUnit", "unit", "api"))
        .isInstanceOfSatisfying(
            ActionException.class,
            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT));
    assertThat(calls()).doesNotContain("restart --no-block");
  }

  @Test
  void the_journal_is_asked_for_one_unit() throws Exception {
    prints(
        "journalctl",
        """
        {"__REALTIME_TIMESTAMP":"1767582245000000","MESSAGE":"Starting"}
        {"__REALTIME_TIMESTAMP":"1767582246000000","MESSAGE":"Deployed release v2.4.1 (commit 3f9c2ab1) see https://ci.example.com/42"}
        {"__REALTIME_TIMESTAMP":"1767582247000000","MESSAGE":"Ready"}
        """);
    StructValue found =
        rig.read("host.journal", "unit", "api", "since", Duration.ofHours(1), "lines", 50);
    assertThat(Rig.structs(found.get("lines"))).hasSize(3);
    assertThat(calls())
        .isEqualTo(
            "--unit=api.service --since=-3600s --output=json --quiet --no-pager --lines=50\n");

    StructValue deploy =
        rig.read(
            "host.lastDeploy",
            "unit",
            "api",
            "pattern",
            "(?i)\\bdeploy(ed)?\\b",
            "within",
            Duration.ofHours(1));
    assertThat(Rig.text(deploy, "sha")).isEqualTo("3f9c2ab1");
    assertThat(Rig.text(deploy, "revision")).isEqualTo("2.4.1");
    assertThat(Rig.text(deploy, "url")).isEqualTo("https://ci.example.com/42");
    assertThat(deploy.get("at")).isEqualTo(Value.of(Instant.parse("2026-01-05T03:04:06Z")));
    assertThat(
            rig.read(
                "host.lastDeploy",
                "unit",
                "api",
                "pattern",
                "nothing",
                "within",
                Duration.ofHours(1)))
        .isNull();
  }

  @Test
  void the_log_of_the_kernel_is_filtered_and_comes_from_the_journal_where_it_must()
      throws Exception {
    prints(
        "dmesg",
        """
        2026-01-05T03:04:05,1+00:00 usb 1-1: new device
        2026-01-05T03:04:06,1+00:00 Out of memory: Killed process 1 (a)
        2026-01-05T03:04:07,1+00:00 Memory cgroup out of memory: Killed process 2 (b)
        """);
    Object[] inputs = {
      "levels", List.of("err", "crit"), "matching", "(?i)oom|out of memory", "last", 1
    };
    List<StructValue> lines = Rig.structs(rig.read("host.kernelLog", inputs).get("lines"));
    assertThat(lines).hasSize(1);
    assertThat(Rig.text(lines.get(0), "text")).contains("process 2 (b)");
    assertThat(calls()).isEqualTo("--time-format=iso --level=err,crit\n");

    program(
        "dmesg",
        "#!/bin/sh\n"
            + "echo 'dmesg: read kernel buffer failed: Operation not permitted' >&2; exit 1\n");
    prints(
        "journalctl",
        "{\"__REALTIME_TIMESTAMP\":\"1767582245000000\",\"MESSAGE\":\"oom_reaper\"}\n");
    assertThat(Rig.structs(rig.read("host.kernelLog", inputs).get("lines"))).hasSize(1);
    program("journalctl", "#!/bin/sh\nexit 1\n");
    assertThatThrownBy(() -> rig.read("host.kernelLog", inputs))
        .isInstanceOfSatisfying(
            ActionException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
              assertThat(failure.reason()).contains("Operation not permitted");
            });
  }

  @Test
  void journals_and_images_tell_the_disk_that_they_hold() throws Exception {
    prints("journalctl", "Archived and active journals take up 8.0M in the file system.\n");
    assertThat(rig.read("host.journalUsage").get("size"))
        .isEqualTo(Value.of(new DataSize(8 << 20)));
    prints("docker", "{\"Reclaimable\":\"1GB\",\"Size\":\"2GB\",\"Type\":\"Images\"}\n");
    assertThat(rig.read("host.dockerUsage").get("images"))
        .isEqualTo(Value.of(new DataSize(2_000_000_000L)));
    assertThat(rig.change("host.pruneImages", "runtime", "docker").bytes("reclaimed")).isZero();
    assertThat(calls()).contains("image prune --all --force");
  }

  @Test
  void a_machine_without_a_program_says_so() {
    assertThatThrownBy(() -> rig.read("host.dockerUsage"))
        .isInstanceOfSatisfying(
            ActionException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
              assertThat(failure.reason()).isEqualTo("there is no program `docker` on localhost");
            });
  }

  @Test
  void caches_of_the_managers_that_are_there_are_emptied() throws Exception {
    rig.close();
    rig = Rig.with(Map.of("path", bin.toString()));
    for (String tool : List.of("cat", "sh")) {
      Files.createSymbolicLink(bin.resolve(tool), Path.of("/bin", tool));
    }
    prints("pip", "Files removed: 3\n");
    prints("npm", "");
    program("npm", "#!/bin/sh\necho 'npm error' >&2; exit 1\n");
    Rig.Done done =
        rig.change("host.cleanPackageCaches", "managers", List.of("apt", "pip", "npm", "dnf"));
    assertThat(Rig.texts(done.output().get("cleaned"))).containsExactly("pip");
    assertThat(calls()).isEqualTo("cache purge\n");
    assertThat(rig.heard).contains("npm error");
    assertThatThrownBy(() -> rig.change("host.cleanPackageCaches", "managers", List.of("npm")))
        .hasMessageContaining("npm error");
  }

  @Test
  void the_runtime_that_kubernetes_speaks_to_is_found() throws Exception {
    program(
        "systemctl",
        """
        #!/bin/sh
        for unit in "$@"; do :; done
        case $unit in
          docker.service|containerd.service) printf 'Id=%s\\nLoadState=loaded\\nActiveState=active\\n' "$unit" ;;
          *) printf 'LoadState=not-found\\nActiveState=inactive\\n' ;;
        esac
        """);
    program(
        "crictl",
        """
        #!/bin/sh
        case $1 in
          imagefsinfo) echo '{"status":{"imageFilesystems":[{"usedBytes":{"value":"5000"}}]}}' ;;
          images) echo '{"images":[{"id":"a","size":"700"},{"id":"b","size":"30"}]}' ;;
          ps) echo '{"containers":[{"imageRef":"b"}]}' ;;
        esac
        """);
    StructValue found = rig.read("host.containerRuntime");
    assertThat(Rig.text(found, "name")).isEqualTo("containerd");
    assertThat(found.get("imageBytes")).isEqualTo(Value.of(new DataSize(5000)));
    assertThat(found.get("reclaimable")).isEqualTo(Value.of(new DataSize(700)));
  }

  @Test
  void a_runtime_that_has_crashed_is_found_though_nobody_can_ask_it_for_its_images()
      throws Exception {
    program(
        "systemctl",
        """
        #!/bin/sh
        for unit in "$@"; do :; done
        case $unit in
          containerd.service) printf 'Id=%s\\nLoadState=loaded\\nActiveState=failed\\n' "$unit" ;;
          *) printf 'LoadState=not-found\\nActiveState=inactive\\n' ;;
        esac
        """);
    program("crictl", "#!/bin/sh\necho 'connect: connection refused' >&2; exit 1\n");
    StructValue found = rig.read("host.containerRuntime");
    assertThat(Rig.text(found, "unit")).isEqualTo("containerd");
    assertThat(Rig.text(found, "state")).isEqualTo("failed");
    assertThat(found.get("imageBytes")).isEqualTo(Value.NULL);
  }
}
