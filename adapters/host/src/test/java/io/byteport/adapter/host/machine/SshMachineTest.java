package io.byteport.adapter.host.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Inventory.Entry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The promises of a machine, kept over OpenSSH. */
@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshMachineTest extends MachineContract {
  private Sshd sshd;
  private Machines machines;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    sshd = Sshd.start(folder);
    machines =
        new Machines(
            new Inventory(
                List.of(
                    sshd.entry("web-1"),
                    sshd.entry("behind", Map.of("jump", "web-1"), folder.resolve("user_key")))));
  }

  @AfterAll
  void stop() {
    if (sshd != null) {
      machines.close();
      sshd.close();
    }
  }

  @Override
  Machine machine() {
    try {
      return machines.machine(new Host("web-1"));
    } catch (ActionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void commands_share_one_session() throws Exception {
    machine().run(Command.of("true")).orFail();
    long before = sshd.sessions();
    List<CompletableFuture<Integer>> all =
        java.util.stream.IntStream.range(0, 20)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            return machine().run(Command.of("sh", "-c", "exit " + i)).exitCode();
                          } catch (ActionException | InterruptedException e) {
                            throw new IllegalStateException(e);
                          }
                        }))
            .toList();
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).get(60, TimeUnit.SECONDS)).isEqualTo(i);
    }
    assertThat(sshd.sessions()).isEqualTo(before);
  }

  @Test
  void a_session_that_nobody_uses_is_closed_and_opened_again(@TempDir Path folder)
      throws Exception {
    try (Sshd own = Sshd.start(folder);
        Machines briefly =
            new Machines(new Inventory(List.of(own.entry("web"))), Duration.ofMillis(100))) {
      briefly.machine(new Host("web")).run(Command.of("true")).orFail();
      for (int i = 0; i < 600 && !own.log().contains("Closing connection to"); i++) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(own.log()).contains("Closing connection to");
      briefly.machine(new Host("web")).run(Command.of("true")).orFail();
      assertThat(own.sessions()).isEqualTo(2);
    }
  }

  @Test
  void a_machine_behind_another_is_reached_through_it() throws Exception {
    Finished finished = machines.machine(new Host("behind")).run(Command.of("echo", "here"));
    assertThat(finished.stdout().text()).isEqualTo("here\n");
  }

  @Test
  void a_key_that_is_not_known_is_refused_with_what_to_do(@TempDir Path folder) throws Exception {
    Path empty = Files.createFile(folder.resolve("known_hosts"));
    assertFails(
        sshd.entry("web", Map.of("knownHosts", empty.toString()), key()),
        Command.of("true"),
        FailureKind.FORBIDDEN,
        Effect.NONE,
        "is not in " + empty,
        "ssh-keyscan -p " + sshd.port() + " 127.0.0.1 >> " + empty,
        "SHA256:");
  }

  @Test
  void a_key_that_changed_is_refused_with_what_to_do(@TempDir Path folder) throws Exception {
    Path changed =
        Files.writeString(
            folder.resolve("known_hosts"),
            "[127.0.0.1]:"
                + sshd.port()
                + " "
                + Files.readString(sshd.folder().resolve("user_key.pub")));
    assertFails(
        sshd.entry("web", Map.of("knownHosts", changed.toString()), key()),
        Command.of("true"),
        FailureKind.FORBIDDEN,
        Effect.NONE,
        "is not the one in " + changed,
        "ssh-keygen -R '[127.0.0.1]:" + sshd.port() + "'");
  }

  @Test
  void a_revoked_key_is_refused(@TempDir Path folder) throws Exception {
    String line = Files.readString(sshd.folder().resolve("known_hosts"));
    Path revoked = Files.writeString(folder.resolve("known_hosts"), line + "@revoked " + line);
    assertFails(
        sshd.entry("web", Map.of("knownHosts", revoked.toString()), key()),
        Command.of("true"),
        FailureKind.FORBIDDEN,
        Effect.NONE,
        "is revoked");
  }

  @Test
  void a_host_known_by_another_type_of_key_or_by_a_hash_is_known(@TempDir Path folder)
      throws Exception {
    Path rsa =
        Files.writeString(
            folder.resolve("known_hosts"),
            "[127.0.0.1]:"
                + sshd.port()
                + " "
                + Files.readString(sshd.folder().resolve("host_rsa.pub")));
    Process hash = new ProcessBuilder("ssh-keygen", "-q", "-H", "-f", rsa.toString()).start();
    assertThat(hash.waitFor()).isZero();
    assertThat(Files.readString(rsa)).startsWith("|1|");
    try (Machines own =
        new Machines(
            new Inventory(
                List.of(sshd.entry("web", Map.of("knownHosts", rsa.toString()), key()))))) {
      own.machine(new Host("web")).run(Command.of("true")).orFail();
    }
  }

  @Test
  void a_user_whom_the_machine_does_not_let_in_is_forbidden(@TempDir Path folder) throws Exception {
    Path stranger = folder.resolve("key");
    Process keygen =
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", stranger.toString())
            .start();
    assertThat(keygen.waitFor()).isZero();
    assertFails(
        sshd.entry("web", Map.of(), stranger),
        Command.of("true"),
        FailureKind.FORBIDDEN,
        Effect.NONE,
        "does not let root in");
  }

  @Test
  void a_user_who_may_run_nothing_is_told_apart_from_a_program_that_fails(@TempDir Path folder)
      throws Exception {
    try (Sshd own = Sshd.start(folder, "ForceCommand echo go away; exit 1")) {
      assertFails(
          own.entry("web"), Command.of("true"), FailureKind.FORBIDDEN, Effect.NONE, "go away");
    }
  }

  @Test
  void a_dead_host_is_unreachable() throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    assertFails(
        sshd.entry("web", Map.of("port", Integer.toString(nobody)), key()),
        Command.of("true"),
        FailureKind.UNREACHABLE,
        Effect.NONE,
        "cannot connect to web (root@127.0.0.1:" + nobody + ")");
  }

  @Test
  void a_host_that_accepts_and_says_nothing_is_unreachable_in_time() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertFails(
          sshd.entry("web", Map.of("port", Integer.toString(silent.getLocalPort())), key()),
          Command.of("true").within(Duration.ofSeconds(2)),
          FailureKind.UNREACHABLE,
          Effect.NONE,
          "cannot connect");
    }
  }

  @Test
  void after_a_connection_lost_in_the_middle_nobody_knows(@TempDir Path folder) throws Exception {
    try (Sshd own = Sshd.start(folder);
        Machines lone = new Machines(new Inventory(List.of(own.entry("web"))))) {
      Machine machine = lone.machine(new Host("web"));
      Command command =
          Command.script("echo started; sleep 20", List.of()).heardBy(line -> own.cut());
      assertThatThrownBy(() -> machine.run(command))
          .isInstanceOfSatisfying(
              ActionException.class,
              failure -> {
                assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
                assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
                assertThat(failure.reason()).contains("was lost while `/bin/sh` ran");
              });
      machine.run(Command.of("true")).orFail();
    }
  }

  @Test
  void what_a_login_prints_is_no_output(@TempDir Path folder) throws Exception {
    Path noisy =
        Files.writeString(
            folder.resolve("noisy"),
            "#!/bin/sh\necho welcome\necho noise >&2\nexec /bin/sh -c \"$2\"\n");
    assertThat(noisy.toFile().setExecutable(true)).isTrue();
    try (Sshd own =
            Sshd.start(
                Files.createDirectory(folder.resolve("own")),
                "ForceCommand " + noisy + " -c \"$SSH_ORIGINAL_COMMAND\"");
        Machines lone = new Machines(new Inventory(List.of(own.entry("web"))))) {
      Finished finished = lone.machine(new Host("web")).run(Command.of("echo", "data")).orFail();
      assertThat(finished.stdout().text()).isEqualTo("data\n");
      assertThat(finished.stderr().text()).isEmpty();
    }
  }

  @Test
  void the_key_may_be_in_an_agent(@TempDir Path folder) throws Exception {
    Path socket = folder.resolve("agent");
    Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
    try {
      for (int i = 0; i < 600 && !Files.exists(socket); i++) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      ProcessBuilder add = new ProcessBuilder("ssh-add", "-q", key().toString());
      add.environment().put("SSH_AUTH_SOCK", socket.toString());
      assertThat(add.start().waitFor()).isZero();
      Entry with = sshd.entry("web", Map.of("agent", socket.toString()), key());
      Entry without =
          new Entry(
              with.kind(),
              with.type(),
              with.name(),
              List.of(),
              with.settings(),
              Map.of(),
              Map.of(),
              Map.of());
      try (Machines own = new Machines(new Inventory(List.of(without)))) {
        own.machine(new Host("web")).run(Command.of("true")).orFail();
      }
    } finally {
      agent.destroyForcibly();
    }
  }

  private Path key() {
    return sshd.folder().resolve("user_key");
  }

  private static void assertFails(
      Entry entry, Command command, FailureKind kind, Effect effect, String... words) {
    try (Machines machines = new Machines(new Inventory(List.of(entry)))) {
      assertThatThrownBy(() -> machines.machine(new Host(entry.name())).run(command))
          .isInstanceOfSatisfying(
              ActionException.class,
              failure -> {
                assertThat(failure.reason()).contains(words);
                assertThat(failure.kind()).isEqualTo(kind);
                assertThat(failure.effect()).isEqualTo(effect);
              });
    }
  }
}
