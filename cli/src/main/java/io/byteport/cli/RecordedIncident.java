package io.byteport.cli;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.test.Given;
import io.byteport.dsl.test.TestCase;
import io.byteport.dsl.value.Value;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.signal.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The world that a recorded run met until it first changed something, so that another runbook may
 * meet it too.
 *
 * @param given what it started from
 * @param later what its reads found in later passes
 */
record RecordedIncident(Given given, List<TestCase.Later> later) {
  RecordedIncident {
    later = List.copyOf(later);
  }

  /**
   * @param runbook the one that shall meet it; what it does not know is left out
   */
  static RecordedIncident of(List<JournalEntry> journal, CheckedRunbook runbook) {
    Event.Opened opened = (Event.Opened) journal.getFirst();
    Map<String, Given.Fact> first = new LinkedHashMap<>();
    List<TestCase.Later> later = new ArrayList<>();
    for (JournalEntry entry : journal) {
      if (entry instanceof Event.ChangeIntended) {
        break;
      }
      if (entry instanceof Event.Observed observed) {
        Map<String, Given.Fact> again = new LinkedHashMap<>();
        facts(observed)
            .forEach(
                (name, fact) -> {
                  if (first.putIfAbsent(name, fact) != null) {
                    again.put(name, fact);
                  }
                });
        if (!again.isEmpty()) {
          Duration in = Duration.between(opened.at(), observed.at());
          later.add(new TestCase.Later(null, in, again, Map.of(), null));
        }
      }
    }
    Given given =
        new Given(
            true,
            opened.at(),
            signal(opened.signal()),
            known(opened.inputs().fields(), runbook.inputs().keySet()),
            known(opened.params().fields(), runbook.params().keySet()),
            List.of(),
            first,
            Map.of(),
            List.of(),
            List.of(),
            Map.of());
    return new RecordedIncident(given, later);
  }

  private static Map<String, Value> known(Map<String, Value> fields, Set<String> names) {
    Map<String, Value> kept = new LinkedHashMap<>(fields);
    kept.keySet().retainAll(names);
    kept.values().removeIf(Value::isNull);
    return kept;
  }

  private static Given.Signal signal(Signal signal) {
    return new Given.Signal(
        signal.type(),
        signal.source(),
        signal.severity().name().toLowerCase(Locale.ROOT),
        signal.status() == Signal.Status.RESOLVED,
        signal.labels(),
        signal.startedAt(),
        signal.value(),
        signal.fingerprint(),
        signal.link());
  }

  /** What one batch of reads found; the items of a fact are put together. */
  private static Map<String, Given.Fact> facts(Event.Observed observed) {
    Map<String, Given.Fact> facts = new LinkedHashMap<>();
    Map<String, TreeMap<Integer, Value>> items = new LinkedHashMap<>();
    for (Event.Observation one : observed.observations()) {
      int bracket = one.read().indexOf('[');
      String name = bracket < 0 ? one.read() : one.read().substring(0, bracket);
      switch (one.result()) {
        case ActionResult.Failed failed ->
            facts.put(name, new Given.Fact.Unavailable(failed.reason()));
        case ActionResult.Done done when bracket < 0 ->
            facts.put(name, new Given.Fact.Is(done.output()));
        case ActionResult.Done done -> {
          int index = Integer.parseInt(one.read().substring(bracket + 1, one.read().length() - 1));
          items.computeIfAbsent(name, key -> new TreeMap<>()).put(index, done.output());
        }
      }
    }
    items.forEach(
        (name, list) ->
            facts.putIfAbsent(name, new Given.Fact.Is(Value.of(List.copyOf(list.values())))));
    return facts;
  }
}
