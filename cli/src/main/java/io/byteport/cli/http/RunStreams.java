package io.byteport.cli.http;

import io.byteport.cli.agent.AgentView;
import io.byteport.engine.journal.JournalCodec;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.RunId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of a run as server-sent events, those that are written while somebody listens among
 * them. The id of an event is the number of its entry in the journal, from 0, so that whoever was
 * cut off goes on after the last that was seen. The store is the truth; a listener only says when
 * to look. Where several processes share the state it is looked at from time to time as well.
 */
final class RunStreams implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunStreams.class);
  private static final Duration OTHERS = Duration.ofSeconds(2);

  private final AgentView agent;
  private final Duration beat;
  private final Semaphore places;
  private final Set<Semaphore> bells = ConcurrentHashMap.newKeySet();
  private final JournalCodec codec = new JournalCodec(Redactor.SHAPES_ONLY);
  private volatile boolean closed;

  RunStreams(AgentView agent, HttpLimits limits) {
    this.agent = agent;
    this.beat = limits.beat();
    this.places = new Semaphore(limits.streams());
  }

  /**
   * @param last the id of the last event that was seen; null for none
   */
  Answer of(RunId run, @Nullable String last) {
    RunSummary summary = agent.store().run(run).orElseThrow(() -> RunsApi.unknown(run));
    int next = last == null ? 0 : number(last) + 1;
    if (last != null
        && summary.finishedAt() != null
        && agent.store().entries(run, next).isEmpty()) {
      return new Answer.Whole(204, "text/event-stream", "", Map.of()); // there will be no more
    }
    return new Answer.Stream("text/event-stream", open -> write(run, next, open));
  }

  private static int number(String last) {
    try {
      int number = Integer.parseInt(last);
      if (number >= 0 && number < Integer.MAX_VALUE) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw notAnId(last);
    }
    throw notAnId(last);
  }

  private static Problem notAnId(String last) {
    return Problem.invalid("`Last-Event-ID`: expected the id of an event, found `" + last + "`");
  }

  private void write(RunId run, int first, Supplier<OutputStream> open)
      throws IOException, InterruptedException {
    if (!places.tryAcquire()) {
      throw Problem.busy("too many listen already", beat);
    }
    Semaphore bell = new Semaphore(0);
    bells.add(bell);
    try {
      AutoCloseable ear = listen(run, bell);
      try (OutputStream out = open.get()) {
        follow(run, first, bell, out);
      } finally {
        close(ear);
      }
    } finally {
      bells.remove(bell);
      places.release();
    }
  }

  private AutoCloseable listen(RunId run, Semaphore bell) {
    return agent.listen(
        (id, entry) -> {
          if (id.equals(run)) {
            bell.release();
          }
        });
  }

  private static void close(AutoCloseable ear) {
    try {
      ear.close();
    } catch (Exception e) {
      LOG.warn("a listener could not be taken away", e);
    }
  }

  private void follow(RunId run, int first, Semaphore bell, OutputStream out)
      throws IOException, InterruptedException {
    int next = first;
    long beaten = System.nanoTime();
    say(out, "retry: 2000\n\n");
    while (!closed) {
      bell.drainPermits();
      boolean ended =
          agent.store().run(run).map(summary -> summary.finishedAt() != null).orElse(true);
      for (JournalEntry entry : agent.store().entries(run, next)) {
        event(out, next++, entry);
        beaten = System.nanoTime();
      }
      if (ended) {
        say(out, "event: end\ndata: {}\n\n");
        return;
      }
      if (!rings(bell) && System.nanoTime() - beaten >= beat.toNanos()) {
        say(out, ": still here\n\n");
        beaten = System.nanoTime();
      }
    }
  }

  private boolean rings(Semaphore bell) throws InterruptedException {
    Duration wait = agent.store().isShared() && OTHERS.compareTo(beat) < 0 ? OTHERS : beat;
    return bell.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void event(OutputStream out, int number, JournalEntry entry) throws IOException {
    say(out, "id: " + number + "\nevent: entry\ndata: " + codec.write(entry) + "\n\n");
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Ends all streams; who listens comes back to whoever is there then. */
  @Override
  public void close() {
    closed = true;
    bells.forEach(Semaphore::release);
  }
}
