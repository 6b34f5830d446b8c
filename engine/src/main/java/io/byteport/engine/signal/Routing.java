package io.byteport.engine.signal;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.value.Value.StructValue;
import java.util.List;
import java.util.stream.Collectors;

/** What is to be done about a signal. */
public sealed interface Routing {

  /**
   * A runbook takes it.
   *
   * @param targetKey what dedup, locks and limits compare, such as {@code pod/production/api-1}
   * @param passedOver the other runbooks that claim the signal, each with why it was not taken
   */
  record Chosen(
      CheckedRunbook runbook,
      StructValue params,
      StructValue inputs,
      StructValue target,
      String targetKey,
      List<Candidate> passedOver)
      implements Routing {
    public Chosen {
      passedOver = List.copyOf(passedOver);
    }
  }

  /**
   * No runbook takes it; a human must hear of it.
   *
   * @param reason one sentence without its end
   * @param candidates the runbooks that claim the signal, each with what it lacks
   */
  record Refused(String reason, List<Candidate> candidates) implements Routing {
    public Refused {
      candidates = List.copyOf(candidates);
    }

    /** Reason and candidates in lines, for the escalation. */
    public String explanation() {
      return candidates.isEmpty()
          ? reason
          : reason
              + candidates.stream()
                  .map(candidate -> "\n- " + candidate)
                  .collect(Collectors.joining());
    }
  }

  /** It says that trouble is over, which opens nothing. */
  record Cleared() implements Routing {}

  /**
   * A runbook that claims a signal and does not take it.
   *
   * @param runbook its id
   * @param reason without its end
   */
  record Candidate(String runbook, String reason) {
    @Override
    public String toString() {
      return "`" + runbook + "`: " + reason;
    }
  }
}
