package io.byteport.engine.outbox;

import io.byteport.engine.channel.Channel;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.run.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to one channel. Safe for several threads. */
final class Lane {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  /** When to ask a store again that could not be asked. */
  private static final Duration STORE_RETRY = Duration.ofSeconds(1);

  private static final Duration LONGEST_STORE_RETRY = Duration.ofSeconds(30);

  /** What all lanes go by. */
  record Rules(Clean clean, CourierSettings settings, SendingListener listener) {}

  private final String name;
  private final Outbox outbox;
  private final Timers timers;
  private final Rules rules;
  private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();
  private volatile Channel channel;

  // The rest is guarded by this.
  private int flying;
  private boolean looking;
  private boolean again;
  private boolean stopped;
  private Instant pausedUntil = Instant.MIN;
  private Timers.@Nullable Timer alarm;

  Lane(String name, Channel channel, Outbox outbox, Timers timers, Rules rules) {
    this.name = name;
    this.channel = channel;
    this.outbox = outbox;
    this.timers = timers;
    this.rules = rules;
  }

  /** What is sent from now on goes through another one, which may be asked at once. */
  synchronized void use(Channel other) {
    if (!other.equals(channel)) {
      pausedUntil = Instant.MIN;
    }
    channel = other;
  }

  /** There may be something to send. */
  void wake() {
    timers.execute(this::look);
  }

  /** Begins no further attempt. */
  synchronized void stop() {
    stopped = true;
    cancelAlarm();
    notifyAll();
  }

  /** Waits until nothing is being sent; after the grace, what is being sent is interrupted. */
  void awaitQuiet(Duration grace) throws InterruptedException {
    if (!isQuietWithin(grace)) {
      attempts.forEach(Attempt::stop);
      if (!isQuietWithin(grace)) {
        LOG.warn("the channel {} does not end what it is sending", name);
      }
    }
  }

  private synchronized boolean isQuietWithin(Duration grace) throws InterruptedException {
    long end = System.nanoTime() + grace.toNanos();
    for (long left = grace.toNanos(); flying > 0 && left > 0; left = end - System.nanoTime()) {
      wait(left / 1_000_000 + 1);
    }
    return flying == 0;
  }

  /** Sends what is due, as far as there is room; one thread at a time looks. */
  private void look() {
    int free = begin();
    while (free >= 0) {
      try {
        if (free > 0) {
          claim(free);
        }
      } catch (StoreException e) {
        LOG.debug("the channel {} waits for the store", name, e);
        alarmAt(now().plus(STORE_RETRY));
      }
      free = goOn();
    }
  }

  /** How many may be sent now; negative where somebody looks already, or nobody is to look. */
  private synchronized int begin() {
    if (looking || stopped) {
      again = looking;
      return -1;
    }
    looking = true;
    return room();
  }

  private synchronized int goOn() {
    if (again && !stopped) {
      again = false;
      return room();
    }
    looking = false;
    return -1;
  }

  private int room() {
    if (now().isBefore(pausedUntil)) {
      alarmAt(pausedUntil);
      return 0;
    }
    return rules.settings().atOnce() - flying;
  }

  private void claim(int free) {
    if (!outbox.holdsClaims()) {
      alarmAt(now().plus(STORE_RETRY));
      return;
    }
    List<Claimed> claimed = outbox.claim(name, free, now());
    for (Claimed one : claimed) {
      setOff();
      timers.execute(() -> carry(one));
    }
    if (claimed.size() < free) {
      lookLater();
    }
  }

  private void lookLater() {
    Duration every = outbox.lookEvery();
    Optional<Instant> next = outbox.nextDue(name);
    if (!every.isZero()) {
      Instant latest = now().plus(every);
      next = Optional.of(next.filter(due -> due.isBefore(latest)).orElse(latest));
    }
    next.ifPresent(due -> alarmAt(due.isAfter(now()) ? due : now().plus(STORE_RETRY)));
  }

  private synchronized void alarmAt(Instant when) {
    cancelAlarm();
    if (!stopped) {
      alarm = timers.at(when, this::look);
    }
  }

  private synchronized void cancelAlarm() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  private synchronized void setOff() {
    flying++;
  }

  private void landed() {
    synchronized (this) {
      flying--;
      notifyAll();
    }
    look();
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private void carry(Claimed one) {
    Runnable mark = isStopped() || !outbox.holdsClaims() ? () -> outbox.release(one) : send(one);
    write(one, mark, STORE_RETRY);
  }

  /** Tries to send it, and returns what is to be written about that. */
  private Runnable send(Claimed one) {
    Attempt attempt = new Attempt();
    attempts.add(attempt);
    try {
      attempt.send(
          channel, rules.clean().message(one.message()), timers, rules.settings().answerWithin());
      rules.listener().ended(name, SendingListener.Outcome.SENT);
      return () -> note(one, outbox.sent(one, now()));
    } catch (ChannelException e) {
      return e.isPermanent() ? giveUp(one, rules.clean().error(e)) : later(one, e, e.retryAfter());
    } catch (RuntimeException e) {
      LOG.warn("the channel {} has a defect: {}", name, rules.clean().redactor().trace(e));
      return later(one, e, null);
    } catch (InterruptedException e) {
      return isStopped() ? () -> outbox.release(one) : later(one, e, null);
    } finally {
      attempts.remove(attempt);
    }
  }

  private Runnable later(Claimed one, Exception failure, @Nullable Duration after) {
    String error = rules.clean().error(failure);
    Instant now = now();
    Instant tried = one.triedAt() == null ? now : one.triedAt();
    if (!now.isBefore(tried.plus(rules.settings().giveUpAfter()))) {
      return giveUp(one, error);
    }
    Duration wait = rules.settings().backoff(one.attempts() + 1);
    Instant due = now.plus(after == null || after.compareTo(wait) < 0 ? wait : after);
    if (after != null) {
      pause(now.plus(after));
    }
    LOG.info("the channel {} did not take a message, next attempt at {}: {}", name, due, error);
    rules.listener().ended(name, SendingListener.Outcome.LATER);
    return () -> note(one, outbox.later(one, due, error, now));
  }

  private Runnable giveUp(Claimed one, String error) {
    LOG.warn(
        "a message of run {} to the channel {} is given up: {}", one.message().run(), name, error);
    rules.listener().ended(name, SendingListener.Outcome.DEAD);
    return () -> note(one, outbox.dead(one, error, now()));
  }

  /** The other side wants to be left alone, whatever it is about. */
  private synchronized void pause(Instant until) {
    if (until.isAfter(pausedUntil)) {
      pausedUntil = until;
    }
  }

  private void note(Claimed one, boolean noted) {
    if (!noted) {
      LOG.info(
          "a message of run {} to the channel {} was another process's by then",
          one.message().run(),
          name);
    }
  }

  /** Until it is written, the claim is held: what was sent is not sent again meanwhile. */
  private void write(Claimed one, Runnable mark, Duration retry) {
    try {
      mark.run();
    } catch (StoreException e) {
      if (!isStopped()) {
        LOG.warn("what became of a message is not noted yet: {}", e.getMessage());
        Duration longer = retry.multipliedBy(2);
        Duration next = longer.compareTo(LONGEST_STORE_RETRY) < 0 ? longer : LONGEST_STORE_RETRY;
        timers.at(now().plus(retry), () -> write(one, mark, next));
        return;
      }
      LOG.warn("what became of a message was not noted, it is sent again: {}", e.getMessage());
    }
    landed();
  }

  private Instant now() {
    return timers.clock().instant();
  }
}
