package io.byteport.engine.run;

import io.byteport.engine.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs runs: does what their courses want, writes down what happens before it matters, and tells
 * people at the end. Everything that a run does to the world passes through here, and no change is
 * made whose intent is not on disk. Safe for several threads.
 */
public final class Driver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Driver.class);

  /** How long an action may take to end when the driver is closed, before it is interrupted. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final DriverParts parts;
  private final RunServices services;
  private final Map<RunId, LiveRun> runs = new ConcurrentHashMap<>();
  private volatile boolean closed;

  public Driver(DriverParts parts) {
    this.parts = parts;
    this.services = RunServices.of(parts);
  }

  /**
   * Opens a run and lets it go on in the background; or, where another run of the same mode is open
   * about the same target, opens none.
   *
   * @return the run that is open about the target now
   * @throws IllegalArgumentException if the runbook in the event cannot be read
   * @throws io.byteport.engine.journal.StoreException if the store cannot be used; no run is open
   *     then
   */
  public RunId start(Event.Opened opened) {
    requireOpen();
    Event.Opened clean = redacted(opened);
    Course before = parts.courses().before(clean);
    RunId id = clean.run();
    return parts
        .store()
        .open(clean)
        .orElseGet(
            () -> {
              LiveRun run = new LiveRun(id, services, this, null);
              runs.put(id, run);
              run.begin(before, clean);
              return id;
            });
  }

  /**
   * Goes on with one run that an earlier process left unfinished; nothing where it is going on here
   * already.
   */
  public void resume(RunId id) {
    requireOpen();
    LiveRun run = new LiveRun(id, services, this, null);
    if (runs.putIfAbsent(id, run) == null) {
      LOG.info("run {} goes on", id);
      run.recover();
    }
  }

  /**
   * Opens a run for whoever {@linkplain #carry carries} it on; or, where another run of the same
   * mode is open about the same target, opens none.
   *
   * @return the run that is open about the target now
   * @throws IllegalArgumentException if the runbook in the event cannot be read
   * @throws io.byteport.engine.journal.StoreException if the store cannot be used
   */
  public RunId open(Event.Opened opened) {
    requireOpen();
    Event.Opened clean = redacted(opened);
    parts.courses().before(clean);
    return parts.store().openDue(clean).orElse(clean.run());
  }

  /**
   * Claims a run and carries it on from its journal, until it has ended or has long to wait.
   * Between two calls no process holds anything of the run in memory.
   *
   * @param patience waits up to this long are waited for here
   * @return how it was left; never fails. Where this process carries it on already, how that is
   *     left.
   */
  public CompletionStage<Carried> carry(RunId id, Duration patience) {
    requireOpen();
    LiveRun run = new LiveRun(id, services, this, patience);
    LiveRun here = runs.putIfAbsent(id, run);
    if (here == null) {
      run.recover();
      return run.carried();
    }
    return here.carried();
  }

  /**
   * Tries again to deliver the report of a run that has ended.
   *
   * @param tried is run once, after the first attempt, whatever came of it
   */
  public void deliver(RunId id, Runnable tried) {
    requireOpen();
    List<JournalEntry> entries = parts.store().entries(id);
    if (!entries.isEmpty() && entries.getFirst() instanceof Event.Opened opened) {
      Recovered.report(entries)
          .ifPresent(report -> services.delivery().report(opened, report, tried));
    }
  }

  /**
   * Goes on with every run that has not ended, and delivers the reports that were not delivered. To
   * be called once, after a start.
   */
  public void recover() {
    requireOpen();
    List<RunId> undelivered = parts.store().undelivered();
    parts.store().unfinished().forEach(this::resume);
    undelivered.forEach(id -> deliver(id, () -> {}));
  }

  /**
   * Tells a run what its source says now.
   *
   * @return false where the run is not going on here
   */
  public boolean signalChanged(RunId id, Signal.Status status) {
    LiveRun run = runs.get(id);
    if (run == null || run.isOver()) {
      return false;
    }
    run.post(new Event.SignalChanged(now(), status));
    return true;
  }

  /**
   * Answers whatever a run asks under a guardrail now.
   *
   * @param by who answers, for the journal
   * @return false where the run asks no such question now
   */
  public boolean approve(RunId id, String guardrail, boolean approved, String by) {
    LiveRun run = runs.get(id);
    Optional<Command.Ask> question = run == null ? Optional.empty() : run.question(guardrail);
    return question.isPresent()
        && answer(
            id, new Event.Approved(now(), guardrail, approved, by, question.get().hash(), null));
  }

  /**
   * Answers a question of a run. A yes to another plan than the one that is asked about is written
   * to the journal and ignored.
   *
   * @return false where the run asks no such question now
   */
  public boolean answer(RunId id, Event.Approved answer) {
    LiveRun run = runs.get(id);
    if (run == null || run.question(answer.guardrail()).isEmpty()) {
      return false;
    }
    run.post(answer);
    return true;
  }

  /**
   * The end of a run, once it was tried to tell people. Fails with {@link NoSuchElementException}
   * where there is no such run, and is cancelled when the driver is closed before that.
   */
  public CompletionStage<RunReport> done(RunId id) {
    LiveRun run = runs.get(id);
    if (run != null) {
      return run.done().copy();
    }
    return Recovered.report(parts.store().entries(id))
        .map(CompletableFuture::completedFuture)
        .orElseGet(
            () ->
                CompletableFuture.failedFuture(
                    new NoSuchElementException("run " + id + " is not going on")));
  }

  /** How many runs this process has in memory; one that has long to wait is not among them. */
  public int going() {
    return runs.size();
  }

  /** The run is over. */
  void ended(RunId id) {
    runs.remove(id);
  }

  /**
   * Stops between two steps. Runs that have not ended go on at the next {@link #recover}, and what
   * people have not been told they are told then. Afterwards nothing of the driver uses the store.
   */
  @Override
  public void close() {
    closed = true;
    List<LiveRun> open = List.copyOf(runs.values());
    open.forEach(LiveRun::stop);
    try {
      for (LiveRun run : open) {
        run.awaitQuiet(GRACE);
      }
      services.delivery().close(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    runs.clear();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the driver is closed");
    }
  }

  private Event.Opened redacted(Event.Opened opened) {
    Signal signal = opened.signal();
    Signal clean =
        new Signal(
            signal.type(),
            signal.source(),
            signal.severity(),
            signal.status(),
            parts.redactor().redact(signal.labels()),
            signal.startedAt(),
            signal.value() == null ? null : parts.redactor().redact(signal.value()),
            signal.fingerprint(),
            signal.link() == null ? null : parts.redactor().redact(signal.link()));
    return new Event.Opened(
        opened.at(),
        opened.run(),
        opened.runbook(),
        opened.runbookVersion(),
        opened.runbookText(),
        opened.mode(),
        clean,
        opened.params(),
        parts.redactor().redact(opened.inputs()),
        parts.redactor().redact(opened.target()),
        opened.targetKey(),
        opened.policy());
  }

  private Instant now() {
    return parts.timers().clock().instant();
  }
}
