package io.byteport.cli;

import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.journal.LeaseKeeper;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.outbox.Dispatch;
import io.byteport.engine.run.Driver;
import io.byteport.engine.run.DriverParts;
import io.byteport.engine.run.IdSource;
import io.byteport.engine.run.InterpretedCourse;
import io.byteport.engine.run.Interpreter;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Links;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Policy;
import io.byteport.engine.run.RandomIds;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunListener;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.Timers;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.signal.Opening;
import io.byteport.engine.signal.Router;
import io.byteport.engine.signal.Routing;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.signal.UnclaimedSignal;
import io.byteport.engine.spi.ActionRegistry;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.Inventory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The engine put together for one command: store, actions, interpreter, router and driver. Closes
 * the driver, the timers and the store; adapters belong to whoever made them.
 */
final class Workbench implements AutoCloseable {
  private final List<EnabledRunbook> runbooks;
  private final Mode mode;
  private final Policy policy;
  private final RunStore store;
  private final LeaseKeeper lease;
  private final Timers timers;
  private final ActionRegistry actions;
  private final Router router;
  private final IdSource ids = new RandomIds();
  private final Driver driver;

  Workbench(
      Language language,
      List<EnabledRunbook> runbooks,
      Inventory inventory,
      List<? extends Adapter> adapters,
      Mode mode,
      RunStore store,
      Timers timers,
      RunListener listener) {
    this(
        language,
        runbooks,
        inventory,
        adapters,
        mode,
        Policy.ACT,
        store,
        timers,
        Redactor.SHAPES_ONLY,
        listener);
  }

  Workbench(
      Language language,
      List<EnabledRunbook> runbooks,
      Inventory inventory,
      List<? extends Adapter> adapters,
      Mode mode,
      Policy policy,
      RunStore store,
      Timers timers,
      Redactor redactor,
      RunListener listener) {
    this.policy = policy;
    this.runbooks = List.copyOf(runbooks);
    this.mode = mode;
    this.store = store;
    this.lease = new LeaseKeeper(store);
    this.timers = timers;
    this.actions = new ActionRegistry(adapters);
    Evaluator evaluator = new Evaluator();
    this.router = new Router(evaluator, inventory);
    this.driver =
        new Driver(
            new DriverParts(
                store,
                actions,
                InterpretedCourse.beginning(
                    language.loader(), new Interpreter(evaluator, Links.NONE)),
                timers,
                ids,
                redactor,
                this::handOff,
                List.of(listener),
                Dispatch.toNobody()));
    lease.start();
  }

  /** The runbook that takes a signal, or why none does. */
  Routing route(Signal signal) {
    return router.route(signal, runbooks, now());
  }

  /**
   * Opens a run; or goes on with the one that is open about the same target, also where an earlier
   * process left it.
   */
  RunId open(Routing.Chosen chosen, Signal signal) {
    Instant now = now();
    RunId fresh = ids.newRun(now);
    RunId open = driver.start(Opening.of(chosen, signal, mode, policy, fresh, now));
    if (!open.equals(fresh)) {
      driver.resume(open);
    }
    return open;
  }

  /** The run of this mode that is open about the same target, if there is one. */
  Optional<RunId> alreadyOpen(Routing.Chosen chosen) {
    return store.openRun(mode, chosen.targetKey());
  }

  /** Runs that an earlier process has left unfinished, and that opening this one leaves so. */
  List<Unfinished> interrupted(Routing.Chosen chosen) {
    Optional<RunId> same = alreadyOpen(chosen);
    return store.unfinished().stream()
        .filter(run -> !same.equals(Optional.of(run)))
        .map(run -> Unfinished.of(store.entries(run)))
        .toList();
  }

  /**
   * The report of a run that another process carries on; waits until it has ended.
   *
   * @throws InterruptedException if this thread is interrupted meanwhile
   */
  RunReport follow(RunId run) throws InterruptedException {
    while (true) {
      for (JournalEntry entry : store.entries(run).reversed()) {
        if (entry instanceof Note.Finished finished) {
          return finished.report();
        }
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  /** Escalates a signal that no runbook takes, in the journal as everything else. */
  RunReport refuse(Signal signal, Routing.Refused refused) {
    Instant now = now();
    return UnclaimedSignal.escalate(store, signal, refused, mode, ids.newRun(now), now);
  }

  private Optional<RunId> handOff(Signal signal) {
    return route(signal) instanceof Routing.Chosen chosen
        ? Optional.of(open(chosen, signal))
        : Optional.empty();
  }

  ActionRegistry actions() {
    return actions;
  }

  Driver driver() {
    return driver;
  }

  Instant now() {
    return timers.clock().instant();
  }

  @Override
  public void close() {
    driver.close();
    timers.close();
    lease.close();
    store.close();
  }
}
