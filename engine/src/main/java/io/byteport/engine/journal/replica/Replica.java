package io.byteport.engine.journal.replica;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.byteport.engine.journal.LeaseKeeper;
import io.byteport.engine.journal.Pruning;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.run.Carried;
import io.byteport.engine.run.Driver;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that carries runs on, alone or together with other replicas of the same store. A run is
 * one task of db-scheduler: due at once when it is opened, and again when what it waits for is
 * over. One replica picks it, claims it, and carries it on until it ends or has long to wait; a run
 * of a replica that is not heard of any more is picked by another. What waits costs a row, no
 * memory and no thread. Safe for several threads.
 *
 * @see <a href="https://github.com/kagkarlsson/db-scheduler">db-scheduler</a>
 */
public final class Replica implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

  /** How long actions may take to end when the replica is closed. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  /** How many runs one sweep forgets, so that it does not take long. */
  private static final int MOST_FORGOTTEN = 500;

  private static final String RUN = "run";

  private final SqlRunStore store;
  private final Driver driver;
  private final InstantSource clock;
  private final ReplicaSettings settings;
  private final Scheduler scheduler;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final LeaseKeeper lease;

  /**
   * @param store is not closed by the replica
   * @param driver of this store, used by nobody else; is closed with the replica
   * @param name of this process, which no other process has
   */
  public Replica(
      SqlRunStore store,
      Driver driver,
      InstantSource clock,
      ReplicaSettings settings,
      String name) {
    this.store = store;
    this.driver = driver;
    this.clock = clock;
    this.settings = settings;
    this.lease = new LeaseKeeper(store);
    CustomTask<Void> run =
        Tasks.custom(RUN, Void.class)
            .onFailure((complete, operations) -> operations.reschedule(complete, later()))
            .onDeadExecution((complete, operations) -> operations.reschedule(complete, now()))
            .execute((instance, context) -> carry(new RunId(instance.getId())));
    RecurringTask<Void> sweep =
        Tasks.recurring("sweep", FixedDelay.of(settings.sweep()))
            .execute((instance, context) -> sweep());
    SchedulerBuilder builder =
        Scheduler.create(store.connections(), run)
            .startTasks(sweep)
            .schedulerName(new SchedulerName.Fixed(name))
            .clock(clock::instant)
            .threads(settings.concurrency())
            .executorService(
                Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("byteport-carry-", 0).factory()))
            .pollingInterval(settings.poll())
            .heartbeatInterval(settings.heartbeat())
            .missedHeartbeatsLimit(6)
            .enableImmediateExecution()
            .alwaysPersistTimestampInUTC()
            .commitWhenAutocommitDisabled(true)
            .shutdownMaxWait(GRACE)
            .failureLogging(LogLevel.WARN, false);
    this.scheduler =
        builder
            .jdbcCustomization(
                store.isShared()
                    ? new PostgreSqlJdbcCustomization(false, true)
                    : new EmbeddedTasks())
            .pollUsingLockAndFetch(0.5, 1)
            .build();
  }

  /** Begins to pick runs that are due, those among them that earlier processes left. */
  public void start() {
    lease.start();
    scheduler.start();
  }

  /**
   * Opens a run, durably, which some replica carries on from now; or, where another run of the same
   * mode is open about the same target, opens none.
   *
   * @return the run that is open about the target now
   * @throws IllegalArgumentException if the runbook in the event cannot be read
   * @throws StoreException if the store cannot be used
   */
  public RunId accept(Event.Opened opened) {
    RunId run = driver.open(opened);
    if (run.equals(opened.run())) {
      scheduler.triggerCheckForDueExecutions();
    }
    return run;
  }

  /** Picks nothing more. What is being carried on goes on to its end, or until it has to wait. */
  public void rest() {
    scheduler.pause();
  }

  /** How many runs are being carried on here. */
  public int busy() {
    return driver.going();
  }

  /** Tries again to deliver the report of a run that has ended. */
  public void deliver(RunId run) {
    driver.deliver(run, () -> {});
  }

  /** A run that was opened but not scheduled is found by the next sweep. */
  private void schedule(RunId run) {
    scheduler.scheduleIfNotExists(new TaskInstance<Void>(RUN, run.value()), now());
  }

  /**
   * Tells a run what happened, wherever it is carried on.
   *
   * @return false where the run has ended or does not exist
   * @throws StoreException if the store cannot be used
   */
  public boolean tell(RunId run, Event event) {
    if (!store.post(run, event)) {
      return false;
    }
    wake(run);
    return true;
  }

  /**
   * A run that is being carried on looks into its inbox itself, before and after it goes to wait;
   * so does one that was picked or put back in this very moment.
   */
  private void wake(RunId run) {
    try {
      scheduler.reschedule(TaskInstanceId.of(RUN, run.value()), now());
    } catch (TaskInstanceCurrentlyExecutingException
        | TaskInstanceNotFoundException
        | com.github.kagkarlsson.scheduler.exceptions.ExecutionException e) {
      LOG.debug("run {} is awake", run);
    }
  }

  private CompletionHandler<Void> carry(RunId run) {
    Carried how = left(run);
    return switch (how) {
      case Carried.Ended ended -> (complete, operations) -> operations.remove();
      case Carried.Waits waits ->
          (complete, operations) -> {
            operations.reschedule(complete, waits.until());
            if (!store.inbox(run).isEmpty()) {
              wake(run);
            }
          };
      case Carried.Elsewhere elsewhere ->
          (complete, operations) -> {
            if (store.run(run).map(one -> one.finishedAt() != null).orElse(true)) {
              operations.remove();
            } else {
              operations.reschedule(complete, closed.get() ? now() : later());
            }
          };
    };
  }

  private Carried left(RunId run) {
    try {
      return driver.carry(run, settings.patience()).toCompletableFuture().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Carried.Elsewhere();
    } catch (ExecutionException | IllegalStateException e) {
      LOG.warn("run {} was not carried on: {}", run, e.getMessage());
      return new Carried.Elsewhere();
    }
  }

  /** Done by one replica at a time: nothing that is open is left lying, and no report. */
  private void sweep() {
    try {
      Set<String> scheduled = new HashSet<>();
      for (ScheduledExecution<Object> execution : scheduler.getScheduledExecutionsForTask(RUN)) {
        scheduled.add(execution.getTaskInstance().getId());
      }
      for (RunId run : store.unfinished()) {
        if (!scheduled.contains(run.value())) {
          schedule(run);
        }
      }
      for (RunId run : store.adoptReports()) {
        driver.deliver(run, () -> {});
      }
      store.forgetGone();
      prune();
    } catch (StoreException e) {
      LOG.warn("the sweep was not done: {}", e.getMessage());
    }
  }

  private void prune() {
    if (!settings.retention().isZero()) {
      Pruning pruning = new Pruning(store);
      Instant before = now().minus(settings.retention());
      int gone = pruning.forget(pruning.candidates(before, now(), MOST_FORGOTTEN));
      if (gone > 0) {
        LOG.info("{} runs that ended before {} are forgotten", gone, before);
      }
    }
  }

  private Instant now() {
    return clock.instant();
  }

  /** When to try again what another replica may be about to do. */
  private Instant later() {
    return now().plus(settings.heartbeat());
  }

  /**
   * Picks nothing more, and lets what is being done come to the end of its step; runs that have not
   * ended are carried on by others, or at the next start.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      scheduler.pause();
      driver.close();
      scheduler.stop();
      lease.close();
    }
  }
}
