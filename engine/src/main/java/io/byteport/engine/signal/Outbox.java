package io.byteport.engine.signal;

import io.byteport.engine.run.SignalSink;
import io.byteport.engine.run.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * Hands signals on, in order. One that the sink fails to take is offered again until it is taken.
 * Of several detectors that see the same, the first one fires and the last one resolves. Used on
 * the watcher's work.
 */
final class Outbox {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final SignalSink sink;
  private final WatchListener listener;
  private final Timers timers;
  private final SerialWork work;
  private final Queue<Signal> waiting = new ArrayDeque<>();
  private final Map<String, Set<DetectorEvaluator>> firing = new HashMap<>();
  private boolean retrying;

  Outbox(SignalSink sink, WatchListener listener, Timers timers, SerialWork work) {
    this.sink = sink;
    this.listener = listener;
    this.timers = timers;
    this.work = work;
  }

  void add(DetectorEvaluator from, Signal signal) {
    if (isNews(from, signal)) {
      waiting.add(signal);
      if (!retrying) {
        deliver();
      }
    }
  }

  private boolean isNews(DetectorEvaluator from, Signal signal) {
    Set<DetectorEvaluator> seers =
        firing.computeIfAbsent(signal.fingerprint(), unseen -> new HashSet<>());
    if (signal.status() == Signal.Status.FIRING) {
      seers.add(from);
      return seers.size() == 1;
    }
    seers.remove(from);
    if (seers.isEmpty()) {
      firing.remove(signal.fingerprint());
    }
    return seers.isEmpty();
  }

  private void deliver() {
    retrying = false;
    for (Signal signal = waiting.peek(); signal != null; signal = waiting.peek()) {
      try {
        sink.accept(signal);
      } catch (RuntimeException e) {
        listener.undelivered(signal, String.valueOf(e.getMessage()));
        retrying = true;
        timers.at(timers.clock().instant().plus(RETRY), () -> work.post(this::deliver));
        return;
      }
      waiting.remove();
    }
  }
}
