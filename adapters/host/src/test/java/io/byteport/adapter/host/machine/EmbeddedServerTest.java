package io.byteport.adapter.host.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Inventory.Entry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way over SSH as far as a server in this process goes; OpenSSH's is met in another test. */
class EmbeddedServerTest {
  @TempDir Path folder;
  private EmbeddedServer server;

  @BeforeEach
  void start() throws Exception {
    server = new EmbeddedServer(folder);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void arguments_arrive_as_they_are() throws Exception {
    try (Machines machines = new Machines(new Inventory(List.of(server.entry("web"))))) {
      Finished finished =
          machines
              .machine(new Host("web"))
              .run(
                  Command.script(
                          "for a in \"$@\"; do printf %s \"$a\" | od -An -v -tx1 | tr -d ' \\n"
                              + "'; echo; done",
                          MachineContract.NASTY)
                      .keeping(1 << 20))
              .orFail();
      assertThat(
              finished
                  .stdout()
                  .text()
                  .lines()
                  .map(hex -> new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8))
                  .toList())
          .isEqualTo(MachineContract.NASTY);
    }
  }

  @Test
  void status_and_outputs_come_back() throws Exception {
    try (Machines machines = new Machines(new Inventory(List.of(server.entry("web"))))) {
      Finished finished =
          machines
              .machine(new Host("web"))
              .run(
                  Command.script("cat; echo err >&2; exit 3", List.of())
                      .withStdin("in".getBytes(StandardCharsets.US_ASCII)));
      assertThat(finished.exitCode()).isEqualTo(3);
      assertThat(finished.stdout().text()).isEqualTo("in");
      assertThat(finished.stderr().text()).isEqualTo("err\n");
    }
  }

  @Test
  void a_wrong_password_is_forbidden_and_does_not_show() {
    assertFails(server.entry("web", "hunter2"), FailureKind.FORBIDDEN, "does not let agent in");
  }

  @Test
  void an_unknown_key_is_forbidden() {
    Map<String, Value> settings = new LinkedHashMap<>(server.entry("web").settings());
    settings.put("knownHosts", Value.of(folder.resolve("nothing").toString()));
    assertFails(with(settings), FailureKind.FORBIDDEN, "ssh-keyscan -p");
  }

  @Test
  void a_way_that_goes_in_a_circle_is_refused() {
    Map<String, Value> settings = new LinkedHashMap<>(server.entry("web").settings());
    settings.put("jump", Value.of("web"));
    assertFails(with(settings), FailureKind.INVALID, "goes in a circle");
  }

  @Test
  void a_port_that_is_none_is_refused() {
    Map<String, Value> settings = new LinkedHashMap<>(server.entry("web").settings());
    settings.put("port", Value.of(70_000.0));
    assertFails(with(settings), FailureKind.INVALID, "from 1 to 65535, found `70000`");
  }

  @Test
  void an_operator_is_shown_the_way() {
    try (Machines machines = new Machines(new Inventory(List.of(server.entry("web"))))) {
      assertThat(machines.prefix(new Host("web")))
          .startsWith("ssh", "-p")
          .endsWith("agent@127.0.0.1");
      assertThat(machines.prefix(new Host("localhost"))).isEmpty();
    }
  }

  private Entry with(Map<String, Value> settings) {
    Entry entry = server.entry("web");
    return new Entry(
        entry.kind(),
        entry.type(),
        entry.name(),
        List.of(),
        settings,
        entry.credentials(),
        Map.of(),
        Map.of());
  }

  private static void assertFails(Entry entry, FailureKind kind, String words) {
    try (Machines machines = new Machines(new Inventory(List.of(entry)))) {
      assertThatThrownBy(() -> machines.machine(new Host("web")).run(Command.of("true")))
          .isInstanceOfSatisfying(
              ActionException.class,
              failure -> {
                assertThat(failure.reason()).contains(words).doesNotContain("hunter2");
                assertThat(failure.kind()).isEqualTo(kind);
                assertThat(failure.effect()).isEqualTo(Effect.NONE);
              });
    }
  }
}
