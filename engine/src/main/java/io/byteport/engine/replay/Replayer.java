package io.byteport.engine.replay;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Interpreter;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Links;
import io.byteport.engine.run.Note;
import io.byteport.engine.signal.ParamBinder;
import io.byteport.engine.signal.ParamBinding;
import io.byteport.engine.signal.ParamSources;
import io.byteport.engine.spi.Inventory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the events of a recorded run to a runbook, through the same pure interpreter as in a real
 * run, and compares what is concluded and wanted with what was. In what order facts are read does
 * not matter: a read is answered by what the recording last read there. Stateless, safe for use by
 * several threads.
 */
public final class Replayer {
  /** No runbook reads as often without doing anything else. */
  private static final int MOST_READS = 10_000;

  private final Evaluator evaluator = new Evaluator();
  private final Interpreter interpreter = new Interpreter(evaluator, Links.NONE);

  /**
   * Plays a run again.
   *
   * @param entries of its journal, in order, an opening first
   * @param then the runbook with which it was recorded
   * @param now the runbook of today
   * @throws IllegalArgumentException if the entries do not begin with an opening
   */
  public Replayed replay(List<JournalEntry> entries, CheckedRunbook then, CheckedRunbook now) {
    if (entries.isEmpty() || !(entries.getFirst() instanceof Event.Opened opened)) {
      throw new IllegalArgumentException("the journal does not begin with an opening");
    }
    return new Play(entries, new Side(interpreter, then), new Side(interpreter, now))
        .run(opened, then == now ? opened : opening(opened, then, now));
  }

  /** The opening as it would be: parameters that nobody had set have the defaults of today. */
  private Event.Opened opening(Event.Opened opened, CheckedRunbook then, CheckedRunbook now) {
    ParamBinder binder = new ParamBinder(evaluator, Inventory.EMPTY);
    Map<String, Value> known = new LinkedHashMap<>(opened.params().fields());
    known.keySet().retainAll(now.runbook().params().keySet());
    if (binder.bind(then, ParamSources.NONE) instanceof ParamBinding.Bound defaults) {
      known.entrySet().removeAll(defaults.params().fields().entrySet());
    }
    ParamBinding binding = binder.bind(now, new ParamSources(Map.of(), known, Map.of()));
    StructValue params =
        binding instanceof ParamBinding.Bound bound ? bound.params() : opened.params();
    return new Event.Opened(
        opened.at(),
        opened.run(),
        opened.runbook(),
        now.runbook().metadata().version(),
        now.source().text(),
        opened.mode(),
        opened.signal(),
        params,
        opened.inputs(),
        opened.target(),
        opened.targetKey());
  }

  private static final class Play {
    private final List<JournalEntry> entries;
    private final Side then;
    private final Side now;
    private final Answers answers = new Answers();
    private final List<Note> recorded = new ArrayList<>();
    private int same;

    Play(List<JournalEntry> entries, Side then, Side now) {
      this.entries = entries;
      this.then = then;
      this.now = now;
    }

    Replayed run(Event.Opened opened, Event.Opened today) {
      then.feed(opened);
      now.feed(today);
      Parting parting = null;
      for (int i = 1; i < entries.size() && parting == null; i++) {
        switch (entries.get(i)) {
          case Note note -> recorded.add(note);
          case Event event -> parting = feed(event, i + 1);
        }
      }
      if (parting == null && !(then.wanted() instanceof Command.Read)) {
        parting = compare(entries.size() + 1, then.at());
      }
      return new Replayed(opened.run(), opened.runbook(), same, parting, answers.missing());
    }

    private @Nullable Parting feed(Event event, int number) {
      if (then.wanted() instanceof Command.Read read) {
        if (event instanceof Event.Observed observed) {
          answers.record(read, observed);
          then.feed(event);
        } else {
          then.feed(event);
          now.feed(event);
        }
        return null;
      }
      Parting parting = compare(number, event.at());
      if (parting == null && !isWanted(event)) {
        List<String> wanted = texts(Line.of(wantedThen()));
        parting = new Parting(number, event.at(), List.of(told(event)), wanted);
      }
      if (parting == null) {
        then.feed(event);
        now.feed(event);
      }
      return parting;
    }

    /** Whether the recorded change is that which is wanted of the runbook of then. */
    private boolean isWanted(Event event) {
      return !(event instanceof Event.ChangeIntended intended)
          || (then.wanted() instanceof Command.Change change
              && change.step().equals(intended.step())
              && change.action().equals(intended.action()));
    }

    private static String told(Event event) {
      return event instanceof Event.ChangeIntended intended
          ? "changes " + intended.step() + ": " + intended.action()
          : event.getClass().getSimpleName();
    }

    private Command wantedThen() {
      Command wanted = then.wanted();
      if (wanted == null) {
        throw new IllegalStateException("the run is not open");
      }
      return wanted;
    }

    /** Where both are about to do something else than read. */
    private @Nullable Parting compare(int number, Instant at) {
      int reads = 0;
      while (now.wanted() instanceof Command.Read read && reads++ < MOST_READS) {
        now.feed(answers.to(read, then.at()));
      }
      then.takeNotes();
      List<Line> was = new ArrayList<>(Line.of(recorded));
      was.addAll(Line.of(wantedThen()));
      recorded.clear();
      List<Line> is = new ArrayList<>(Line.of(now.takeNotes()));
      Command wanted = now.wanted();
      if (wanted != null) {
        is.addAll(Line.of(wanted));
      }
      if (keys(was).equals(keys(is))) {
        same++;
        return null;
      }
      return new Parting(number, at, texts(was), texts(is));
    }

    private static List<String> keys(List<Line> lines) {
      return lines.stream().filter(Line::matters).map(Line::key).toList();
    }

    private static List<String> texts(List<Line> lines) {
      return lines.stream().map(Line::text).toList();
    }
  }
}
