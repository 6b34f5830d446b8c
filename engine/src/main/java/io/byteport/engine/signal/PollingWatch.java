package io.byteport.engine.signal;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.run.Timers;
import io.byteport.engine.run.Timers.Timer;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.RecordCodec;
import io.byteport.engine.spi.WatchSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a read by asking again and again. Each answer tells of all its elements, and of those of
 * the last one that are gone. A read that fails or takes too long degrades the watch until the next
 * that does not.
 */
final class PollingWatch {
  private static final Logger LOG = LoggerFactory.getLogger(PollingWatch.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final ActionCatalogue catalogue;
  private final ActionDescription description;
  private final Action.Read<Record, Record> read;
  private final Duration every;
  private final Timers timers;
  private final Redactor redactor;
  private final RecordCodec codec = new RecordCodec();

  @SuppressWarnings("unchecked") // inputs are made of the action's own input type
  PollingWatch(
      ActionCatalogue catalogue,
      ActionDescription description,
      Action.Read<?, ?> read,
      Duration every,
      Timers timers,
      Redactor redactor) {
    this.catalogue = catalogue;
    this.description = description;
    this.read = (Action.Read<Record, Record>) read;
    this.every = every;
    this.timers = timers;
    this.redactor = redactor;
  }

  /** Takes what the answers say. */
  interface Listener extends WatchSource.Listener {

    /** The read answered, whatever it found; told before its elements are. */
    void answered();
  }

  /**
   * Starts to ask. The listener is told on threads of the timers, one answer after the other.
   *
   * @return closes the watch
   */
  AutoCloseable start(StructValue with, Listener listener) {
    Poll poll = new Poll(with, listener);
    timers.execute(poll::ask);
    return poll;
  }

  /** One watch under way. Asks on one thread at a time; closed from any. */
  private final class Poll implements AutoCloseable {
    private final StructValue with;
    private final Listener listener;
    private final PolledElements elements;
    private Set<String> known = new LinkedHashSet<>();
    private @Nullable Thread asking;
    private @Nullable Timer next;
    private boolean closed;

    Poll(StructValue with, Listener listener) {
      this.with = with;
      this.listener = listener;
      this.elements = new PolledElements(catalogue, description, with);
    }

    void ask() {
      if (!begin()) {
        return;
      }
      Instant started = timers.clock().instant();
      Timer deadline = timers.at(started.plus(TIMEOUT), this::interrupt);
      try {
        Record output =
            read.read(
                codec.read(with, read.inputType()),
                new ActionContext(timers.clock(), TIMEOUT, "watch"));
        tell(output == null ? Value.NULL : redactor.redact(codec.write(output)));
      } catch (ActionException e) {
        degraded(e.reason());
      } catch (InterruptedException e) {
        degraded("no answer within " + Quantities.print(TIMEOUT));
      } catch (RuntimeException e) {
        LOG.warn("`{}` failed unexpectedly", description.name(), e);
        degraded(e.getClass().getSimpleName() + ": " + e.getMessage());
      } finally {
        deadline.cancel();
        end(started.plus(every));
      }
    }

    private synchronized boolean begin() {
      if (closed) {
        return false;
      }
      asking = Thread.currentThread();
      return true;
    }

    private synchronized void end(Instant again) {
      asking = null;
      if (!closed) {
        next = timers.at(again, this::ask);
      }
    }

    private synchronized void interrupt() {
      if (asking != null) {
        asking.interrupt();
      }
    }

    private synchronized boolean isClosed() {
      return closed;
    }

    private void tell(Value answer) {
      if (isClosed()) {
        return;
      }
      listener.answered();
      Map<String, PolledElements.Element> seen = elements.of(answer);
      seen.forEach((key, element) -> listener.changed(key, element.value(), element.labels()));
      known.stream().filter(key -> !seen.containsKey(key)).forEach(listener::gone);
      known = new LinkedHashSet<>(seen.keySet());
    }

    private void degraded(String reason) {
      if (!isClosed()) {
        listener.degraded(redactor.redact(reason));
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      if (next != null) {
        next.cancel();
      }
      if (asking != null) {
        asking.interrupt();
      }
    }
  }
}
