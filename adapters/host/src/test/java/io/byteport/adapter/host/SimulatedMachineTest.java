package io.byteport.adapter.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Inventory.Entry;
import io.byteport.engine.spi.Secret;
import io.byteport.sim.host.SimulatedHostServer;
import io.byteport.sim.host.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The actions meet a simulated machine over SSH, and it answers as this one does. */
class SimulatedMachineTest {
  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
  @TempDir Path folder;

  private static final String MACHINE =
      """
      name: localhost
      settings: { services: [app], programs: ["journalctl --vacuum-size=*"] }
      hardware: { os: Some Linux, memory: 8Gi, otherMemory: 1Gi, cpus: 2, busy: { user: 30, iowait: 5 } }
      mounts:
        - { path: /, size: 100Gi, other: 40Gi }
      files:
        - { path: /var/log/app/debug.log, size: 10Gi, age: 3d }
        - { path: /var/log/app/lastlog, size: 1Gi, age: 90d }
        - { path: "/tmp/build/%d.o", size: 5000, count: 3, age: 9d }
        - { path: /tmp/out, link: /etc }
        - { path: /etc/app.conf, text: "a: 1" }
        - { path: /var/backups/keep, directory: true }
      processes:
        - { name: java, command: java -Xmx1g -jar app.jar, unit: app.service, memory: 2Gi, cpu: 40 }
      units:
        - { name: app.service, restarts: 3 }
      journal: { size: 1Gi, days: 30, lines: [ { unit: app.service, age: 1m, text: "it \\"broke\\"" } ] }
      containers:
        images: [ { name: unused, size: 3G, age: 10d } ]
      caches: { apt: 700Mi }
      """;

  private interface Story {
    void on(Station machine, SimulatedHostServer server) throws Exception;
  }

  private void on(String scenario, Story story) throws Exception {
    try (SimulatedHostServer server =
            SimulatedHostServer.start(Scenario.parse(scenario, "test"), InstantSource.fixed(NOW));
        HostAdapter adapter = new HostAdapter(new Inventory(List.of(entry(server))))) {
      story.on(new Station(adapter, NOW), server);
    }
  }

  private Entry entry(SimulatedHostServer server) throws IOException {
    Path known = Files.writeString(folder.resolve("known_hosts"), server.knownHost());
    Value services = Value.of(List.of(Value.of("app")));
    Value programs = Value.of(List.of(Value.of("journalctl --vacuum-size=*")));
    return new Entry(
        "host",
        "host",
        "localhost",
        List.of(),
        Map.of(
            "address", Value.of(server.address()),
            "user", Value.of(SimulatedHostServer.USER),
            "knownHosts", Value.of(known.toString()),
            "services", services,
            "programs", programs),
        Map.of("password", new Secret("a test", server::password, value -> {})),
        Map.of(),
        Map.of());
  }

  private static StructValue inputs(Object... namesAndValues) {
    return Station.with(namesAndValues).with("host", Value.of("localhost"));
  }

  @Test
  void reads_find_what_the_scenario_says() throws Exception {
    on(
        MACHINE,
        (machine, server) -> {
          StructValue disk = machine.read("host.filesystem", inputs("path", "/var/log"));
          assertThat(disk).isNotNull();
          assertThat(disk.get("mount")).isEqualTo(Value.of("/"));
          assertThat(disk.get("size")).isEqualTo(Value.of(new DataSize(100L << 30)));
          StructValue memory = machine.read("host.memory", inputs("top", 3));
          assertThat(memory).isNotNull();
          assertThat(memory.get("used")).isEqualTo(Value.of(new DataSize(3L << 30)));
          assertThat(memory.toString()).contains("java");
          assertThat(machine.read("host.unit", inputs("unit", "app")))
              .hasToString(
                  String.valueOf(machine.read("host.unit", inputs("unit", "app.service"))));
          assertThat(machine.read("host.unit", inputs("unit", "none"))).isNull();
          assertThat(String.valueOf(machine.read("host.info", inputs()))).contains("Some Linux");
          assertThat(
                  String.valueOf(machine.read("host.cpu", inputs("over", Duration.ofSeconds(5)))))
              .as("what the hardware says, and what the process takes of it")
              .contains("user=PercentValue[value=50%]");
          assertThat(
                  String.valueOf(
                      machine.read(
                          "host.journal",
                          inputs("unit", "app", "since", Duration.ofHours(1), "lines", 10))))
              .contains("it \"broke\"");
          assertThat(server.host().changes()).isEmpty();
        });
  }

  @Test
  void changes_change_it() throws Exception {
    on(
        MACHINE,
        (machine, server) -> {
          machine.change(
              "host.compressFiles",
              inputs(
                  "roots",
                  List.of("/var/log"),
                  "largerThan",
                  Value.of(new DataSize(100_000_000)),
                  "olderThan",
                  Duration.ofDays(1)));
          assertThat(server.host().has("/var/log/app/debug.log.gz")).isTrue();
          assertThat(server.host().has("/var/log/app/lastlog")).isTrue();
          machine.change("host.restartUnit", inputs("unit", "app"));
          machine.change("host.pruneImages", inputs("runtime", "docker"));
          machine.change("host.cleanPackageCaches", inputs("managers", List.of("apt", "dnf")));
          machine.change(
              "shell.run",
              inputs("argv", List.of("journalctl", "--vacuum-size=200M"), "repeatable", true));
          StructValue backup =
              machine
                  .change(
                      "host.backupFiles",
                      inputs(
                          "files",
                          List.of("/etc/app.conf"),
                          "roots",
                          List.of("/etc"),
                          "root",
                          "/var/backups/keep",
                          "as",
                          "one"))
                  .output();
          assertThat(machine.change("host.restoreFiles", inputs("backup", backup.get("path"))))
              .isNotNull();
          assertThat(server.host().changes())
              .anyMatch(change -> change.equals("restarted app.service"))
              .anyMatch(change -> change.startsWith("deleted /var/cache/apt"))
              .anyMatch(change -> change.startsWith("wrote /etc/app.conf"));
        });
  }

  @Test
  void a_root_that_leads_out_is_refused_as_on_a_real_machine() throws Exception {
    on(
        MACHINE,
        (machine, server) ->
            assertThatThrownBy(
                    () ->
                        machine.change(
                            "host.deleteFiles",
                            inputs(
                                "roots",
                                List.of("/tmp/out"),
                                "olderThan",
                                Duration.ofDays(1),
                                "direct",
                                false,
                                "unread",
                                false,
                                "wholeDirectories",
                                false)))
                .hasMessageContaining("leads to /etc"));
  }

  /** The same files here and there; only this one's clock is a real one. */
  @Test
  void it_counts_as_this_machine_counts() throws Exception {
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "there is no /proc");
    Path root = Files.createDirectory(folder.toRealPath().resolve("tree"));
    Instant now = InstantSource.system().instant();
    List<String> specs = new ArrayList<>();
    Object[][] files = {
      {"a/one.log", 5000, 10}, {"a/two.log", 4096, 3}, {"a/b/three", 1, 30}, {"a/wtmp", 9000, 30},
      {"c/audit/x", 7000, 30}, {"c/empty", 0, 30}, {"d/old/1", 12_289, 30}, {"d/old/2", 4097, 30},
      {"d/new/1", 100, 30}, {"d/new/2", 100, 0}, {"top.log", 6000, 30}
    };
    for (Object[] file : files) {
      Path path = root.resolve((String) file[0]);
      Files.createDirectories(path.getParent());
      Files.write(path, new byte[(Integer) file[1]]);
      Instant age = now.minus(Duration.ofDays((Integer) file[2]));
      Files.setLastModifiedTime(path, FileTime.from(age));
      specs.add("  - { path: " + path + ", size: " + file[1] + ", age: " + file[2] + "d }");
    }
    for (String directory : List.of("d/old", "d/new")) {
      Files.setLastModifiedTime(root.resolve(directory), FileTime.from(Instant.EPOCH));
    }
    String scenario =
        "name: localhost\nmounts:\n  - { path: / }\nfiles:\n" + String.join("\n", specs) + "\n";
    on(
        scenario,
        (there, server) -> {
          try (HostAdapter local = new HostAdapter(new Inventory(List.of()))) {
            Station here = new Station(local, InstantSource.system());
            for (int round = 0; round < 3; round++) {
              boolean whole = round == 0;
              boolean narrow = round == 1;
              StructValue inputs =
                  inputs(
                      "roots",
                      List.of(whole ? root.resolve("d").toString() : root.toString()),
                      "olderThan",
                      Duration.ofDays(7),
                      "direct",
                      !whole && narrow,
                      "unread",
                      false,
                      "wholeDirectories",
                      whole);
              Station.Done done = there.change("host.deleteFiles", inputs);
              assertThat(done).isEqualTo(here.change("host.deleteFiles", inputs));
              assertThat(done.changed()).isTrue();
            }
            for (Object[] file : files) {
              String path = root.resolve((String) file[0]).toString();
              assertThat(server.host().has(path)).as(path).isEqualTo(Files.exists(Path.of(path)));
            }
          }
        });
  }
}
