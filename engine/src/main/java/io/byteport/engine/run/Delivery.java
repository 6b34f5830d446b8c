package io.byteport.engine.run;

import io.byteport.engine.guardrail.Storm;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.journal.StormDigest;
import io.byteport.engine.outbox.Closes;
import io.byteport.engine.outbox.Dispatch;
import io.byteport.engine.outbox.Occasion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that what runs have to say is put where it is sent from, and what they hand off is
 * handed off: at least once, also after a crash.
 */
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

  private static final Duration HAND_OFF_ONCE = Duration.ofDays(3650);

  private final RunStore store;
  private final Timers timers;
  private final SignalSink handOffs;
  private final Dispatch dispatch;
  private final Redactor redactor;
  private final StormReports storms;
  private int onTheWay;
  private boolean closed;

  Delivery(
      RunStore store, Timers timers, SignalSink handOffs, Dispatch dispatch, Redactor redactor) {
    this.redactor = redactor;
    this.store = store;
    this.timers = timers;
    this.handOffs = handOffs;
    this.dispatch = dispatch;
    this.storms = new StormReports(store, timers, new Digests());
  }

  /**
   * Puts what a run says while it goes on. Whatever it says later is put after this.
   *
   * @throws StoreException if the store cannot be used: the run says it again when it goes on
   */
  void announce(Event.Opened opened, Note note, RunReport.Notification notice) {
    Runnable put =
        () -> dispatch.announce(new Occasion(opened, null, now()), "at " + note.at(), notice);
    try {
      put.run();
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("a notice of run {} is put later: {}", opened.run(), redactor.trace(e));
      timers.at(now().plus(FIRST_RETRY), new Parcel(opened.run(), put, () -> {}));
    }
  }

  /**
   * Puts the notices of a run that has ended, soon, hands off what is to be handed off, and marks
   * it as delivered. The notices of a run that was held back by a storm wait for the digest, unless
   * it is the first.
   *
   * @param tried is run once, after the first attempt, whatever came of it
   */
  void report(Event.Opened opened, RunReport report, Runnable tried) {
    Optional<String> storm = Storm.scope(report.stoppedBy());
    timers.execute(
        new Parcel(
            opened.run(),
            storm.isEmpty()
                ? new Ended(opened, report)
                : () ->
                    storms
                        .gather(opened, report, storm.get())
                        .ifPresent(own -> put(opened, report, own)),
            tried));
  }

  private void put(Event.Opened opened, RunReport report, List<RunReport.Notification> notices) {
    if (!dispatch.report(new Occasion(opened, report, now()), notices)) {
      store.delivered(opened.run());
    }
  }

  /** What is done at the end of a run; what of it was done is not done again. */
  private final class Ended implements Runnable {
    private final Event.Opened opened;
    private final RunReport report;
    private boolean handedOff;

    Ended(Event.Opened opened, RunReport report) {
      this.opened = opened;
      this.report = report;
    }

    @Override
    public void run() {
      if (!handedOff) {
        handOff(opened, report);
        handedOff = true;
      }
      put(opened, report, report.notices());
    }
  }

  private final class Digests implements StormReports.Post {
    @Override
    public void attempt(Runnable work) {
      if (setsOut()) {
        try {
          work.run();
        } finally {
          arrives();
        }
      }
    }

    @Override
    public void send(StormDigest digest, List<RunReport.Notification> notices) {
      timers.execute(new Parcel(digest.first(), () -> put(digest, notices), () -> {}));
    }

    private void put(StormDigest digest, List<RunReport.Notification> notices) {
      Event.Opened first = Recovered.opening(store.entries(digest.first()));
      if (!dispatch.digest(new Occasion(first, null, now()), notices, new Closes.Digest(digest))) {
        store.digestSent(digest);
      }
    }
  }

  /**
   * Begins no further attempt, and waits for those that are being made. What was not delivered
   * stays so until the next start.
   *
   * @throws InterruptedException if this thread is interrupted while it waits
   */
  synchronized void close(Duration grace) throws InterruptedException {
    closed = true;
    long end = System.nanoTime() + grace.toNanos();
    for (long left = grace.toNanos(); onTheWay > 0 && left > 0; left = end - System.nanoTime()) {
      wait(left / 1_000_000 + 1);
    }
  }

  /** Whether an attempt may begin. */
  private synchronized boolean setsOut() {
    if (!closed) {
      onTheWay++;
    }
    return !closed;
  }

  private synchronized void arrives() {
    onTheWay--;
    notifyAll();
  }

  private void handOff(Event.Opened opened, RunReport report) {
    RunReport.HandOff handOff = report.handOff();
    String key = "hand-off of " + opened.run();
    if (handOff != null && !store.noticeSent(key, now(), HAND_OFF_ONCE)) {
      Optional<RunId> next =
          handOffs.accept(HandedSignal.of(opened, handOff.signal(), handOff.labels()));
      LOG.info("run {} handed `{}` to {}", opened.run(), handOff.signal(), next);
      store.recordNotice(key, now());
    }
  }

  /** Something that is done as often as it takes, and holds up nothing else. */
  private final class Parcel implements Runnable {
    private final RunId run;
    private final Runnable work;
    private @Nullable Runnable tried;
    private Duration retry = FIRST_RETRY;

    Parcel(RunId run, Runnable work, Runnable tried) {
      this.run = run;
      this.work = work;
      this.tried = tried;
    }

    @Override
    public void run() {
      if (!setsOut()) {
        return;
      }
      try {
        attempt();
      } finally {
        arrives();
        if (tried != null) {
          tried.run();
          tried = null;
        }
      }
    }

    private void attempt() {
      try {
        work.run();
      } catch (RuntimeException e) {
        LOG.warn(
            "the report of run {} waits, next attempt in {}: {}",
            run,
            retry,
            redactor.redact(String.valueOf(e.getMessage())));
        timers.at(now().plus(retry), this);
        Duration longer = retry.multipliedBy(2);
        retry = longer.compareTo(LONGEST_RETRY) < 0 ? longer : LONGEST_RETRY;
      }
    }
  }

  private Instant now() {
    return timers.clock().instant();
  }
}
