package io.byteport.engine.run;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.engine.eval.Causes;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Sample;
import io.byteport.engine.guardrail.Ruling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads facts: those that do not wait for each other in one batch, the others after what they need.
 */
final class Learn {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Turn turn;

  Learn(Turn turn) {
    this.turn = turn;
  }

  /** Has these facts read, in their order; nothing is pushed where there are none. */
  boolean begin(List<String> facts, boolean again) {
    if (facts.isEmpty()) {
      return false;
    }
    turn.push(new Frame.Learning(facts, List.of(), again));
    return true;
  }

  /** The facts that a condition reaches, and those that are named beside it. */
  static List<String> reread(Turn turn, @Nullable Expr condition, List<Id> refresh) {
    FactGraph graph = turn.program().graph();
    Set<String> names = new LinkedHashSet<>();
    if (condition != null) {
      names.addAll(graph.reached(List.of(condition)));
    }
    refresh.forEach(id -> names.add(id.name()));
    return graph.reads(names, turn.state().knowledge().readings().keySet());
  }

  void go(Frame.Learning frame, @Nullable Event event) {
    List<String> left = new ArrayList<>(frame.left());
    if (event instanceof Event.Observed observed) {
      take(frame, observed);
      frame.asked().forEach(asked -> left.remove(asked.fact()));
    }
    Set<String> read = new LinkedHashSet<>(frame.left());
    while (!left.isEmpty()) {
      List<Command.ReadCall> calls = new ArrayList<>();
      List<Frame.Asked> asked = new ArrayList<>();
      for (String fact : List.copyOf(left)) {
        if (turn.program().graph().waits(fact, left)) {
          continue;
        }
        if (!ask(turn.program().graph().read(fact), frame.again(), calls, asked)) {
          left.remove(fact);
        }
      }
      if (!calls.isEmpty()) {
        turn.replace(new Frame.Learning(left, asked, frame.again()));
        remember(read, left);
        turn.want(new Command.Read(calls));
        return;
      }
      if (asked.isEmpty() && stuck(left)) {
        left.forEach(
            fact -> turn.learn(fact, Reading.unavailable("waits for itself"), frame.again()));
        left.clear();
      }
      asked.forEach(one -> left.remove(one.fact()));
    }
    remember(read, left);
    turn.pop(Outcome.WENT);
  }

  private boolean stuck(List<String> left) {
    return left.stream().allMatch(fact -> turn.program().graph().waits(fact, left));
  }

  /**
   * Keeps a sample of those facts at which something looks back, as far as what they show was read
   * just now.
   */
  private void remember(Set<String> frame, List<String> left) {
    Set<String> read = new LinkedHashSet<>(frame);
    left.forEach(read::remove);
    List<String> names = turn.program().graph().remembered(read);
    if (names.isEmpty()) {
      return;
    }
    Map<String, Evaluation> roots = new HashMap<>();
    RunEnvironment environment = new RunEnvironment(turn.moment(), Locals.NONE, false);
    names.forEach(
        name -> roots.put(name, turn.program().graph().remembered(name, environment.root(name))));
    turn.become(
        turn.state().with(turn.state().knowledge().remembering(new Sample(turn.now(), roots))));
  }

  /** Whether the world has to be asked; otherwise the fact is settled already. */
  private boolean ask(
      Fact.Read fact, boolean again, List<Command.ReadCall> calls, List<Frame.Asked> asked) {
    String id = fact.id().name();
    Evaluation when = turn.expressions().holds(fact.when(), Locals.NONE);
    if (when instanceof Evaluation.Undecided undecided) {
      settle(fact, Causes.needed(undecided.causes()), again);
      return false;
    }
    if (!when.isTrue()) {
      turn.learn(id, Reading.of(Value.NULL), again);
      return false;
    }
    ActionDescription action = action(fact);
    Optional<Ruling> refusal = new Rulings(turn).ofRead(fact, action, again);
    if (refusal.isPresent()) {
      settle(fact, refusal.get().reason(), again);
      return false;
    }
    if (fact.forEach() == null) {
      return single(fact, action, again, calls, asked);
    }
    return each(fact, action, again, calls, asked);
  }

  private boolean single(
      Fact.Read fact,
      ActionDescription action,
      boolean again,
      List<Command.ReadCall> calls,
      List<Frame.Asked> asked) {
    Inputs inputs = inputs(fact, action, Locals.NONE);
    if (!inputs.complete()) {
      settle(fact, lacking(inputs), again);
      return false;
    }
    calls.add(call(fact, fact.id().name(), inputs));
    asked.add(new Frame.Asked(fact.id().name(), null));
    return true;
  }

  private boolean each(
      Fact.Read fact,
      ActionDescription action,
      boolean again,
      List<Command.ReadCall> calls,
      List<Frame.Asked> asked) {
    Evaluation list =
        turn.expressions().of(java.util.Objects.requireNonNull(fact.forEach()), Locals.NONE);
    if (list instanceof Evaluation.Undecided undecided) {
      settle(fact, Causes.needed(undecided.causes()), again);
      return false;
    }
    List<Value> items =
        list.known().orElse(Value.NULL) instanceof ListValue values ? values.items() : List.of();
    if (items.isEmpty()) {
      turn.learn(fact.id().name(), Reading.of(ListValue.EMPTY), again);
      return false;
    }
    List<Command.ReadCall> each = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Inputs inputs = inputs(fact, action, Locals.NONE.with(fact.as(), items.get(i)));
      if (!inputs.complete()) {
        settle(fact, lacking(inputs), again);
        return false;
      }
      each.add(call(fact, key(fact.id().name(), i), inputs));
    }
    calls.addAll(each);
    asked.add(new Frame.Asked(fact.id().name(), items.size()));
    return true;
  }

  private static String key(String fact, int item) {
    return fact + "[" + item + "]";
  }

  private Inputs inputs(Fact.Read fact, ActionDescription action, Locals locals) {
    return Inputs.of(turn.program().runbook(), fact.use(), action, turn.expressions(), locals);
  }

  private static String lacking(Inputs inputs) {
    return inputs.undecided().isEmpty() || !inputs.refused().isEmpty()
        ? inputs.why()
        : Causes.needed(inputs.undecided());
  }

  private Command.ReadCall call(Fact.Read fact, String key, Inputs inputs) {
    Duration timeout =
        turn.expressions().duration(fact.use().timeout(), Locals.NONE).orElse(TIMEOUT);
    return new Command.ReadCall(key, fact.use().action().name(), inputs.input(), timeout);
  }

  private ActionDescription action(Fact.Read fact) {
    return turn.program()
        .checked()
        .catalogue()
        .action(fact.use().action().name())
        .orElseThrow(() -> new IllegalStateException("no action " + fact.use().action()));
  }

  private void take(Frame.Learning frame, Event.Observed observed) {
    Map<String, ActionResult> answers = new LinkedHashMap<>();
    observed.observations().forEach(one -> answers.put(one.read(), one.result()));
    for (Frame.Asked asked : frame.asked()) {
      Fact.Read fact = turn.program().graph().read(asked.fact());
      Integer items = asked.items();
      if (items == null) {
        take(fact, answers.get(asked.fact()), frame.again());
      } else {
        takeEach(fact, items, answers, frame.again());
      }
    }
  }

  private void take(Fact.Read fact, @Nullable ActionResult answer, boolean again) {
    switch (answer) {
      case null -> settle(fact, "was not answered", again);
      case ActionResult.Done done -> turn.learn(fact.id().name(), Reading.of(done.output()), again);
      case ActionResult.Failed failed -> settle(fact, failed.reason(), again);
    }
  }

  private void takeEach(
      Fact.Read fact, int items, Map<String, ActionResult> answers, boolean again) {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      switch (answers.get(key(fact.id().name(), i))) {
        case null -> {
          settle(fact, "was not answered", again);
          return;
        }
        case ActionResult.Done done -> values.add(done.output());
        case ActionResult.Failed failed -> {
          settle(fact, failed.reason(), again);
          return;
        }
      }
    }
    turn.learn(fact.id().name(), Reading.of(Value.of(values)), again);
  }

  /** A fact that cannot be read is what its author put in its place, else unavailable. */
  private void settle(Fact.Read fact, String reason, boolean again) {
    ValueExpr otherwise = fact.otherwise();
    Evaluation instead =
        otherwise == null
            ? Evaluation.because(fact.id().name(), reason)
            : turn.expressions().value(otherwise, Locals.NONE);
    turn.learn(
        fact.id().name(),
        switch (instead) {
          case Evaluation.Known known -> Reading.of(known.value());
          case Evaluation.Undecided undecided -> Reading.unavailable(reason);
        },
        again);
  }
}
