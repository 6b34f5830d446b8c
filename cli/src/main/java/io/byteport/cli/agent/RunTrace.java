package io.byteport.cli.agent;

import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.IntentId;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as spans, made of its journal alone: the run, its phases, and in each phase every read,
 * wait and change. The same journal makes the same spans, in whatever process.
 *
 * @param whole the run itself
 * @param parts in the order of the journal; parents before children
 */
record RunTrace(Span whole, List<Span> parts) {

  RunTrace {
    parts = List.copyOf(parts);
  }

  /**
   * @param parent the index of the span in {@link RunTrace#parts} that this one belongs to; -1 for
   *     the run
   * @param failure in the other side's words; null where there was none
   */
  record Span(
      String name,
      int parent,
      Instant from,
      Instant until,
      Map<String, String> attributes,
      @Nullable String failure) {
    Span {
      attributes = Map.copyOf(attributes);
    }
  }

  /**
   * @param entries of a run that has ended, the opening first
   * @throws IllegalArgumentException if they are not the journal of such a run
   */
  static RunTrace of(List<JournalEntry> entries) {
    return new Making(entries).make();
  }

  /** One trace in the making. */
  private static final class Making {
    private final List<JournalEntry> entries;
    private final List<Span> parts = new ArrayList<>();
    private final Map<IntentId, Event.ChangeIntended> flying = new LinkedHashMap<>();
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private int phase = -1;
    private Instant before;

    Making(List<JournalEntry> entries) {
      this.entries = entries;
      if (entries.isEmpty() || !(entries.getFirst() instanceof Event.Opened opened)) {
        throw new IllegalArgumentException("a run begins with its opening");
      }
      this.before = opened.at();
      attributes.put("byteport.run", opened.run().value());
      attributes.put("byteport.runbook", opened.runbook());
      attributes.put("byteport.runbook.version", opened.runbookVersion());
      attributes.put("byteport.mode", opened.mode().name().toLowerCase(java.util.Locale.ROOT));
      attributes.put("byteport.signal", opened.signal().type());
      attributes.put("byteport.source", opened.signal().source());
      attributes.put("byteport.target", opened.targetKey());
    }

    RunTrace make() {
      String failure = null;
      for (JournalEntry entry : entries) {
        switch (entry) {
          case Note.PhaseEntered entered -> enter(entered);
          case Note.Classified classified -> {
            attributes.put("byteport.class", classified.classId());
            attributes.put("byteport.confidence", Double.toString(classified.confidence()));
            attributes.put("byteport.severity", classified.severity());
          }
          case Event.Observed observed ->
              observed.observations().forEach(one -> read(observed, one));
          case Event.ChangeIntended intended -> flying.put(intended.intent(), intended);
          case Event.ChangeFinished finished -> change(finished);
          case Event.TimeReached reached -> add("wait", before, reached.at(), Map.of(), null);
          case Event.Approved answer ->
              add(
                  "approval " + answer.guardrail(),
                  before,
                  answer.at(),
                  Map.of("byteport.approved", Boolean.toString(answer.approved())),
                  null);
          case Note.Finished finished -> {
            attributes.put("byteport.result", finished.report().result().word());
            failure =
                finished.report().result() == io.byteport.engine.run.RunResult.ESCALATED
                    ? finished.report().reason()
                    : null;
          }
          case Note note -> {}
          case Event event -> {}
        }
        before = entry.at().isAfter(before) ? entry.at() : before;
      }
      leave(before);
      Instant began = entries.getFirst().at();
      String runbook = attributes.getOrDefault("byteport.runbook", "run");
      return new RunTrace(new Span(runbook, -1, began, before, attributes, failure), parts);
    }

    private void enter(Note.PhaseEntered entered) {
      leave(entered.at());
      phase = parts.size();
      parts.add(
          new Span(
              entered.phase().name().toLowerCase(java.util.Locale.ROOT),
              -1,
              entered.at(),
              entered.at(),
              Map.of("byteport.pass", Integer.toString(entered.pass())),
              null));
    }

    /** A phase ends where the next one begins. */
    private void leave(Instant at) {
      if (phase >= 0) {
        Span open = parts.get(phase);
        parts.set(
            phase,
            new Span(
                open.name(), open.parent(), open.from(), at, open.attributes(), open.failure()));
      }
    }

    private void read(Event.Observed observed, Event.Observation observation) {
      add(
          observation.read(),
          before,
          observed.at(),
          Map.of("byteport.effect", "read"),
          failure(observation.result()));
    }

    private void change(Event.ChangeFinished finished) {
      Event.ChangeIntended intended = flying.remove(finished.intent());
      if (intended != null) {
        add(
            intended.action(),
            intended.at(),
            finished.at(),
            Map.of(
                "byteport.effect", "change",
                "byteport.step", intended.step(),
                "byteport.command", intended.command(),
                "byteport.recovered", Boolean.toString(finished.recovered())),
            failure(finished.result()));
      }
    }

    private void add(
        String name,
        Instant from,
        Instant until,
        Map<String, String> more,
        @Nullable String failure) {
      parts.add(new Span(name, phase, from, until.isBefore(from) ? from : until, more, failure));
    }

    private static @Nullable String failure(ActionResult result) {
      return result instanceof ActionResult.Failed failed ? failed.reason() : null;
    }
  }
}
