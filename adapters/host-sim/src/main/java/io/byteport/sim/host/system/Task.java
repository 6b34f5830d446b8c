package io.byteport.sim.host.system;

import io.byteport.sim.host.scenario.Scenario.ProcessSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A process. Mutable; guarded by the machine. */
public final class Task {
  private static final double HOUR = Duration.ofHours(1).toMillis();

  private final ProcessSpec spec;
  private final long pid;
  private final Instant startedAt;
  private final Instant since;
  private final long memory;
  private final double cpu;
  private final List<Inode> open;
  private int nice;
  private int oomScore;

  Task(
      ProcessSpec spec,
      long pid,
      Instant startedAt,
      Instant since,
      boolean anew,
      List<Inode> open) {
    this.spec = spec;
    this.pid = pid;
    this.startedAt = startedAt;
    this.since = since;
    this.memory = anew ? spec.atStart() : spec.memory();
    this.cpu = anew ? spec.cpuAtStart() : spec.cpu();
    this.open = new ArrayList<>(open);
  }

  public ProcessSpec spec() {
    return spec;
  }

  public long pid() {
    return pid;
  }

  public Instant startedAt() {
    return startedAt;
  }

  /** Resident bytes. */
  public long memory(Instant now) {
    double hours = Math.max(0, Duration.between(since, now).toMillis()) / HOUR;
    return memory + Math.round(spec.grows() * hours);
  }

  /** What it has open, with or without a name. */
  public List<Inode> open() {
    return List.copyOf(open);
  }

  void opensAnew(Inode old, Inode fresh) {
    open.replaceAll(each -> each == old ? fresh : each);
  }

  public int nice() {
    return nice;
  }

  public void nice(int value) {
    nice = value;
  }

  public int oomScore() {
    return oomScore;
  }

  public void oomScore(int value) {
    oomScore = value;
  }

  /** Percent of one processor. */
  public double cpu() {
    return cpu;
  }

  /** Seconds of processor since its start. */
  public double busy(Instant now) {
    return Duration.between(startedAt, now).toMillis() / 1000.0 * cpu / 100;
  }
}
