package io.byteport.engine.sim;

import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.sim.Fixture.Answer;
import io.byteport.engine.sim.Fixture.Later;
import io.byteport.engine.sim.Fixture.StepAnswer;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A world that is what a fixture says, at each moment. Not safe for several threads. */
final class SimulatedWorld {
  private final Map<String, Answer> facts;
  private final Map<String, StepAnswer> steps;
  private final List<Later> unarmed = new ArrayList<>();
  private final List<Armed> armed = new ArrayList<>();
  private final Map<String, Instant> settledAt = new HashMap<>();

  private record Armed(Instant at, int order, Later later) {}

  SimulatedWorld(Fixture fixture, Instant start) {
    this.facts = new HashMap<>(fixture.facts());
    this.steps = new HashMap<>(fixture.steps());
    for (Later later : fixture.later()) {
      if (later.after() == null) {
        arm(later, start);
      } else {
        unarmed.add(later);
      }
    }
  }

  private void arm(Later later, Instant since) {
    armed.add(new Armed(since.plus(later.in()), armed.size(), later));
    armed.sort(Comparator.comparing(Armed::at).thenComparing(Armed::order));
  }

  /** When the world changes next by itself. */
  Optional<Instant> nextChange() {
    return armed.stream().map(Armed::at).findFirst();
  }

  /**
   * Lets everything happen that happens by then.
   *
   * @return what the source said last; null where it said nothing new
   */
  Signal.@Nullable Status advance(Instant now) {
    Signal.Status said = null;
    while (!armed.isEmpty() && !armed.get(0).at().isAfter(now)) {
      Later later = armed.remove(0).later();
      later.facts().forEach(this::become);
      steps.putAll(later.steps());
      said = later.signal() == null ? said : later.signal();
    }
    return said;
  }

  private void become(String fact, Answer answer) {
    facts.merge(fact, answer, SimulatedWorld::merged);
  }

  private static Answer merged(Answer earlier, Answer later) {
    return earlier instanceof Answer.Is was && later instanceof Answer.Is is
        ? new Answer.Is(merged(was.value(), is.value()))
        : later;
  }

  private static Value merged(Value earlier, Value later) {
    if (earlier instanceof StructValue was && later instanceof StructValue is) {
      StructValue result = was;
      for (Map.Entry<String, Value> field : is.fields().entrySet()) {
        Value old = was.fields().get(field.getKey());
        result =
            result.with(
                field.getKey(), old == null ? field.getValue() : merged(old, field.getValue()));
      }
      return result;
    }
    return later;
  }

  /** Whether there is no answer to a read or a change in time. */
  boolean isLate(String key) {
    StepAnswer step = steps.get(name(key));
    return step == null ? facts.get(name(key)) instanceof Answer.TimesOut : answer(key).isLate();
  }

  /**
   * @param key a fact, one of its items, or a step
   * @param timeout how long an answer is waited for
   */
  ActionResult read(String key, Instant now, Duration timeout) {
    String name = name(key);
    StepAnswer step = steps.get(name);
    if (step != null) {
      ActionResult result = result(step, timeout);
      if (result instanceof ActionResult.Done) {
        follow(name, now);
      }
      return result;
    }
    Answer answer = facts.get(name);
    return switch (answer) {
      case null -> new ActionResult.Failed(FailureKind.UNREACHABLE, "is not given", true, null);
      case Answer.Unavailable unavailable ->
          new ActionResult.Failed(FailureKind.UNREACHABLE, unavailable.reason(), true, null);
      case Answer.TimesOut late -> noAnswer(timeout);
      case Answer.Is is -> new ActionResult.Done(item(key, is.value()), false);
    };
  }

  private static Value item(String key, Value value) {
    int bracket = key.indexOf('[');
    if (bracket < 0 || !(value instanceof ListValue list)) {
      return value;
    }
    int index = Integer.parseInt(key.substring(bracket + 1, key.length() - 1));
    return index < list.items().size() ? list.items().get(index) : Value.NULL;
  }

  /** The step of a key such as {@code reload#2} or {@code kill[3]}. */
  static String name(String key) {
    return key.replaceAll("(#[0-9]+)?(\\[[0-9]+])?$", "");
  }

  private StepAnswer answer(String key) {
    StepAnswer whole = steps.get(key);
    return whole != null ? whole : steps.getOrDefault(name(key), StepAnswer.DONE);
  }

  /** Makes a change, so that what follows from it follows. */
  ActionResult change(String key, Instant now, Duration timeout) {
    StepAnswer answer = answer(key);
    boolean known = answer.unknown() == null && !answer.isLate();
    if (answer.fails() == null && (known || Boolean.TRUE.equals(answer.probe()))) {
      happened(key, answer, now);
    }
    return result(answer, timeout);
  }

  private static ActionResult.Failed noAnswer(Duration timeout) {
    return new ActionResult.Failed(
        FailureKind.TIMEOUT, "no answer within " + Quantities.print(timeout), false, null);
  }

  /**
   * What a probe finds out about a change.
   *
   * @param lost what was heard of it before; null for nothing
   */
  ActionResult probe(String key, Instant now, ActionResult.@Nullable Failed lost) {
    StepAnswer answer = answer(key);
    if (answer.isLate() && lost != null && Boolean.FALSE.equals(answer.probe())) {
      return new ActionResult.Failed(
          lost.kind(),
          lost.reason() + "; it has not taken effect so far, and still may",
          false,
          null);
    }
    if (Boolean.FALSE.equals(answer.probe())) {
      return new ActionResult.Failed(
          FailureKind.CANCELLED, "it was interrupted before it took effect", true, null);
    }
    if (answer.unknown() != null && answer.probe() == null) {
      return new ActionResult.Failed(FailureKind.TIMEOUT, answer.unknown(), false, null);
    }
    if (answer.isLate() && answer.probe() == null) {
      return new ActionResult.Failed(
          FailureKind.TIMEOUT, "whether it took effect is not known", false, null);
    }
    return new ActionResult.Done(answer.result(), answer.changed());
  }

  private void happened(String key, StepAnswer answer, Instant now) {
    answer.then().forEach(this::become);
    settledAt.put(key, now.plus(answer.settles()));
    follow(name(key), now);
    advance(now);
  }

  /** What comes after a step begins to come when it is first done. */
  private void follow(String step, Instant now) {
    List<Later> waiting = List.copyOf(unarmed);
    for (Later later : waiting) {
      if (step.equals(later.after())) {
        unarmed.remove(later);
        arm(later, now);
      }
    }
  }

  boolean settled(String key, Instant now) {
    Instant at = settledAt.get(key);
    return at == null || !now.isBefore(at);
  }

  private static ActionResult result(StepAnswer answer, Duration timeout) {
    if (answer.isLate()) {
      return noAnswer(timeout);
    }
    if (answer.fails() != null) {
      return new ActionResult.Failed(FailureKind.REFUSED, answer.fails(), true, null);
    }
    if (answer.unknown() != null) {
      return new ActionResult.Failed(FailureKind.TIMEOUT, answer.unknown(), false, null);
    }
    return new ActionResult.Done(answer.result(), answer.changed());
  }
}
