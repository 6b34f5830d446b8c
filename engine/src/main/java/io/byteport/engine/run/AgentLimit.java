package io.byteport.engine.run;

import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A limit on the changes of all runs of an agent, of whatever runbooks, beside their own. Counted
 * in the ledger, where all replicas of a store see it.
 *
 * @param limit how many changes may be made within {@code every}; zero for none
 * @param per fields of the target that are counted apart, {@code target} for each target; empty for
 *     one count
 * @param guards names of actions; empty for every change
 */
public record AgentLimit(
    String name, int limit, Duration every, List<String> per, List<String> guards) {
  private static final String PREFIX = "agent/";

  public AgentLimit {
    if (limit < 0 || every.isNegative() || every.isZero()) {
      throw new IllegalArgumentException(
          "expected a number from 0 on and a time above zero, found " + limit + " in " + every);
    }
    per = List.copyOf(per);
    guards = List.copyOf(guards);
  }

  /** Whether changes by an action count and are refused. */
  boolean guards(String action) {
    return guards.isEmpty() || guards.contains(action);
  }

  /** What a change of such a target asks of the ledger. */
  Claim.Limit claim(StructValue target, String targetKey) {
    List<String> texts = new ArrayList<>();
    for (String field : per) {
      texts.add(field.equals("target") ? targetKey : text(target.get(field)));
    }
    String key = texts.isEmpty() ? id() : id() + "?" + String.join("&", texts);
    return new Claim.Limit(id(), key, limit, every);
  }

  private static String text(Value value) {
    return switch (value) {
      case Value.TextValue text -> text.value();
      case StructValue struct when struct.get("name") instanceof Value.TextValue name ->
          name.value();
      default -> "-";
    };
  }

  /** Stands where a runbook's guardrails have their ids, of which none has a slash. */
  String id() {
    return PREFIX + name;
  }

  static boolean isOfAgent(Claim claim) {
    return claim instanceof Claim.Limit && claim.guardrail().startsWith(PREFIX);
  }

  /** Why it refused, in one sentence. */
  static String reason(Claim.Limit claim, Standing standing) {
    return "`"
        + claim.guardrail()
        + "`: "
        + standing.used()
        + (standing.used() == 1 ? " change was" : " changes were")
        + " made within "
        + Quantities.print(claim.window())
        + ", and "
        + claim.limit()
        + " may"
        + (standing.freeAt() == null ? "" : "; there is room again at " + standing.freeAt());
  }
}
