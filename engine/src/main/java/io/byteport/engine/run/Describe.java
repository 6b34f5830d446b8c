package io.byteport.engine.run;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the commands with which a human goes on where the run has stopped. */
final class Describe {
  private static final int MOST = 20;

  private final Turn turn;

  Describe(Turn turn) {
    this.turn = turn;
  }

  /** The changes of the class that were not made, with their inputs, as far as those are known. */
  static List<Frame.Left> left(Turn turn) {
    Decision decision = turn.state().decision();
    Runbook.Remediation remediation =
        decision == null || !decision.known()
            ? null
            : turn.program().runbook().remediate().get(decision.classId());
    if (remediation == null) {
      return List.of();
    }
    List<Frame.Left> left = new ArrayList<>();
    for (Prospect.Likely likely : new Prospect(turn).of(remediation)) {
      String id = likely.act().head().id().name();
      StepRecord record = turn.state().step(id);
      if (likely.act().forEach() != null && !record.result().isNull()) {
        items(record)
            .forEach(
                item -> add(turn, likely, id, likely.locals().with(likely.act().as(), item), left));
      } else if (isLeft(record)) {
        add(turn, likely, id, likely.locals(), left);
      }
    }
    return List.copyOf(left.subList(0, Math.min(MOST, left.size())));
  }

  private static boolean isLeft(StepRecord record) {
    return switch (record.status()) {
      case PENDING, REFUSED, FAILED -> !record.changed();
      case SKIPPED, PLANNED, DONE, UNKNOWN -> false;
    };
  }

  /** What failed or was refused of a list. */
  private static List<Value> items(StepRecord record) {
    List<Value> items = new ArrayList<>();
    if (record.result() instanceof StructValue result) {
      for (String how : List.of("failed", "refused")) {
        Proceed.items(result.get(how)).stream()
            .filter(StructValue.class::isInstance)
            .map(one -> ((StructValue) one).get("item"))
            .forEach(items::add);
      }
    }
    return items;
  }

  private static void add(
      Turn turn, Prospect.Likely likely, String id, Locals locals, List<Frame.Left> left) {
    ActionDescription action = likely.action();
    Inputs inputs =
        Inputs.of(turn.program().runbook(), likely.act().use(), action, turn.ahead(), locals);
    Locals with = locals.with(Locals.WITH, inputs.input());
    boolean untouchable =
        new Rulings(turn, true)
            .of(likely.act(), action, likely.lineage(), with).stream()
                .anyMatch(
                    ruling ->
                        !ruling.allowed()
                            && (ruling.guardrail().rule() instanceof Guardrail.Forbid
                                || ruling.guardrail().rule() instanceof Guardrail.Protect));
    if (inputs.complete() && !untouchable && action.effect() == Effect.CHANGE) {
      left.add(new Frame.Left(id, action.name(), inputs.input()));
    }
  }

  /** Those of a plan that nobody approved first. */
  private List<String> commands(Frame.Describing frame) {
    RunPlan refused = turn.state().approvals().refused();
    Set<String> commands = new LinkedHashSet<>(refused == null ? List.of() : refused.commands());
    commands.addAll(frame.commands().values());
    return List.copyOf(commands);
  }

  void go(Frame.Describing frame, @Nullable Event event) {
    Frame.Describing now = frame;
    if (event instanceof Event.Planned planned) {
      Map<String, String> commands = new LinkedHashMap<>(frame.commands());
      commands.put(frame.next() + " " + planned.step(), planned.command());
      now = new Frame.Describing(frame.left(), frame.next() + 1, commands);
      turn.replace(now);
    }
    if (now.next() >= now.left().size()) {
      turn.become(turn.state().deeds().left(commands(now)));
      turn.pop(Outcome.WENT);
    } else {
      Frame.Left next = now.left().get(now.next());
      turn.want(new Command.Plan(next.step(), next.action(), next.input()));
    }
  }
}
