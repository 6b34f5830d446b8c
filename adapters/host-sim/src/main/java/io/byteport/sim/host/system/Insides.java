package io.byteport.sim.host.system;

import io.byteport.sim.host.scenario.Scenario;
import io.byteport.sim.host.scenario.Scenario.FileSpec;
import io.byteport.sim.host.scenario.Scenario.ProcessSpec;
import io.byteport.sim.host.scenario.Scenario.UnitSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All of a machine that its programs look at. Mutable; guarded by the machine. */
public final class Insides {
  /** Where the journal is kept. */
  public static final String JOURNAL = "/var/log/journal/machine";

  private static final long JOURNAL_FILE = 128L << 20;

  private final Scenario scenario;
  private final InstantSource clock;
  private final ChangeLog changes = new ChangeLog();
  private final Files files;
  private final Tasks tasks;
  private final Images images;
  private final Lineages lineages;
  private final Map<String, UnitState> units = new LinkedHashMap<>();

  public Insides(Scenario scenario, InstantSource clock) {
    this.scenario = scenario;
    this.clock = clock;
    files = new Files(scenario.mounts(), clock, changes);
    scenario.files().forEach(files::add);
    scenario.journal().ifPresent(journal -> addJournal(journal.size(), journal.days()));
    scenario.caches().forEach((manager, size) -> files.add(sized(cache(manager), size)));
    lineages = new Lineages(scenario.certificates(), files, clock);
    images = new Images(scenario.containers(), files, clock);
    tasks = new Tasks(files, clock, changes);
    scenario.processes().forEach(tasks::add);
    for (UnitSpec unit : scenario.units()) {
      units.put(unit.name(), new UnitState(unit, clock.instant()));
    }
    changes.begin();
  }

  private void addJournal(long size, int days) {
    long number = Math.max(1, (size + JOURNAL_FILE - 1) / JOURNAL_FILE);
    for (long i = 0; i < number; i++) {
      String name = i == 0 ? "system.journal" : "system@" + i + ".journal";
      Duration age = Duration.ofDays(days).multipliedBy(i).dividedBy(number);
      files.add(aged(JOURNAL + "/" + name, Math.min(JOURNAL_FILE, size - i * JOURNAL_FILE), age));
    }
  }

  /** Where a package manager keeps what it fetched. */
  public static String cache(String manager) {
    return switch (manager) {
      case "apt" -> "/var/cache/apt/archives/packages.deb";
      case "pip" -> "/root/.cache/pip/http";
      case "npm" -> "/root/.npm/_cacache/content";
      default -> "/var/cache/" + manager + "/packages.rpm";
    };
  }

  private static FileSpec sized(String path, long size) {
    return aged(path, size, Duration.ofDays(20));
  }

  static FileSpec aged(String path, long size, Duration age) {
    return new FileSpec(
        path,
        Optional.empty(),
        Optional.empty(),
        false,
        size,
        1,
        age,
        Duration.ZERO,
        0,
        10,
        "644",
        "root");
  }

  public Scenario scenario() {
    return scenario;
  }

  public Instant now() {
    return clock.instant();
  }

  public ChangeLog changes() {
    return changes;
  }

  public Files files() {
    return files;
  }

  public Tasks tasks() {
    return tasks;
  }

  /** What certbot keeps and nginx serves. */
  public Lineages lineages() {
    return lineages;
  }

  public Images images() {
    return images;
  }

  /** Makes a file of that size, as of now. */
  public void write(String path, long size) {
    files.add(aged(path, size, Duration.ZERO));
    changes.add("wrote " + path);
  }

  /** By name, with its suffix. */
  public Optional<UnitState> unit(String name) {
    return Optional.ofNullable(units.get(name));
  }

  /**
   * Starts a unit anew, with all its processes.
   *
   * @return what it says if it does not come up
   */
  public Optional<String> restart(UnitState unit) {
    String name = unit.spec().name();
    List<ProcessSpec> mine = new ArrayList<>();
    for (Task task : tasks.all()) {
      if (task.spec().unit().filter(name::equals).isPresent()) {
        mine.add(task.spec());
        tasks.end(task);
      }
    }
    if (mine.isEmpty()) {
      scenario.processes().stream()
          .filter(spec -> spec.unit().filter(name::equals).isPresent())
          .forEach(mine::add);
    }
    unit.becomes(unit.spec().failsToStart().isPresent() ? "failed" : "active", now());
    changes.add("restarted " + name);
    if (unit.spec().failsToStart().isEmpty()) {
      tasks.startAgain(mine);
    }
    return unit.spec().failsToStart();
  }

  /** Says what state a unit is in from now on. */
  public void turn(String name, String state) {
    UnitState unit = units.get(name);
    if (unit != null && !unit.active().equals(state)) {
      unit.becomes(state, now());
      changes.add(name + " is " + state);
    }
  }
}
