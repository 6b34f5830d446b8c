package io.byteport.engine.run;

import io.byteport.engine.guardrail.Storm;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings notices to people: at least once, also after a crash or while a channel is down, but not
 * again what says the same within its dedup time.
 */
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

  private static final Duration HAND_OFF_ONCE = Duration.ofDays(3650);

  private final RunStore store;
  private final Timers timers;
  private final SignalSink handOffs;
  private final List<Notifier> notifiers;
  private final Redactor redactor;
  private final StormReports storms;
  private int onTheWay;
  private boolean closed;

  Delivery(
      RunStore store,
      Timers timers,
      SignalSink handOffs,
      List<Notifier> notifiers,
      Redactor redactor) {
    this.redactor = redactor;
    this.store = store;
    this.timers = timers;
    this.handOffs = handOffs;
    this.notifiers = List.copyOf(notifiers);
    this.storms = new StormReports(store, timers, new Digests());
  }

  /** Sends a notice of a run that goes on, soon. */
  void announce(RunId run, RunReport.Notification notice) {
    timers.execute(new Parcel(run, () -> List.of(notice), () -> {}, () -> {}, () -> {}));
  }

  /**
   * Sends the notices of a run that has ended, soon, hands off what is to be handed off, and then
   * marks it as delivered. The notices of a run that was held back by a storm wait for the digest,
   * unless it is the first.
   *
   * @param tried is run once, after the first attempt, whatever came of it
   */
  void report(Event.Opened opened, RunReport report, Runnable tried) {
    Optional<String> storm = Storm.scope(report.stoppedBy());
    if (storm.isEmpty()) {
      timers.execute(
          new Parcel(
              opened.run(),
              report::notices,
              () -> handOff(opened, report),
              () -> store.delivered(opened.run()),
              tried));
      return;
    }
    AtomicBoolean first = new AtomicBoolean();
    timers.execute(
        new Parcel(
            opened.run(),
            () -> {
              Optional<List<RunReport.Notification>> own =
                  storms.gather(opened, report, storm.get());
              first.set(own.isPresent());
              return own.orElse(List.of());
            },
            () -> {},
            () -> {
              if (first.get()) {
                store.delivered(opened.run());
              }
            },
            tried));
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
    public void send(RunId first, List<RunReport.Notification> notices, Runnable then) {
      timers.execute(new Parcel(first, () -> notices, () -> {}, then, () -> {}));
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

  /**
   * Some notices on their way; what could not be sent is tried again, and holds up nothing else.
   */
  private final class Parcel implements Runnable {
    private record Sending(RunReport.Notification notice, Notifier notifier) {}

    private final RunId run;
    private final Supplier<List<RunReport.Notification>> notices;
    private final Runnable first;
    private final Runnable then;
    private @Nullable Runnable tried;
    private boolean firstDone;
    private @Nullable List<Sending> pending;
    private Duration retry = FIRST_RETRY;

    Parcel(
        RunId run,
        Supplier<List<RunReport.Notification>> notices,
        Runnable first,
        Runnable then,
        Runnable tried) {
      this.run = run;
      this.notices = notices;
      this.first = first;
      this.then = then;
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
        if (!firstDone) {
          first.run();
          firstDone = true;
        }
        List<Sending> now = pending == null ? address() : pending;
        pending = send(now);
        if (pending.isEmpty()) {
          then.run();
          return;
        }
      } catch (RuntimeException e) {
        LOG.warn(
            "the report of run {} waits, next attempt in {}: {}",
            run,
            retry,
            redactor.redact(String.valueOf(e.getMessage())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      timers.at(now().plus(retry), this);
      Duration longer = retry.multipliedBy(2);
      retry = longer.compareTo(LONGEST_RETRY) < 0 ? longer : LONGEST_RETRY;
    }

    private List<Sending> address() {
      List<Sending> sendings = new ArrayList<>();
      for (RunReport.Notification notice : notices.get()) {
        if (dedups(notice) && store.noticeSent(notice.dedupKey(), now(), notice.dedupFor())) {
          LOG.info("run {} says what was said before: {}", run, notice.dedupKey());
        } else {
          notifiers.forEach(notifier -> sendings.add(new Sending(notice, notifier)));
        }
      }
      return sendings;
    }

    /** Sends what it can, and returns what it could not send. */
    private List<Sending> send(List<Sending> sendings) throws InterruptedException {
      List<Sending> failed = new ArrayList<>();
      for (Sending sending : sendings) {
        try {
          sending.notifier().send(run, sending.notice());
          remember(sending.notice());
        } catch (IOException | RuntimeException e) {
          LOG.warn(
              "a notice of run {} was not sent, next attempt in {}: {}",
              run,
              retry,
              redactor.redact(String.valueOf(e.getMessage())));
          failed.add(sending);
        }
      }
      return failed;
    }
  }

  private static boolean dedups(RunReport.Notification notice) {
    return !notice.dedupFor().isZero();
  }

  /** It was sent; that this could not be noted is no reason to send it again at once. */
  private void remember(RunReport.Notification notice) {
    try {
      if (dedups(notice)) {
        store.recordNotice(notice.dedupKey(), now());
      }
    } catch (StoreException e) {
      LOG.warn("a notice was sent, but not noted: {}", e.getMessage());
    }
  }

  private Instant now() {
    return timers.clock().instant();
  }
}
