package io.byteport.engine.guardrail;

import io.byteport.dsl.model.Guardrail;
import io.byteport.engine.eval.Cause;
import io.byteport.engine.eval.Explanation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one guardrail says about one thing that a run is about to do.
 *
 * @param reason why it refuses, for people; empty where it allows
 * @param undecided what made it refuse for lack of knowledge; empty otherwise
 * @param explanation how its condition came to its verdict; null where it has none
 * @param standing what the ledger said; null where it was not asked
 */
public record Ruling(
    Guardrail guardrail,
    boolean allowed,
    String reason,
    List<Cause> undecided,
    @Nullable Explanation explanation,
    @Nullable Standing standing) {
  public Ruling {
    undecided = List.copyOf(undecided);
  }

  public static Ruling allow(Guardrail guardrail) {
    return new Ruling(guardrail, true, "", List.of(), null, null);
  }

  public static Ruling refuse(Guardrail guardrail, String reason) {
    return new Ruling(guardrail, false, reason, List.of(), null, null);
  }

  /** The same, with how its condition came to its verdict. */
  public Ruling explained(Explanation how) {
    return new Ruling(guardrail, allowed, reason, undecided, how, standing);
  }

  /** The same, with what the ledger said. */
  public Ruling standing(Standing said) {
    return new Ruling(guardrail, allowed, reason, undecided, explanation, said);
  }

  public String id() {
    return guardrail.id().name();
  }

  /** The word that runbooks use for its kind. */
  public String kind() {
    return kind(guardrail);
  }

  public static String kind(Guardrail guardrail) {
    return switch (guardrail.rule()) {
      case Guardrail.Skip skip -> "skip";
      case Guardrail.Require require -> "require";
      case Guardrail.Limit limit -> "limit";
      case Guardrail.Lock lock -> "lock";
      case Guardrail.Approve approve -> "approve";
      case Guardrail.Forbid forbid -> "forbid";
      case Guardrail.Protect protect -> "protect";
    };
  }

  public boolean protectsItem() {
    return guardrail.rule() instanceof Guardrail.Protect;
  }
}
