package io.byteport.engine.run;

import io.byteport.dsl.value.Quantities;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Progress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the code of actions: each call on a virtual thread of its own, for no longer than its
 * timeout. A call whose time is over is interrupted and, where it ignores that, left behind. This
 * is the one place where what a plugin throws is caught.
 */
final class TimedCalls {
  private static final Logger LOG = LoggerFactory.getLogger(TimedCalls.class);

  /** How long an interrupted call may tidy up before it is left behind. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final InstantSource clock;
  private final Redactor redactor;
  private final Map<IntentId, Thread> changing = new ConcurrentHashMap<>();

  TimedCalls(InstantSource clock, Redactor redactor) {
    this.clock = clock;
    this.redactor = redactor;
  }

  @FunctionalInterface
  interface Body<T> {
    T call(ActionContext context) throws ActionException, InterruptedException;
  }

  /**
   * @param name the execution's name, for stamps and idempotency keys
   * @param voice what the body may speak with; closed when the call ends, however it ends
   * @throws CallFailure if the body failed, or gave no answer in time
   * @throws InterruptedException if this thread was interrupted; the body is then, too
   */
  <T> T call(Duration timeout, String name, Narration.Voice voice, Body<T> body)
      throws CallFailure, InterruptedException {
    return run(timeout, name, null, voice, body);
  }

  /** Calls what has nothing to say. */
  <T> T call(Duration timeout, String name, Body<T> body) throws CallFailure, InterruptedException {
    return run(timeout, name, null, null, body);
  }

  /** Calls what makes a change, and remembers where it was left behind doing so. */
  <T> T change(Duration timeout, IntentId intent, Narration.Voice voice, Body<T> body)
      throws CallFailure, InterruptedException {
    return run(timeout, intent.value(), intent, voice, body);
  }

  /** Whether a call that was given up may still be making the change. */
  boolean mayStillChange(IntentId intent) {
    Thread thread = changing.get(intent);
    return thread != null && thread.isAlive();
  }

  private <T> T run(
      Duration timeout,
      String name,
      @Nullable IntentId intent,
      Narration.@Nullable Voice voice,
      Body<T> body)
      throws CallFailure, InterruptedException {
    Progress progress = voice == null ? Progress.UNHEARD : voice;
    FutureTask<T> task =
        new FutureTask<>(() -> body.call(new ActionContext(clock, timeout, name, progress)));
    Thread thread = Thread.ofVirtual().name("byteport-action").unstarted(LogNames.inherited(task));
    if (intent != null) {
      changing.put(intent, thread);
    }
    thread.start();
    try {
      return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new CallFailure(failure(e.getCause() == null ? e : e.getCause()));
    } catch (TimeoutException e) {
      thread.interrupt();
      thread.join(GRACE);
      throw new CallFailure(
          new ActionResult.Failed(
              FailureKind.TIMEOUT, "no answer within " + Quantities.print(timeout), false, null));
    } catch (InterruptedException e) {
      thread.interrupt();
      throw e;
    } finally {
      if (voice != null) {
        voice.close();
      }
      if (intent != null && task.isDone()) {
        changing.remove(intent);
      }
    }
  }

  private ActionResult.Failed failure(Throwable thrown) {
    return switch (thrown) {
      case ActionException e ->
          failed(e.kind(), e.reason(), e.effect() == ActionException.Effect.NONE);
      case InterruptedException e -> failed(FailureKind.CANCELLED, "it was interrupted", false);
      default -> {
        LOG.warn("an action failed unexpectedly: {}", redactor.trace(thrown));
        String message = thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
        yield failed(FailureKind.INTERNAL, thrown.getClass().getSimpleName() + message, false);
      }
    };
  }

  private ActionResult.Failed failed(FailureKind kind, String reason, boolean nothing) {
    return new ActionResult.Failed(kind, redactor.redact(reason), nothing, null);
  }
}
