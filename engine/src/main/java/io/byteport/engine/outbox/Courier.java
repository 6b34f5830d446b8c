package io.byteport.engine.outbox;

import io.byteport.engine.channel.Channel;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.run.Timers;
import io.byteport.engine.source.Feedback;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages from the outbox to their channels: at least once each, those about one incident in
 * their order, and tries again what was not taken. Each channel has its own lane, so that one that
 * is slow or down holds up no other. While there is nothing to send no thread is held. Safe for
 * several threads.
 */
public final class Courier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  /** How long what is being sent may take when the courier is closed, before it is interrupted. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** How long after its time something is looked for that waits for nobody. */
  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final Outbox outbox;
  private final Timers timers;
  private final Lane.Rules rules;
  private final Map<String, Lane> lanes = new LinkedHashMap<>();
  private boolean started;
  private boolean closed;
  private Timers.@Nullable Timer sweeping;

  /**
   * @param redactor is asked right before a message is sent
   */
  public Courier(
      Outbox outbox,
      Timers timers,
      Redactor redactor,
      CourierSettings settings,
      SendingListener listener) {
    this.outbox = outbox;
    this.timers = timers;
    this.rules = new Lane.Rules(new Clean(redactor), settings, listener);
    outbox.onPut(this::wake);
  }

  /** How a source that hears what became of its alerts is sent to. */
  public static Channel channel(Feedback feedback) {
    return message -> feedback.ended(message.subject().fingerprint(), message);
  }

  /**
   * From now on messages go through these, by name. What is under way goes on through those before,
   * and what waits for a channel that is none of these waits on.
   *
   * @param channels are not closed by the courier
   */
  public synchronized void use(Map<String, Channel> channels) {
    lanes.entrySet().removeIf(lane -> isGone(lane, channels));
    channels.forEach(
        (name, channel) -> {
          Lane lane = lanes.get(name);
          if (lane == null) {
            lanes.put(name, new Lane(name, channel, outbox, timers, rules));
          } else {
            lane.use(channel);
          }
        });
    if (started && !closed) {
      lanes.values().forEach(Lane::wake);
      timers.execute(this::sweep);
    }
  }

  private static boolean isGone(Map.Entry<String, Lane> lane, Map<String, Channel> channels) {
    boolean gone = !channels.containsKey(lane.getKey());
    if (gone) {
      lane.getValue().stop();
    }
    return gone;
  }

  /** Begins to send, with what was left by earlier processes. */
  public synchronized void start() {
    started = true;
    lanes.values().forEach(Lane::wake);
    timers.execute(this::sweep);
  }

  private synchronized void wake(Set<String> channels) {
    if (!started || closed) {
      return;
    }
    for (String channel : channels) {
      Lane lane = lanes.get(channel);
      if (lane != null) {
        lane.wake();
      } else if (sweeping == null) {
        timers.execute(this::sweep);
      }
    }
  }

  /** What waits for a channel that was taken out of the configuration is given up one day. */
  private void sweep() {
    Set<String> channels;
    synchronized (this) {
      if (closed) {
        return;
      }
      channels = Set.copyOf(lanes.keySet());
    }
    Instant now = timers.clock().instant();
    Duration patience = rules.settings().giveUpAfter();
    try {
      Optional<Instant> left = outbox.abandon(channels, now.minus(patience), now);
      left.ifPresent(oldest -> sweepAt(oldest.plus(patience).plus(SWEEP)));
    } catch (StoreException e) {
      LOG.warn("it was not looked for messages to channels that are gone: {}", e.getMessage());
      sweepAt(now.plus(SWEEP));
    }
  }

  private synchronized void sweepAt(Instant when) {
    if (sweeping != null) {
      sweeping.cancel();
    }
    sweeping = closed ? null : timers.at(when, this::sweep);
  }

  /**
   * Begins no further attempt, and waits for those that are being made. What was not sent is sent
   * after the next start, or by others.
   */
  @Override
  public void close() {
    Map<String, Lane> all;
    synchronized (this) {
      closed = true;
      all = Map.copyOf(lanes);
      if (sweeping != null) {
        sweeping.cancel();
      }
    }
    all.values().forEach(Lane::stop);
    try {
      for (Lane lane : all.values()) {
        lane.awaitQuiet(GRACE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
