package io.byteport.engine.run;

import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

  Delivery(RunStore store, Timers timers, SignalSink handOffs, List<Notifier> notifiers) {
    this.store = store;
    this.timers = timers;
    this.handOffs = handOffs;
    this.notifiers = List.copyOf(notifiers);
  }

  /** Sends a notice of a run that goes on, soon. */
  void announce(RunId run, RunReport.Notification notice) {
    timers.execute(() -> attempt(run, List.of(notice), () -> {}, FIRST_RETRY));
  }

  /**
   * Sends the notices of a run that has ended, soon, hands off what is to be handed off, and then
   * marks it as delivered.
   */
  void report(Event.Opened opened, RunReport report) {
    timers.execute(
        () -> attempt(opened.run(), report.notices(), () -> conclude(opened, report), FIRST_RETRY));
  }

  private void conclude(Event.Opened opened, RunReport report) {
    RunReport.HandOff handOff = report.handOff();
    String key = "hand-off of " + opened.run();
    if (handOff != null && !store.noticeSent(key, now(), HAND_OFF_ONCE)) {
      Optional<RunId> next =
          handOffs.accept(HandedSignal.of(opened, handOff.signal(), handOff.labels()));
      LOG.info("run {} handed `{}` to {}", opened.run(), handOff.signal(), next);
      store.recordNotice(key, now());
    }
    store.delivered(opened.run());
  }

  private void attempt(
      RunId run, List<RunReport.Notification> notices, Runnable then, Duration retry) {
    int sent = 0;
    try {
      for (RunReport.Notification notice : notices) {
        send(run, notice);
        sent++;
      }
      then.run();
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "a notice of run {} was not sent, next attempt in {}: {}", run, retry, e.getMessage());
      List<RunReport.Notification> rest = notices.subList(sent, notices.size());
      Duration longer = retry.multipliedBy(2);
      Duration next = longer.compareTo(LONGEST_RETRY) < 0 ? longer : LONGEST_RETRY;
      timers.at(now().plus(retry), () -> attempt(run, rest, then, next));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(RunId run, RunReport.Notification notice)
      throws IOException, InterruptedException {
    boolean dedup = !notice.dedupFor().isZero();
    if (dedup && store.noticeSent(notice.dedupKey(), now(), notice.dedupFor())) {
      LOG.info("run {} says what was said before: {}", run, notice.dedupKey());
      return;
    }
    for (Notifier notifier : notifiers) {
      notifier.send(run, notice);
    }
    if (dedup) {
      remember(notice);
    }
  }

  /** It was sent; that this could not be noted is no reason to send it again at once. */
  private void remember(RunReport.Notification notice) {
    try {
      store.recordNotice(notice.dedupKey(), now());
    } catch (StoreException e) {
      LOG.warn("a notice was sent, but not noted: {}", e.getMessage());
    }
  }

  private Instant now() {
    return timers.clock().instant();
  }
}
