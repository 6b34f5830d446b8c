package io.byteport.engine.run;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Cause;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.ValuePrinter;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.ClaimKeys;
import io.byteport.engine.guardrail.Ruling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What limits and locks ask of the ledger on behalf of one execution of an action. */
final class Claims {
  /** A tally's key is printed; what is longer identifies nothing. */
  private static final int LONGEST = 200;

  /**
   * @param claims in the order of the file, each text once
   * @param refusals limits that cannot be asked about, since what they count or allow is not known
   */
  record Wanted(List<Claim> claims, List<Ruling> refusals) {}

  private final Turn turn;
  private final Expressions expressions;
  private final boolean ahead;

  Claims(Turn turn, boolean ahead) {
    this.turn = turn;
    this.ahead = ahead;
    this.expressions = ahead ? turn.ahead() : turn.expressions();
  }

  /**
   * @param guardrails those that say something about the action
   * @param locals with {@code with} and the item
   */
  Wanted of(List<Guardrail> guardrails, Locals locals) {
    List<Claim> claims = new ArrayList<>();
    List<Ruling> refusals = new ArrayList<>();
    for (Guardrail guardrail : guardrails) {
      switch (guardrail.rule()) {
        case Guardrail.Limit limit -> limit(guardrail, limit, locals, claims, refusals);
        case Guardrail.Lock lock -> lock(guardrail, lock, locals, claims, refusals);
        case Guardrail.Skip skip -> {}
        case Guardrail.Require require -> {}
        case Guardrail.Approve approve -> {}
        case Guardrail.Forbid forbid -> {}
        case Guardrail.Protect protect -> {}
      }
    }
    return new Wanted(List.copyOf(new LinkedHashSet<>(claims)), List.copyOf(refusals));
  }

  private void limit(
      Guardrail guardrail,
      Guardrail.Limit limit,
      Locals locals,
      List<Claim> claims,
      List<Ruling> refusals) {
    List<Evaluation.Undecided> undecided = new ArrayList<>();
    List<String> per =
        limit.per().isEmpty() ? List.of(target()) : printed(limit.per(), locals, undecided);
    Optional<Value> units = known(expressions.value(limit.limit(), locals), undecided);
    Optional<Value> window = known(expressions.value(limit.every(), locals), undecided);
    Duration every = window.flatMap(Expressions::duration).orElse(null);
    if (undecided.isEmpty()
        && units.orElse(Value.NULL) instanceof Value.NumberValue number
        && every != null) {
      claims.add(
          new Claim.Limit(
              guardrail.id().name(),
              ClaimKeys.limit(turn.program().checked().id(), guardrail, limit, per),
              (int) Math.max(0, Math.min(Integer.MAX_VALUE - 1, Math.floor(number.value()))),
              every));
    } else {
      refuse(guardrail, undecided, refusals);
    }
  }

  private void lock(
      Guardrail guardrail,
      Guardrail.Lock lock,
      Locals locals,
      List<Claim> claims,
      List<Ruling> refusals) {
    List<Evaluation.Undecided> undecided = new ArrayList<>();
    List<String> per = printed(lock.per(), locals, undecided);
    if (undecided.isEmpty()) {
      claims.add(
          new Claim.Lock(
              guardrail.id().name(),
              ClaimKeys.lock(lock, per),
              expressions.duration(lock.waitFor(), locals).orElse(Duration.ZERO),
              lock.busy() == Guardrail.Busy.JOIN));
    } else {
      refuse(guardrail, undecided, refusals);
    }
  }

  private void refuse(
      Guardrail guardrail, List<Evaluation.Undecided> undecided, List<Ruling> refusals) {
    Evaluation.Undecided all =
        undecided.isEmpty()
            ? Evaluation.because(guardrail.id().name(), "is null")
            : Evaluation.merged(undecided);
    Rulings rulings = new Rulings(turn, ahead);
    if (!(ahead && all.causes().stream().anyMatch(rulings::isToCome))) {
      refusals.add(Rulings.undecided(guardrail, all));
    }
  }

  private static Optional<Value> known(
      Evaluation evaluation, List<Evaluation.Undecided> undecided) {
    if (evaluation instanceof Evaluation.Undecided not) {
      undecided.add(not);
    }
    return evaluation.known();
  }

  private List<String> printed(
      List<Expr> per, Locals locals, List<Evaluation.Undecided> undecided) {
    List<String> texts = new ArrayList<>();
    for (Expr expr : per) {
      known(expressions.of(expr, locals), undecided)
          .ifPresent(value -> texts.add(ValuePrinter.print(value, expressions.type(expr))));
    }
    return texts;
  }

  /** The target's key. */
  String target() {
    RecordType type =
        turn.program()
            .checked()
            .catalogue()
            .targets()
            .get(turn.program().runbook().target().type().name());
    return ValuePrinter.print(
        turn.state().opening().target(), type == null ? Type.Special.ANY : type);
  }

  /**
   * What a change counts under beside its own claims, so that limits of other runbooks on the same
   * action see it: alone, by target, by each of its inputs that identifies something, and by both.
   */
  List<Claim> withTallies(List<Claim> claims, ActionDescription action, StructValue input) {
    if (action.effect() != Effect.CHANGE) {
      return claims;
    }
    String target = target();
    Set<String> keys = new LinkedHashSet<>();
    keys.add(ClaimKeys.action(action.name(), List.of()));
    keys.add(ClaimKeys.action(action.name(), List.of(target)));
    input
        .fields()
        .forEach(
            (name, value) -> {
              String text = identity(value, action.inputs().get(name));
              if (text != null) {
                keys.add(ClaimKeys.action(action.name(), List.of(text)));
                keys.add(ClaimKeys.action(action.name(), List.of(target, text)));
              }
            });
    claims.forEach(claim -> keys.remove(claim.key()));
    List<Claim> all = new ArrayList<>(claims);
    keys.forEach(key -> all.add(Claim.Limit.tally(key)));
    return List.copyOf(all);
  }

  private static @Nullable String identity(
      Value value, ActionDescription.@Nullable Input declared) {
    if (declared == null) {
      return null;
    }
    boolean keyed = declared.type().nonNull() instanceof RecordType && value instanceof StructValue;
    if (!keyed && !(value instanceof Value.TextValue)) {
      return null;
    }
    String text = ValuePrinter.print(value, declared.type());
    return text.length() > LONGEST ? null : text;
  }

  /** In a rollback nothing is refused, but what it does counts all the same. */
  static List<Claim> counted(List<Claim> claims) {
    List<Claim> counted = new ArrayList<>();
    for (Claim claim : claims) {
      if (claim instanceof Claim.Limit limit) {
        counted.add(Claim.Limit.tally(limit.key()));
      }
    }
    return List.copyOf(counted);
  }

  /** The parts of an undecided evaluation. */
  static List<Cause> causes(Evaluation evaluation) {
    return evaluation instanceof Evaluation.Undecided undecided ? undecided.causes() : List.of();
  }

  static Map<String, Guardrail> byId(Turn turn) {
    return turn.program().runbook().guardrails();
  }
}
