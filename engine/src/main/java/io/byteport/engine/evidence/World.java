package io.byteport.engine.evidence;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.IntentId;
import io.byteport.engine.run.Interpreter;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.RunState;
import io.byteport.engine.run.Transition;
import io.byteport.engine.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the world answered in a recorded run, as a test tells it. A test's clock stands still while
 * something is read or changed, so the events are played on such a clock to learn when, by it, each
 * answer was given. Not safe for several threads.
 */
final class World {
  private final Interpreter interpreter;
  private final CheckedRunbook runbook;
  private final Instant start;
  private Instant now;
  private RunState state;
  private @Nullable Command wanted;

  private final Map<String, Object> facts = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> steps = new LinkedHashMap<>();
  private final Map<String, Object> latest = new HashMap<>();
  private final Map<String, Map<String, Object>> outcomes = new HashMap<>();
  private final List<Object> later = new ArrayList<>();
  private final Map<String, Boolean> approvals = new LinkedHashMap<>();
  private final Map<IntentId, String> intents = new HashMap<>();
  private final Map<String, Instant> executed = new LinkedHashMap<>();

  World(Interpreter interpreter, CheckedRunbook runbook, Event.Opened opened) {
    this.interpreter = interpreter;
    this.runbook = runbook;
    this.start = opened.at();
    this.now = opened.at();
    this.state = RunState.of(runbook);
  }

  Map<String, Object> facts() {
    return facts;
  }

  Map<String, Map<String, Object>> steps() {
    return steps;
  }

  List<Object> later() {
    return later;
  }

  Map<String, Boolean> approvals() {
    return approvals;
  }

  /** Takes in what happened, in order, until the end or until it makes no sense on this clock. */
  void learn(List<JournalEntry> entries) {
    Instant before = start;
    for (JournalEntry entry : entries) {
      if (entry instanceof Event event) {
        try {
          take(event, Duration.between(before, event.at()));
        } catch (IllegalStateException | IllegalArgumentException otherwise) {
          return;
        }
        before = event.at();
      }
    }
  }

  private void feed(Event event) {
    Transition transition = interpreter.next(state, event);
    state = transition.state();
    wanted = transition.command();
  }

  private void take(Event event, Duration passed) {
    switch (event) {
      case Event.Opened opened -> feed(opened);
      case Event.Observed observed -> {
        observed(observed);
        feed(new Event.Observed(now, observed.observations()));
      }
      case Event.GuardrailsChecked checked ->
          feed(new Event.GuardrailsChecked(now, checked.standings()));
      case Event.ChangeIntended intended -> {
        intents.put(intended.intent(), intended.step());
        feed(
            new Event.ChangeIntended(
                now,
                intended.intent(),
                intended.step(),
                intended.action(),
                intended.input(),
                intended.memo(),
                intended.command(),
                intended.standings()));
      }
      case Event.ChangeRefused refused ->
          feed(new Event.ChangeRefused(now, refused.step(), refused.standings()));
      case Event.ChangeNotPrepared failed -> {
        outcome(failed.step(), failed.failure());
        feed(new Event.ChangeNotPrepared(now, failed.step(), failed.failure()));
      }
      case Event.ChangeFinished finished -> {
        String step = intents.getOrDefault(finished.intent(), "");
        outcome(step, finished.result());
        executed.putIfAbsent(name(step), now);
        feed(
            new Event.ChangeFinished(
                now, finished.intent(), finished.result(), finished.recovered()));
      }
      case Event.SettleChecked checked -> {
        settled(checked);
        feed(new Event.SettleChecked(now, checked.intent(), checked.settled(), checked.reason()));
      }
      case Event.Planned planned -> feed(new Event.Planned(now, planned.step(), planned.command()));
      case Event.HandOffEnded ended ->
          feed(
              new Event.HandOffEnded(
                  now, ended.step(), ended.run(), ended.result(), ended.reason()));
      case Event.Approved approved -> {
        approvals.put(approved.guardrail(), approved.approved());
        feed(
            new Event.Approved(
                now,
                approved.guardrail(),
                approved.approved(),
                approved.by(),
                wanted instanceof Command.Ask ask ? ask.hash() : approved.hash(),
                approved.reason()));
      }
      case Event.SignalChanged changed -> {
        now = wanted instanceof Command.Wait ? now.plus(passed) : now;
        Map<String, Object> signal = new LinkedHashMap<>();
        signal.put("cleared", plain(changed.status() == Signal.Status.RESOLVED));
        later.add(changed(Map.of("signal", signal)));
        feed(new Event.SignalChanged(now, changed.status()));
      }
      case Event.TimeReached reached -> {
        Instant until =
            switch (wanted) {
              case Command.Wait wait -> wait.until();
              case Command.Ask ask -> ask.until();
              case Command.HandOff handOff -> handOff.until();
              case null, default -> throw new IllegalStateException("nothing is waited for");
            };
        now = until.isAfter(now) ? until : now;
        feed(new Event.TimeReached(now, until));
      }
    }
  }

  static YamlText.Plain plain(Object word) {
    return new YamlText.Plain(String.valueOf(word));
  }

  private static String name(String key) {
    return key.replaceAll("(#[0-9]+)?(\\[[0-9]+])?$", "");
  }

  /** A change of the world that comes now. */
  private Map<String, Object> changed(Map<String, Object> what) {
    Map<String, Object> change = new LinkedHashMap<>();
    Instant since = start;
    for (Map.Entry<String, Instant> step : executed.entrySet()) {
      if (isNamed(step.getKey())) {
        change.put("after", step.getKey());
        since = step.getValue();
      }
    }
    if (now.isAfter(since)) {
      change.put("in", plain(Quantities.print(Duration.between(since, now))));
    }
    change.putAll(what);
    return change;
  }

  private boolean isNamed(String step) {
    Step known = runbook.steps().get(step);
    return known != null && known.head().given();
  }

  private void observed(Event.Observed observed) {
    Map<String, Object> answers = new LinkedHashMap<>();
    Map<String, List<Object>> items = new LinkedHashMap<>();
    for (Event.Observation one : observed.observations()) {
      String name = name(one.read());
      if (runbook.steps().containsKey(name)) {
        outcome(one.read(), one.result());
      } else if (one.read().endsWith("]") && one.result() instanceof ActionResult.Done done) {
        items.computeIfAbsent(name, none -> new ArrayList<>()).add(YamlText.tree(done.output()));
      } else {
        answers.put(name, answer(one.result()));
      }
    }
    items.forEach(answers::putIfAbsent);
    Map<String, Object> different = new LinkedHashMap<>();
    answers.forEach(
        (fact, answer) -> {
          Object before = latest.put(fact, answer);
          if (before == null) {
            facts.put(fact, answer);
          } else if (!before.equals(answer)) {
            different.put(fact, answer);
          }
        });
    if (!different.isEmpty()) {
      later.add(changed(Map.of("facts", different)));
    }
  }

  private static Object answer(ActionResult result) {
    return switch (result) {
      case ActionResult.Done done -> YamlText.tree(done.output());
      case ActionResult.Failed failed -> Map.of("unavailable", failed.reason());
    };
  }

  /** What a step came to, where that is not what it came to before. */
  private void outcome(String key, ActionResult result) {
    String step = name(key);
    if (!isNamed(step)) {
      return;
    }
    Map<String, Object> outcome = outcome(result, intents.containsValue(key));
    Map<String, Object> before = outcomes.put(step, outcome);
    if (before == null) {
      steps.put(step, outcome);
    } else if (!before.equals(outcome)) {
      later.add(changed(Map.of("steps", Map.of(step, outcome))));
    }
  }

  private static Map<String, Object> outcome(ActionResult result, boolean changes) {
    Map<String, Object> outcome = new LinkedHashMap<>();
    switch (result) {
      case ActionResult.Done done -> {
        boolean returns = !done.output().isNull() && !done.output().equals(Value.StructValue.EMPTY);
        if (returns) {
          outcome.put("result", YamlText.tree(done.output()));
        }
        if (!done.changed() && changes) {
          outcome.put("changed", plain(false));
        }
      }
      case ActionResult.Failed failed ->
          outcome.put(failed.certainlyNothing() ? "fails" : "unavailable", failed.reason());
    }
    return outcome;
  }

  private void settled(Event.SettleChecked checked) {
    String step = name(intents.getOrDefault(checked.intent(), ""));
    Instant since = executed.get(step);
    Map<String, Object> outcome = steps.get(step);
    if (checked.settled() && since != null && outcome != null && now.isAfter(since)) {
      outcome.putIfAbsent("settles", plain(Quantities.print(Duration.between(since, now))));
    }
  }
}
