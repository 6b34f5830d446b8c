package io.byteport.engine.run;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.spi.Progress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the actions of one run say while they are going on. Lines may come from any thread; they are
 * redacted, capped and put into a queue, from which another thread takes them to the journal, so
 * that no action ever waits for it. What cannot be written is left out: nothing depends on it. What
 * is said after an action has ended is dropped.
 */
final class Narration {
  /** Bytes of a line, in UTF-8. */
  static final int LONGEST_LINE = 4 * 1024;

  /** Lines of one step or read, however often it is looked after; the others are counted. */
  static final int MOST_LINES = 200;

  /** Of what is longer than this, the rest is not even looked at. */
  private static final int LONGEST_READ = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Narration.class);

  private final Timers timers;
  private final Redactor redactor;
  private final Consumer<List<Note>> journal;
  private final Queue<Line> queue = new ArrayDeque<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Object writing = new Object();
  private final Map<String, Integer> said = new HashMap<>();

  private record Line(String step, String text) {}

  /**
   * @param journal writes notes down and tells of them; may do I/O and throw {@link StoreException}
   */
  Narration(Timers timers, Redactor redactor, Consumer<List<Note>> journal) {
    this.timers = timers;
    this.redactor = redactor;
    this.journal = journal;
  }

  /**
   * Opens a voice for one execution.
   *
   * @param step the key of the step or read that is executed
   */
  Voice of(String step) {
    return new Voice(step);
  }

  /** Writes down what was said and is not written yet; waits for what is being written. */
  void settle() {
    scheduled.set(false);
    synchronized (writing) {
      List<Note> notes = taken();
      if (notes.isEmpty()) {
        return;
      }
      try {
        journal.accept(notes);
      } catch (StoreException e) {
        LOG.debug("what actions said was not written down: {}", e.getMessage());
      }
    }
  }

  private List<Note> taken() {
    List<Line> lines;
    synchronized (queue) {
      lines = List.copyOf(queue);
      queue.clear();
    }
    List<Note> notes = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= lines.size(); i++) {
      if (i == lines.size() || !lines.get(i).step().equals(lines.get(from).step())) {
        notes.add(
            new Note.Said(
                timers.clock().instant(),
                lines.get(from).step(),
                lines.subList(from, i).stream().map(Line::text).toList()));
        from = i;
      }
    }
    return notes;
  }

  /**
   * @param most how many lines of its step there may be with it
   * @return whether there were fewer
   */
  private boolean add(Line line, int most) {
    synchronized (queue) {
      int before = said.getOrDefault(line.step(), 0);
      if (before >= most) {
        return false;
      }
      said.put(line.step(), before + 1);
      queue.add(line);
    }
    if (scheduled.compareAndSet(false, true)) {
      timers.execute(this::settle);
    }
    return true;
  }

  /** One execution that may say something until it is closed. Safe for several threads. */
  final class Voice implements Progress, AutoCloseable {
    private final String step;
    private long unheard;
    private boolean over;

    private Voice(String step) {
      this.step = step;
    }

    @Override
    public void says(String text) {
      boolean longer = text.length() > LONGEST_READ;
      String clean = redactor.redact(longer ? text.substring(0, LONGEST_READ) : text);
      clean.lines().forEach(line -> hear(capped(shown(line), text.length())));
    }

    private synchronized void hear(String line) {
      if (over) {
        return;
      }
      if (add(new Line(step, line), MOST_LINES)) {
        return;
      }
      unheard++;
    }

    /** Ends it; from now on nothing is heard. */
    @Override
    public synchronized void close() {
      if (!over && unheard > 0) {
        String more = "[" + unheard + " more " + (unheard == 1 ? "line" : "lines") + "]";
        unheard = add(new Line(step, more), MOST_LINES + 1) ? 0 : unheard;
      }
      over = true;
    }
  }

  /** Without anything that a terminal would obey. */
  private static String shown(String line) {
    StringBuilder shown = new StringBuilder(line.length());
    line.codePoints()
        .forEach(
            c -> shown.appendCodePoint(c == '\t' ? ' ' : Character.isISOControl(c) ? 0xFFFD : c));
    return shown.toString().stripTrailing();
  }

  private static String capped(String line, int characters) {
    if (line.getBytes(StandardCharsets.UTF_8).length <= LONGEST_LINE) {
      return line;
    }
    String mark = " [cut: " + Math.max(line.length(), characters) + " characters]";
    int left = LONGEST_LINE - mark.length();
    int end = 0;
    while (end < line.length()) {
      int c = line.codePointAt(end);
      left -= c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (left < 0) {
        break;
      }
      end += Character.charCount(c);
    }
    return line.substring(0, end) + mark;
  }
}
