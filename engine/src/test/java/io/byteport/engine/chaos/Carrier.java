package io.byteport.engine.chaos;

import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.channel.Message;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.outbox.Told;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Driver;
import io.byteport.engine.run.DriverParts;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.RandomIds;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.SystemTimers;
import io.byteport.engine.spi.ActionRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A process that carries runs on whose state lies in folders, in hurried time. */
public final class Carrier {
  private static final String TOLD = "world";

  private static final int HURRY = 300;

  /** Begins a line that is a verdict; whatever else is printed is a log. */
  private static final String VERDICT = "verdict";

  private final int world;
  private final boolean repeatable;
  private final Faults faults;
  private final SystemTimers timers;
  private volatile Duration set = Duration.ZERO;

  private Carrier(int world, boolean repeatable, Faults faults) {
    this.world = world;
    this.repeatable = repeatable;
    this.faults = faults;
    this.timers = new SystemTimers(this::now);
  }

  /** The same for all processes, and so much faster than real time. */
  private Instant now() {
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    return noon.plus(
        Duration.between(Instant.ofEpochSecond(1_790_000_000L), InstantSource.system().instant())
            .multipliedBy(HURRY)
            .plus(set));
  }

  /**
   * {@code begin WORLD REPEATABLE FAULT FOLDER PLAN [STEP]} opens a run and carries it to its end,
   * and after each change sets its clock by a step, back and forth by turns; {@code go-on WORLD
   * REPEATABLE FAULT FOLDER...} carries on what lies in each folder. Prints a {@link Verdict} for
   * each folder. The run and its service have the folder's name.
   */
  public static void main(String[] args) throws InterruptedException, IOException {
    Carrier carrier =
        new Carrier(Integer.parseInt(args[1]), Boolean.parseBoolean(args[2]), Faults.kill(args[3]));
    if (args[0].equals("begin")) {
      Duration step = args.length > 6 ? Duration.parse(args[6]) : Duration.ZERO;
      carrier.faults.then(
          "answered", () -> carrier.set = carrier.set.isZero() ? step : Duration.ZERO);
      carrier.carry(Path.of(args[4]), ChainCourse.Plan.parse(args[5]));
    } else {
      for (String folder : List.of(args).subList(4, args.length)) {
        carrier.carry(Path.of(folder), null);
      }
    }
    System.exit(0);
  }

  private void carry(Path folder, ChainCourse.@org.jspecify.annotations.Nullable Plan plan)
      throws InterruptedException {
    String name = folder.getFileName().toString();
    try (RunStore real = SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY)) {
      RunStore store = WatchedStore.of(real, faults, what -> {});
      Told told = new Told(real.outbox(), timers, Map.of(TOLD, this::tell));
      Driver driver =
          new Driver(
              new DriverParts(
                  store,
                  new ActionRegistry(
                      List.of(new RemoteWorld(world, "carrier", repeatable, faults))),
                  ChainCourse::before,
                  timers,
                  new RandomIds(),
                  Redactor.SHAPES_ONLY,
                  signal -> Optional.empty(),
                  List.of(),
                  told.dispatch()));
      if (plan == null) {
        driver.recover();
      } else {
        driver.start(ChainCourse.opened(name, name, plan, now()));
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(150);
      while (!isOver(real) && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      System.out.println(verdict(real, name));
      driver.close();
      told.close();
    }
  }

  private void tell(Message message) throws ChannelException {
    faults.at("notice");
    try {
      RemoteWorld.ask(
          world,
          Map.of("run", message.run().value(), "title", message.notice().title()),
          "/notice",
          () -> {});
    } catch (IOException e) {
      throw ChannelException.later(String.valueOf(e.getMessage()), null, e);
    }
    faults.at("noticed");
  }

  private static boolean isOver(RunStore store) {
    try {
      return store.unfinished().isEmpty()
          && store.undelivered().isEmpty()
          && store.outbox().load(TOLD).waiting() == 0;
    } catch (StoreException away) {
      return false;
    }
  }

  private Verdict verdict(RunStore store, String name) {
    List<JournalEntry> entries = store.entries(new RunId(name));
    Set<String> counted = new HashSet<>();
    for (JournalEntry entry : entries) {
      if (entry instanceof Event.ChangeIntended intent) {
        counted.add(intent.intent().value());
      } else if (entry instanceof Event.ChangeFinished finished
          && finished.result() instanceof ActionResult.Failed failed
          && failed.certainlyNothing()) {
        counted.remove(finished.intent().value());
      }
    }
    int used = 0;
    boolean free = true;
    if (!entries.isEmpty()) {
      Claim.Limit limit =
          ChainCourse.Plan.parse(((Event.Opened) entries.getFirst()).runbookText()).limit(name);
      used = store.check(new RunId("x"), List.of(limit), now(), false).getFirst().used();
      free =
          store
              .check(new RunId("x"), List.of(ChainCourse.Plan.lock(name)), now(), false)
              .getFirst()
              .granted();
    }
    String result =
        store.run(new RunId(name)).map(RunSummary::result).map(String::valueOf).orElse("never");
    return new Verdict(
        name, result, isOver(store) && free, counted.size(), used, faults.passed("write"));
  }

  /**
   * What became of a run.
   *
   * @param result {@code never} where there is no such run
   * @param over whether nothing of it is left to do, and nothing locked
   * @param counted intents in the journal of which it is not certain that nothing happened
   * @param used what the ledger has counted
   * @param writes how often this process has written so far
   */
  record Verdict(String name, String result, boolean over, int counted, int used, int writes) {
    @Override
    public String toString() {
      return String.join(
          "\t",
          VERDICT,
          name,
          result,
          Boolean.toString(over),
          Integer.toString(counted),
          Integer.toString(used),
          Integer.toString(writes));
    }

    /** The verdicts among what a carrier prints. */
    static List<Verdict> among(List<String> lines) {
      return lines.stream()
          .filter(line -> line.startsWith(VERDICT + "\t"))
          .map(Verdict::parse)
          .toList();
    }

    private static Verdict parse(String line) {
      String[] parts = line.split("\t");
      return new Verdict(
          parts[1],
          parts[2],
          Boolean.parseBoolean(parts[3]),
          Integer.parseInt(parts[4]),
          Integer.parseInt(parts[5]),
          Integer.parseInt(parts[6]));
    }
  }
}
