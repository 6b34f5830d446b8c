package io.byteport.sim.host;

import io.byteport.sim.host.program.Call;
import io.byteport.sim.host.program.Reply;
import io.byteport.sim.host.program.Shelf;
import io.byteport.sim.host.scenario.Scenario;
import io.byteport.sim.host.system.Insides;
import io.byteport.sim.host.system.Lineages;
import io.byteport.sim.host.system.UnitState;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A machine that exists only in memory. What runs on it are programs that are known here by name,
 * and the scripts of the host adapter by the name that they have in a list of processes: their text
 * is not read. Everything else is the machine's own: files with sizes and ages on filesystems that
 * they fill, processes that hold memory and files, units, images, a journal. Time is that of a
 * clock, and passes only there. Safe for several threads.
 */
public final class SimulatedHost {
  private static final String SCRIPT = "byteport-";

  private final Insides insides;
  private final Shelf shelf;
  private final List<Ran> ran = new ArrayList<>();

  /**
   * Something that was run.
   *
   * @param name of the program or script
   * @param arguments without those of the shell
   * @param changed whether it has changed something
   */
  public record Ran(Instant at, String name, List<String> arguments, int status, boolean changed) {
    public Ran {
      arguments = List.copyOf(arguments);
    }

    @Override
    public String toString() {
      return (name + " " + String.join(" ", arguments)).strip();
    }
  }

  public SimulatedHost(Scenario scenario, InstantSource clock) {
    this.insides = new Insides(scenario, clock);
    this.shelf = Shelf.of(scenario);
  }

  public Scenario scenario() {
    return insides.scenario();
  }

  /**
   * Runs a program to its end.
   *
   * @param argv the program and its arguments; of {@code /bin/sh -c TEXT NAME ...} the name counts
   */
  public synchronized Reply run(List<String> argv, Supplier<byte[]> stdin) {
    boolean script =
        argv.size() > 3
            && argv.get(0).equals("/bin/sh")
            && argv.get(1).equals("-c")
            && argv.get(3).startsWith(SCRIPT);
    String name = script ? argv.get(3) : argv.getFirst();
    List<String> arguments = argv.subList(script ? 4 : 1, argv.size());
    int before = insides.changes().all().size();
    Reply reply = shelf.run(name, new Call(arguments, stdin, insides));
    boolean changed = insides.changes().all().size() > before;
    ran.add(new Ran(insides.now(), name, arguments, reply.status(), changed));
    return reply;
  }

  /** Everything that was run, in order. */
  public synchronized List<Ran> ran() {
    return List.copyOf(ran);
  }

  /** Everything that has changed, in words, in order. */
  public synchronized List<String> changes() {
    return insides.changes().all();
  }

  /** What systemd says of a unit, such as {@code active}; {@code inactive} where there is none. */
  public synchronized String state(String unit) {
    return insides.unit(unit).map(UnitState::active).orElse("inactive");
  }

  /** Resident bytes of all processes of a unit, by its name with its suffix. */
  public synchronized long memory(String unit) {
    return insides.tasks().all().stream()
        .filter(task -> task.spec().unit().filter(unit::equals).isPresent())
        .mapToLong(task -> task.memory(insides.now()))
        .sum();
  }

  /** Whether something has that path; links are not followed. */
  public synchronized boolean has(String path) {
    return insides.files().at(path).isPresent();
  }

  /**
   * The certificate that its web server shows, chain and all, and the key to it: as they lay on
   * disk when they were last read. Empty where nothing is served.
   */
  public synchronized Optional<Lineages.Served> served() {
    return insides.lineages().served();
  }

  /** Where the chains of its certificates end; empty where it has none. */
  public synchronized Optional<X509Certificate> root() {
    return insides.lineages().root();
  }

  /** What a small file holds; empty where there is none. */
  public synchronized String text(String path) {
    return insides.files().at(path).map(inode -> inode.text(insides.now())).orElse("");
  }
}
