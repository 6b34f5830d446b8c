package io.byteport.sim.host.scenario;

import io.byteport.sim.host.scenario.Scenario.CertificateSpec;
import io.byteport.sim.host.scenario.Scenario.CommandSpec;
import io.byteport.sim.host.scenario.Scenario.ContainersSpec;
import io.byteport.sim.host.scenario.Scenario.EffectSpec;
import io.byteport.sim.host.scenario.Scenario.FileSpec;
import io.byteport.sim.host.scenario.Scenario.HardwareSpec;
import io.byteport.sim.host.scenario.Scenario.ImageSpec;
import io.byteport.sim.host.scenario.Scenario.JournalSpec;
import io.byteport.sim.host.scenario.Scenario.LogLine;
import io.byteport.sim.host.scenario.Scenario.MountSpec;
import io.byteport.sim.host.scenario.Scenario.ProcessSpec;
import io.byteport.sim.host.scenario.Scenario.RotationSpec;
import io.byteport.sim.host.scenario.Scenario.UnitSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Turns YAML into a {@link Scenario}. */
final class ScenarioReader {
  private static final long GIB = 1L << 30;
  private static final Duration SOME_TIME = Duration.ofDays(30);
  private static final LoadSettings SETTINGS = LoadSettings.builder().build();

  private final String source;

  ScenarioReader(String source) {
    this.source = source;
  }

  Scenario read(String text) {
    Optional<Node> root;
    try {
      root = new Compose(SETTINGS).composeString(text);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new ScenarioException(source, line, e.getProblem());
    }
    Node node = root.orElseThrow(() -> new ScenarioException(source, 1, "the file is empty"));
    return new Section(source, node).readBy(this::scenario);
  }

  private Scenario scenario(Section s) {
    return new Scenario(
        s.required("name"),
        instant(s.text("startAt", "2026-01-05T10:00:00Z")),
        s.section("settings", ScenarioReader::settings).orElse(Map.of()),
        s.map("labels"),
        s.map("annotations"),
        s.section("hardware", ScenarioReader::hardware).orElseGet(this::usualHardware),
        s.each("mounts", ScenarioReader::mount),
        s.each("files", ScenarioReader::file),
        s.each("processes", ScenarioReader::process),
        s.each("units", ScenarioReader::unit),
        s.section("journal", ScenarioReader::journal),
        s.each("kernelLog", ScenarioReader::line),
        s.section("containers", ScenarioReader::containers),
        s.section("caches", ScenarioReader::caches).orElse(Map.of()),
        s.each("rotations", ScenarioReader::rotation),
        s.each("certificates", ScenarioReader::certificate),
        s.each("commands", ScenarioReader::command));
  }

  private Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new ScenarioException(source, 1, "`startAt` is no time: `" + text + "`");
    }
  }

  private static Map<String, List<String>> settings(Section s) {
    Map<String, List<String>> settings = new LinkedHashMap<>();
    for (String key : List.of("programs", "services")) {
      settings.put(key, s.texts(key));
    }
    return settings;
  }

  private HardwareSpec usualHardware() {
    return hardware(new Section(source, new Compose(SETTINGS).composeString("{}").orElseThrow()));
  }

  private static HardwareSpec hardware(Section s) {
    return new HardwareSpec(
        s.text("os", "Debian GNU/Linux 13 (trixie)"),
        s.text("kernel", "Linux 6.12.48+deb13-amd64"),
        s.text("instanceId", ""),
        s.duration("up", SOME_TIME),
        (int) s.number("cpus", 4),
        s.size("memory", 16 * GIB),
        s.size("otherMemory", 2 * GIB),
        s.size("swap", 0),
        s.size("swapUsed", 0),
        s.map("busy"));
  }

  private static MountSpec mount(Section s) {
    long size = s.size("size", 100 * GIB);
    return new MountSpec(
        s.required("path"),
        s.text("device", "/dev/sda1"),
        s.text("type", "ext4"),
        size,
        s.size("deviceSize", size),
        s.size("reserved", 0),
        s.size("other", 0),
        s.number("inodes", 6_553_600),
        s.number("otherInodes", 200_000));
  }

  private static FileSpec file(Section s) {
    return new FileSpec(
        s.matching("path", s.required("path"), "/.*[^/]"),
        s.text("text"),
        s.text("link"),
        s.flag("directory"),
        s.size("size", 0),
        (int) s.number("count", 1),
        s.duration("age", Duration.ZERO),
        s.duration("apart", Duration.ofDays(1)),
        s.size("grows", 0),
        s.decimal("compressesTo", 10),
        s.text("mode", "644"),
        s.text("owner", "root"));
  }

  private static ProcessSpec process(Section s) {
    long memory = s.size("memory", 10 * (1L << 20));
    String name = s.required("name");
    return new ProcessSpec(
        name,
        s.text("command", "/usr/bin/" + name),
        s.text("unit"),
        memory,
        s.size("atStart", memory),
        s.size("grows", 0),
        s.decimal("cpu", 0.1),
        s.decimal("cpuAtStart", s.decimal("cpu", 0.1)),
        s.duration("age", SOME_TIME.dividedBy(2)),
        s.texts("opens"),
        (int) s.number("sockets", 2),
        (int) s.number("threads", 4));
  }

  private static UnitSpec unit(Section s) {
    return new UnitSpec(
        s.required("name"),
        s.matching("state", s.text("state", "active"), "active|inactive|failed|activating"),
        (int) s.number("restarts", 0),
        s.duration("age", SOME_TIME.dividedBy(2)),
        s.duration("stopsIn", Duration.ofSeconds(1)),
        s.size("memoryMax", 0),
        s.text("failsToStart"));
  }

  private static JournalSpec journal(Section s) {
    return new JournalSpec(
        s.size("size", 0), (int) s.number("days", 30), s.each("lines", ScenarioReader::line));
  }

  private static LogLine line(Section s) {
    return new LogLine(
        s.text("unit", ""),
        s.duration("age", Duration.ZERO),
        s.text("level", "info"),
        s.required("text"));
  }

  private static ContainersSpec containers(Section s) {
    return new ContainersSpec(
        s.matching("runtime", s.text("runtime", "docker"), "docker|containerd"),
        s.each("images", ScenarioReader::image),
        s.size("buildCache", 0),
        s.size("stopped", 0));
  }

  private static ImageSpec image(Section s) {
    return new ImageSpec(
        s.required("name"), s.size("size", GIB), s.flag("used"), s.duration("age", SOME_TIME));
  }

  private static Map<String, Long> caches(Section s) {
    Map<String, Long> caches = new LinkedHashMap<>();
    for (String manager : List.of("apt", "yum", "dnf", "pip", "npm")) {
      long size = s.size(manager, -1);
      if (size >= 0) {
        caches.put(manager, size);
      }
    }
    return caches;
  }

  private static RotationSpec rotation(Section s) {
    return new RotationSpec(
        s.required("path"), (int) s.number("keep", 4), s.text("compress", "true").equals("true"));
  }

  private static CertificateSpec certificate(Section s) {
    String name = s.required("name");
    List<String> domains = s.texts("domains");
    return new CertificateSpec(
        name,
        domains.isEmpty() ? List.of(name) : domains,
        s.duration("age", SOME_TIME),
        s.duration("left", SOME_TIME.multipliedBy(2)),
        s.text("refused"));
  }

  private static CommandSpec command(Section s) {
    return new CommandSpec(
        s.texts("run"),
        s.text("prints", ""),
        s.text("complains", ""),
        (int) s.number("status", 0),
        s.each("effects", ScenarioReader::effect));
  }

  private static EffectSpec effect(Section s) {
    return new EffectSpec(
        s.section("write", ScenarioReader::file),
        s.text("delete"),
        s.text("unit"),
        s.text("state", "active"));
  }
}
