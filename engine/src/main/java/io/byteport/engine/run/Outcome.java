package io.byteport.engine.run;

import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Cause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a frame leaves behind for the one below when it is done. */
sealed interface Outcome {

  Outcome WENT = new Went();
  Outcome SATISFIED = new Satisfied();

  /** It ended well, or was left out. */
  record Went() implements Outcome {}

  /** The remediation's {@code until} holds, so what is left is not needed. */
  record Satisfied() implements Outcome {}

  /** It failed; what surrounds it says what follows. */
  record Failed(String reason, List<Cause> undecided) implements Outcome {
    public Failed {
      undecided = List.copyOf(undecided);
    }

    public Failed(String reason) {
      this(reason, List.of());
    }
  }

  /** The run ends, whatever surrounds it. */
  record Ended(Ending ending) implements Outcome {}

  /** An action was carried out once. */
  record Did(Value result, boolean changed, @Nullable String command) implements Outcome {}

  /** An action was planned once. */
  record Planned(@Nullable String command) implements Outcome {}

  /**
   * A guardrail refused one execution.
   *
   * @param budget whether the same would be refused for everything that follows
   */
  record Refused(
      String by,
      String reason,
      Guardrail.Then then,
      boolean budget,
      boolean protectedItem,
      List<Cause> undecided)
      implements Outcome {}
}
