package io.byteport.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.MDC;

/** Does independent reads at the same time, some of them at once where there are many. */
final class ParallelReads {
  private static final int AT_ONCE = 16;

  private final ActionCalls actions;

  ParallelReads(ActionCalls actions) {
    this.actions = actions;
  }

  /** One observation for each call, in order. */
  List<Event.Observation> observe(RunId run, List<Command.ReadCall> calls, Narration narration)
      throws InterruptedException {
    if (calls.isEmpty()) {
      return List.of();
    }
    if (calls.size() == 1) {
      return List.of(observe(run, calls.getFirst(), narration));
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(AT_ONCE, calls.size()),
            Thread.ofVirtual().name("byteport-read-", 0).factory());
    try {
      List<Future<Event.Observation>> pending = new ArrayList<>();
      for (Command.ReadCall call : calls) {
        pending.add(threads.submit(() -> named(run, call, narration)));
      }
      List<Event.Observation> observations = new ArrayList<>();
      for (Future<Event.Observation> future : pending) {
        observations.add(future.get());
      }
      return observations;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a read broke its own rules", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** On a thread that is not the run's own. */
  @SuppressWarnings("try") // the name is taken back at its end
  private Event.Observation named(RunId run, Command.ReadCall call, Narration narration)
      throws InterruptedException {
    try (MDC.MDCCloseable name = LogNames.of(run)) {
      return observe(run, call, narration);
    }
  }

  private Event.Observation observe(RunId run, Command.ReadCall call, Narration narration)
      throws InterruptedException {
    return new Event.Observation(call.read(), actions.read(run, call, narration));
  }
}
