package io.byteport.engine.guardrail;

import io.byteport.dsl.model.Guardrail;
import io.byteport.engine.eval.Cause;
import java.util.List;

/**
 * What one guardrail says about one thing that a run is about to do.
 *
 * @param reason why it refuses, for people; empty where it allows
 * @param undecided what made it refuse for lack of knowledge; empty otherwise
 */
public record Ruling(Guardrail guardrail, boolean allowed, String reason, List<Cause> undecided) {
  public Ruling {
    undecided = List.copyOf(undecided);
  }

  public static Ruling allow(Guardrail guardrail) {
    return new Ruling(guardrail, true, "", List.of());
  }

  public static Ruling refuse(Guardrail guardrail, String reason) {
    return new Ruling(guardrail, false, reason, List.of());
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
