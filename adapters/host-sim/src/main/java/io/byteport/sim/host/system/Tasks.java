package io.byteport.sim.host.system;

import io.byteport.sim.host.scenario.Scenario.ProcessSpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What runs. Mutable; guarded by the machine. */
public final class Tasks {
  private final Files files;
  private final InstantSource clock;
  private final ChangeLog changes;
  private final List<Task> running = new ArrayList<>();
  private long last = 700;

  Tasks(Files files, InstantSource clock, ChangeLog changes) {
    this.files = files;
    this.clock = clock;
    this.changes = changes;
  }

  void add(ProcessSpec spec) {
    running.add(
        new Task(
            spec, ++last, clock.instant().minus(spec.age()), clock.instant(), false, opened(spec)));
  }

  private List<Inode> opened(ProcessSpec spec) {
    List<Inode> open = new ArrayList<>();
    for (String path : spec.opens()) {
      files.at(path).ifPresent(open::add);
    }
    return open;
  }

  public List<Task> all() {
    return List.copyOf(running);
  }

  public Optional<Task> of(long pid) {
    return running.stream().filter(task -> task.pid() == pid).findFirst();
  }

  /** The first of a unit. */
  public Optional<Task> of(String unit) {
    return running.stream()
        .filter(task -> task.spec().unit().filter(unit::equals).isPresent())
        .findFirst();
  }

  /** Ends one; what it had open without a name is free then. */
  public void end(Task task) {
    if (running.remove(task)) {
      changes.add("ended " + task.spec().name() + " (" + task.pid() + ")");
    }
  }

  /** Whoever has one open has another instead, which grows from now on. */
  public void opensAnew(Inode old, Inode fresh) {
    old.restsFor(fresh, clock.instant());
    running.forEach(task -> task.opensAnew(old, fresh));
  }

  /** Starts all of a unit anew. */
  void startAgain(List<ProcessSpec> specs) {
    for (ProcessSpec spec : specs) {
      last += 13;
      running.add(new Task(spec, last, clock.instant(), clock.instant(), true, opened(spec)));
      changes.add("started " + spec.name() + " (" + last + ")");
    }
  }

  /** All that is open. */
  public List<Inode> held() {
    return running.stream().flatMap(task -> task.open().stream()).toList();
  }
}
