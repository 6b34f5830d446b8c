package io.byteport.engine.run;

import io.byteport.engine.journal.FencedException;
import io.byteport.engine.journal.Letter;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run that is going on in this process. Events come in from anywhere and are taken one at a
 * time; in between, what the course of the run wants is done. While it wants time or an answer, no
 * thread is held.
 *
 * <p>The journal is the truth. When it cannot be written, the run stands still and forgets what it
 * had in memory; later it goes on from the journal as after a crash, except that an outcome which
 * is known already is not asked for again.
 */
final class LiveRun {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRun.class);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

  /** How often to look whether a run has ended that another process may carry on. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  /** How often a run that waits here looks whether another process has left it a letter. */
  private static final Duration LETTERS = Duration.ofSeconds(1);

  private final RunId id;
  private final RunServices services;
  private final Driver driver;
  private final Timers timers;
  private final RunStore store;
  private final Mailbox mailbox;
  private final Narration narration;
  private final CompletableFuture<RunReport> done = new CompletableFuture<>();
  private final CompletableFuture<Carried> carried = new CompletableFuture<>();

  /** Longer waits are not waited for here; null where all are. */
  private final @Nullable Duration patience;

  /** What is wanted now; also read by other threads. */
  private volatile @Nullable Command wanted;

  private volatile Timers.@Nullable Timer timer;

  // The rest is touched only by what the mailbox runs.
  private @Nullable Course course;
  private Event.@Nullable Opened opened;

  /** Grows with each event, so that an answer to what is no longer wanted is recognised. */
  private long turn;

  private final List<Event> early = new ArrayList<>();
  private final Map<IntentId, Instant> outcomes = new HashMap<>();
  private Event.@Nullable ChangeFinished unwritten;
  private Duration retry = FIRST_RETRY;
  private boolean reported;

  /**
   * @param patience how long to wait for time or an answer, before the run is left to whoever
   *     carries it on later; null for as long as it takes
   */
  LiveRun(RunId id, RunServices services, Driver driver, @Nullable Duration patience) {
    this.id = id;
    this.patience = patience;
    this.services = services;
    this.driver = driver;
    this.timers = services.timers();
    this.store = services.store();
    this.mailbox = new Mailbox(timers, id);
    this.narration = new Narration(timers, services.redactor(), this::wasSaid);
  }

  private void wasSaid(List<Note> notes) {
    store.appendSoon(id, notes);
    services.heard(id, notes);
  }

  /** Begins a run whose first entry is in the journal. */
  void begin(Course before, Event.Opened first) {
    post(
        () -> {
          if (!store.claim(id)) {
            throw new FencedException("another process carries it on");
          }
          course = before;
          opened = first;
          services.heard(id, List.of(first));
          take(first, true);
        });
  }

  /** Goes on with a run from its journal. */
  void recover() {
    post(this::reload);
  }

  /** Something happened outside. What no longer matters by the time it is looked at is ignored. */
  void post(Event event) {
    post(() -> arrived(event));
  }

  CompletableFuture<RunReport> done() {
    return done;
  }

  /** How it was left, once this process has nothing more to do for it. */
  CompletableFuture<Carried> carried() {
    return carried;
  }

  /** What a human is being asked under a guardrail now. */
  Optional<Command.Ask> question(String guardrail) {
    return wanted instanceof Command.Ask ask && ask.guardrail().equals(guardrail)
        ? Optional.of(ask)
        : Optional.empty();
  }

  boolean isOver() {
    return done.isDone();
  }

  /** Starts nothing more. The run is left in the journal as it is. */
  void stop() {
    mailbox.close();
    cancelTimer();
    done.cancel(false);
    carried.complete(new Carried.Elsewhere());
  }

  private void cancelTimer() {
    Timers.Timer pending = timer;
    if (pending != null) {
      pending.cancel();
      timer = null;
    }
  }

  void awaitQuiet(Duration grace) throws InterruptedException {
    mailbox.awaitQuiet(grace);
  }

  @FunctionalInterface
  private interface Piece {
    void run() throws InterruptedException;
  }

  private void post(Piece piece) {
    mailbox.post(
        () -> {
          try {
            piece.run();
          } catch (FencedException e) {
            leave(e);
          } catch (StoreException e) {
            standStill(e);
          } catch (InterruptedException e) {
            LOG.info("run {} was interrupted; it goes on from its journal at the next start", id);
          } catch (RuntimeException | StackOverflowError | LinkageError e) {
            breakDown(e);
          }
        });
  }

  private void arrived(Event event) throws InterruptedException {
    if (course == null) {
      early.add(event);
    } else if (matters(event)) {
      take(event, false);
    }
  }

  private boolean matters(Event event) {
    return !(wanted instanceof Command.Finish)
        && (!(event instanceof Event.Approved answer) || question(answer.guardrail()).isPresent());
  }

  /**
   * Takes what was left in the run's inbox, if anything that matters lies there.
   *
   * @return whether something was taken, so that something else is wanted now
   */
  private boolean tookLetter() {
    return patience != null && tookAnswer();
  }

  /** Whether the alert was over when it was last heard of, so that nothing is to be repeated. */
  private boolean isMoot() {
    Signal.Status last = Signal.Status.FIRING;
    for (Letter letter : patience == null ? List.<Letter>of() : store.inbox(id)) {
      last = letter.event() instanceof Event.SignalChanged changed ? changed.status() : last;
    }
    return last == Signal.Status.RESOLVED;
  }

  /** Also a run that waits here may have been answered before this process took it up. */
  private boolean tookAnswer() {
    for (Letter letter : store.inbox(id)) {
      if (matters(letter.event())) {
        take(letter.event(), false, letter);
        return true;
      }
      store.discard(id, letter);
    }
    return false;
  }

  /** Takes an event: asks what follows, writes both down, and sees to what is wanted next. */
  private void take(Event event, boolean written) {
    take(event, written, null);
  }

  private void take(Event event, boolean written, @Nullable Letter letter) {
    narration.settle();
    Course.Next next = follow(event);
    write(event, next.notes(), written, letter);
    retry = FIRST_RETRY;
    want(next.command());
  }

  private Course.Next follow(Event event) {
    if (course == null) {
      throw new IllegalStateException("the run has no course");
    }
    Course.Next next = course.next(event);
    course = next.course();
    return next;
  }

  private void write(Event event, List<Note> notes, boolean written, @Nullable Letter letter) {
    List<JournalEntry> entries = new ArrayList<>();
    if (!written) {
      entries.add(event);
    }
    entries.addAll(notes);
    if (event instanceof Event.ChangeFinished finished) {
      unwritten = finished;
      store.finish(id, finished, notes);
      unwritten = null;
      outcomes.put(finished.intent(), finished.at());
    } else if (letter != null) {
      store.append(id, entries, letter);
    } else {
      store.appendSoon(id, entries);
    }
    services.heard(id, entries);
    for (Note note : notes) {
      reported |= note instanceof Note.Finished;
      announce(note);
    }
  }

  /** In the run's own order: what it says later is put after this. */
  private void announce(Note note) {
    if (opened != null && note instanceof Note.Announced announced) {
      services.delivery().announce(opened, note, announced.notice());
    } else if (opened != null && note instanceof Note.Asked asked) {
      services.delivery().announce(opened, note, QuestionNotice.of(opened, asked));
    }
  }

  private void want(Command command) {
    cancelTimer();
    wanted = command;
    long now = ++turn;
    post(
        () -> {
          if (turn == now) {
            proceed(command);
          }
        });
  }

  private void proceed(Command command) throws InterruptedException {
    switch (command) {
      case Command.Read read -> {
        List<Event.Observation> observations =
            services.reads().observe(id, read.calls(), narration);
        take(new Event.Observed(now(), observations), false);
      }
      case Command.CheckGuardrails check ->
          take(
              new Event.GuardrailsChecked(
                  now(), store.check(id, check.claims(), now(), check.takeLocks())),
              false);
      case Command.Change change -> change(change);
      case Command.Resolve resolve -> {
        try (CallGate.Place place = services.changes().enter(resolve)) {
          requireLease();
          boolean neverTried = !outcomes.containsKey(resolve.intent().intent()) && !isMoot();
          take(services.changes().resolve(resolve, neverTried, narration, place), false);
        }
      }
      case Command.Plan plan ->
          take(
              new Event.Planned(
                  now(), plan.step(), services.actions().command(id, plan.action(), plan.input())),
              false);
      case Command.CheckSettled check -> {
        Event.ChangeIntended intent = check.intent();
        Instant made = outcomes.getOrDefault(intent.intent(), intent.at());
        take(services.changes().settle(intent, check.timeout(), made, narration), false);
      }
      case Command.Wait wait -> waitUntil(wait.until());
      case Command.Ask ask -> {
        if (!tookAnswer()) {
          waitUntil(ask.until());
        }
      }
      case Command.HandOff handOff -> handOff(handOff);
      case Command.Finish finish -> finish(finish.report());
    }
  }

  private void change(Command.Change change) throws InterruptedException {
    if (tookLetter()) {
      return;
    }
    if (opened == null || opened.mode() != Mode.LIVE || !opened.policy().level().acts()) {
      take(
          new Event.ChangeNotPrepared(
              now(),
              change.step(),
              new ActionResult.Failed(FailureKind.FORBIDDEN, whyNot(opened), true, null)),
          false);
      return;
    }
    try (CallGate.Place place = services.changes().enter(change)) {
      change(change, place);
    }
  }

  private void change(Command.Change change, CallGate.Place place) throws InterruptedException {
    if (tookLetter()) {
      return;
    }
    Event event = services.changes().intend(id, change, narration, this::tookLetter);
    if (event == null) {
      return;
    }
    if (!(event instanceof Event.ChangeIntended intent)) {
      take(event, false);
      return;
    }
    List<Note> notes = follow(intent).notes();
    services.heard(id, List.of(intent));
    write(intent, notes, true, null);
    requireLease();
    take(services.changes().make(intent, change.timeout(), narration, place), false);
  }

  private static String whyNot(Event.@Nullable Opened opened) {
    return opened != null && opened.mode() == Mode.LIVE
        ? "autonomy is `" + opened.policy().level().word() + "`: nothing is changed"
        : "this is a dry run: nothing is changed";
  }

  /** Another process may have taken the run over while this one was suspended or cut off. */
  private void requireLease() {
    if (!store.holdsLease()) {
      throw new FencedException("the lease of this process is over");
    }
  }

  private void waitUntil(Instant until) {
    if (patience != null && now().plus(patience).isBefore(until)) {
      if (!tookLetter()) {
        park(until);
      }
      return;
    }
    waitHere(until);
  }

  private void waitHere(Instant until) {
    if (now().isBefore(until)) {
      store.settle(id);
    }
    long now = turn;
    Instant look = store.isShared() ? now().plus(LETTERS) : until;
    timer =
        timers.at(
            look.isBefore(until) ? look : until,
            () ->
                post(
                    () -> {
                      if (turn == now) {
                        goOnWaiting(until);
                      }
                    }));
  }

  private void goOnWaiting(Instant until) {
    if (!now().isBefore(until)) {
      take(new Event.TimeReached(now(), until), false);
    } else if (!tookAnswer()) {
      waitHere(until);
    }
  }

  private void handOff(Command.HandOff wish) {
    Optional<RunId> other =
        opened == null
            ? Optional.empty()
            : services.handOffs().accept(HandedSignal.of(opened, wish.signal(), wish.labels()));
    if (other.isEmpty() || other.get().equals(id)) {
      String reason =
          other.isEmpty()
              ? "no runbook takes the signal `" + wish.signal() + "`"
              : "the signal `" + wish.signal() + "` is about what this run is about";
      take(new Event.HandOffEnded(now(), wish.step(), null, null, reason), false);
      return;
    }
    if (patience != null) {
      awaitElsewhere(wish, other.get());
      return;
    }
    waitUntil(wish.until());
    long now = turn;
    driver
        .done(other.get())
        .thenAccept(
            report ->
                post(
                    () -> {
                      if (turn == now) {
                        take(
                            new Event.HandOffEnded(
                                now(), wish.step(), other.get(), report.result(), report.reason()),
                            false);
                      }
                    }));
  }

  /** The other run may be carried on by any process: the journal says when it has ended. */
  private void awaitElsewhere(Command.HandOff wish, RunId other) {
    Optional<RunReport> report = Recovered.report(store.entries(other));
    if (report.isPresent()) {
      take(
          new Event.HandOffEnded(
              now(), wish.step(), other, report.get().result(), report.get().reason()),
          false);
    } else if (!now().isBefore(wish.until())) {
      take(new Event.TimeReached(now(), wish.until()), false);
    } else if (!tookLetter()) {
      Instant next = now().plus(LOOK_AGAIN);
      park(next.isBefore(wish.until()) ? next : wish.until());
    }
  }

  private void finish(RunReport report) {
    List<JournalEntry> last = reported ? List.of() : List.of(new Note.Finished(now(), report));
    store.close(id, last);
    services.heard(id, last);
    over(report);
  }

  private void over(RunReport report) {
    mailbox.close();
    if (opened == null) {
      ended(report);
    } else {
      services.delivery().report(opened, report, () -> ended(report));
    }
  }

  private void ended(RunReport report) {
    driver.ended(id);
    done.complete(report);
    carried.complete(new Carried.Ended(report));
  }

  private void park(Instant until) {
    store.release(id);
    left(new Carried.Waits(until));
  }

  /** The run goes on later, here or elsewhere. */
  private void left(Carried how) {
    mailbox.close();
    cancelTimer();
    driver.ended(id);
    done.cancel(false);
    carried.complete(how);
  }

  /** The run is another process's now. What was wanted here is not done. */
  private void leave(FencedException e) {
    LOG.info("run {} is left alone: {}", id, e.getMessage());
    try {
      store.release(id);
    } catch (StoreException unreachable) {
      // Then its lease ends, and others may claim it.
      LOG.debug("run {} was not given back: {}", id, unreachable.getMessage());
    }
    left(new Carried.Elsewhere());
  }

  /** Folds the journal and goes on with what was wanted last. */
  private void reload() throws InterruptedException {
    boolean mine = store.claim(id);
    List<JournalEntry> entries = store.entries(id);
    opened = Recovered.opening(entries);
    Optional<RunReport> report = Recovered.report(entries);
    reported = report.isPresent();
    if (report.isPresent() && isClosed()) {
      over(report.get());
      return;
    }
    if (!mine) {
      throw new FencedException("another process carries it on");
    }
    Recovered recovered = Recovered.of(services.courses().before(opened), entries);
    course = recovered.course();
    outcomes.putAll(recovered.outcomes());
    recovered.perhapsNotSent().forEach(this::announce);
    goOn(recovered.course().resume());
  }

  private void goOn(Command next) throws InterruptedException {
    if (next instanceof Command.Resolve resolve
        && unwritten != null
        && unwritten.intent().equals(resolve.intent().intent())) {
      take(unwritten, false);
    } else {
      unwritten = null;
      want(next);
    }
    List<Event> arrived = List.copyOf(early);
    early.clear();
    for (Event event : arrived) {
      arrived(event);
    }
  }

  private boolean isClosed() {
    return store.run(id).map(RunSummary::finishedAt).isPresent();
  }

  /** The store cannot be used: nothing more is done before it can. */
  private void standStill(StoreException e) {
    LOG.warn("run {} stands still, next attempt in {}: {}", id, retry, e.getMessage());
    cancelTimer();
    course = null;
    wanted = null;
    turn++;
    timer = timers.at(now().plus(retry), () -> post(this::reload));
    Duration longer = retry.multipliedBy(2);
    retry = longer.compareTo(LONGEST_RETRY) < 0 ? longer : LONGEST_RETRY;
  }

  /** A defect of BytePort's: a human takes over. */
  private void breakDown(Throwable e) {
    LOG.error("run {} cannot go on: {}", id, services.redactor().trace(e));
    RunReport report =
        Breakdown.report(id, opened, services.redactor().redact(e.toString()), now());
    try {
      store.close(id, List.of(new Note.Finished(now(), report)));
      over(report);
    } catch (StoreException unwritable) {
      standStill(unwritable);
    }
  }

  private Instant now() {
    return timers.clock().instant();
  }
}
