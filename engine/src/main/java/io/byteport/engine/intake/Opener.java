package io.byteport.engine.intake;

import io.byteport.engine.intake.DueAlerts.Due;
import io.byteport.engine.intake.DueAlerts.Joined;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.run.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees what becomes of alerts that are due: a run of their own, one that is open about the same
 * target, one that is nothing but its escalation, or a line in a table. Alone or together with the
 * openers of other processes.
 *
 * <p>The run that is opened for an episode has its name from the episode ({@link EpisodeId#run}),
 * and the episode is due until it is written down what became of it. Whoever finds it due after a
 * crash looks for that run first: where it is there, it was opened. So nothing is lost and nothing
 * is opened twice, whenever a process ends. Safe for several threads.
 */
public final class Opener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Opener.class);

  /** How many alerts are claimed at once, and looked at side by side. */
  private static final int AT_ONCE = 64;

  private static final int SIDE_BY_SIDE = 8;

  /** For how long what this process has claimed is its own; much longer than a look takes. */
  private static final Duration CLAIM = Duration.ofMinutes(2);

  private static final Duration RETRY = Duration.ofSeconds(5);

  /** How often is looked for what other processes have left, and for joined runs that ended. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final DueAlerts due;
  private final Timers timers;
  private final Openings openings;
  private final OpenerListener listener;
  private final Later look;
  private boolean busy;
  private boolean again;
  private boolean closed;

  /**
   * @param runs is not closed
   * @param timers are not closed
   */
  public Opener(
      DueAlerts due,
      RunStore runs,
      Timers timers,
      Deployment deployment,
      Opens opens,
      OpenerListener listener) {
    this.due = due;
    this.timers = timers;
    this.openings = new Openings(runs, timers.clock(), deployment, opens);
    this.listener = listener;
    this.look = new Later(timers, LOOK, this::look);
  }

  /**
   * Begins with what is due, and with what earlier processes left. To be called once.
   *
   * @throws StoreException if the store cannot be used
   */
  public void start() {
    due.begin();
    look();
  }

  /** Something may be due. Returns at once; may be called from any thread, and after the end. */
  public void wake() {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (busy) {
        again = true;
        return;
      }
      busy = true;
    }
    timers.execute(this::go);
  }

  private void look() {
    try {
      for (Joined joined : due.leftBehind(AT_ONCE)) {
        due.leave(joined.id(), openings.isLeftAlone(joined.run()));
      }
    } catch (StoreException e) {
      LOG.warn("alerts whose run has ended are looked at later: {}", e.getMessage());
    }
    look.ask();
    wake();
  }

  /** Claims some, and looks at them; when all of them were looked at, the next. */
  private void go() {
    List<Due> claimed;
    Instant now = timers.clock().instant();
    try {
      synchronized (this) {
        again = false;
      }
      claimed = due.claim(AT_ONCE, now, now.plus(CLAIM));
    } catch (StoreException e) {
      LOG.warn("due alerts are looked at later: {}", e.getMessage());
      rest();
      return;
    } catch (RuntimeException e) {
      LOG.error("due alerts cannot be looked at", e);
      rest();
      return;
    }
    if (claimed.isEmpty()) {
      pause();
      return;
    }
    int workers = Math.min(SIDE_BY_SIDE, claimed.size());
    AtomicInteger next = new AtomicInteger();
    AtomicInteger working = new AtomicInteger(workers);
    for (int i = 0; i < workers; i++) {
      timers.execute(
          () -> {
            try {
              for (int one = next.getAndIncrement();
                  one < claimed.size() && !isClosed();
                  one = next.getAndIncrement()) {
                see(claimed.get(one));
              }
            } finally {
              if (working.decrementAndGet() == 0) {
                timers.execute(this::go);
              }
            }
          });
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** Nothing is due, unless something became so since it was asked for. */
  private void pause() {
    synchronized (this) {
      if (!again || closed) {
        busy = false;
        return;
      }
    }
    timers.execute(this::go);
  }

  /** The next look tries again. */
  private void rest() {
    synchronized (this) {
      busy = false;
    }
    look.ask();
  }

  private void see(Due alert) {
    try {
      Outcome outcome = openings.of(alert);
      if (due.became(alert.id(), outcome, timers.clock().instant())) {
        listener.became(alert, outcome);
      } else {
        due.later(alert.id(), timers.clock().instant());
      }
    } catch (RuntimeException e) {
      LOG.warn("what becomes of {} is seen later: {}", alert.id(), e.getMessage());
      listener.failed(alert, String.valueOf(e.getMessage()));
      putOff(alert);
    }
  }

  private void putOff(Due alert) {
    try {
      due.later(alert.id(), timers.clock().instant().plus(RETRY));
    } catch (StoreException e) {
      LOG.debug("{} is due when its claim is over: {}", alert.id(), e.getMessage());
    }
  }

  /** Begins with nothing more. What was claimed is due again at the next start. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    look.close();
  }
}
