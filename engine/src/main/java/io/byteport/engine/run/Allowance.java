package io.byteport.engine.run;

import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the agent allows all its runs together: which of its limits a change meets, and what they
 * say.
 */
final class Allowance {
  private final Turn turn;

  Allowance(Turn turn) {
    this.turn = turn;
  }

  /** What changes by an action ask of the ledger, beside what the runbook's guardrails do. */
  List<Claim.Limit> claims(String action) {
    List<Claim.Limit> claims = new ArrayList<>();
    Event.Opened opening = turn.state().opening();
    for (AgentLimit limit : opening.policy().limits()) {
      if (limit.guards(action)) {
        claims.add(limit.claim(opening.target(), opening.targetKey()));
      }
    }
    return claims;
  }

  /**
   * Writes down what the ledger said to the agent's limits.
   *
   * @param step what would be done; null for all that would
   * @return how the run ends where one of them is used up
   */
  Optional<Ending> judge(List<Standing> standings, @Nullable String step) {
    Ending ending = null;
    for (Standing standing : standings) {
      if (standing.claim() instanceof Claim.Limit limit && AgentLimit.isOfAgent(limit)) {
        Ending refused = judge(limit, standing, step);
        ending = ending == null ? refused : ending;
      }
    }
    return Optional.ofNullable(ending);
  }

  private @Nullable Ending judge(Claim.Limit limit, Standing standing, @Nullable String step) {
    String reason = standing.granted() ? "" : AgentLimit.reason(limit, standing);
    turn.note(
        new Note.GuardrailJudged(
            turn.now(),
            limit.guardrail(),
            "limit",
            step,
            standing.granted(),
            reason,
            List.of(),
            null,
            standing));
    return standing.granted()
        ? null
        : Ending.refused(RunResult.ESCALATED, limit.guardrail(), reason, List.of());
  }
}
