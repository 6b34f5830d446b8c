package io.byteport.engine.guardrail;

import io.byteport.dsl.model.Guardrail;
import java.util.List;

/**
 * The text under which the ledger counts and locks. Claims with the same text count together,
 * whatever run they come from, so a key says what is counted and no more: the printed values, not
 * the expressions that made them.
 */
public final class ClaimKeys {
  private ClaimKeys() {}

  /**
   * Of a limit: its shared name; or the actions, of whatever runbook, where it guards nothing else;
   * or the guardrail itself.
   *
   * @param per the printed values of {@code per}
   */
  public static String limit(
      String runbook, Guardrail guardrail, Guardrail.Limit limit, List<String> per) {
    if (limit.shared() != null) {
      return key("shared/" + limit.shared(), per);
    }
    List<String> actions =
        guardrail.guards().stream()
            .map(id -> id.name())
            .filter(name -> name.contains("."))
            .sorted()
            .toList();
    boolean onlyActions = !actions.isEmpty() && actions.size() == guardrail.guards().size();
    return onlyActions
        ? action(String.join("+", actions), per)
        : key("limit/" + runbook + "/" + guardrail.id().name(), per);
  }

  /** Of an action in whatever runbook: every execution counts under it. */
  public static String action(String action, List<String> per) {
    return key("action/" + action, per);
  }

  /** The same name is the same lock in every runbook. */
  public static String lock(Guardrail.Lock lock, List<String> per) {
    return key("lock/" + lock.name(), per);
  }

  private static String key(String scope, List<String> per) {
    return per.isEmpty() ? scope : scope + "?" + String.join("&", per);
  }
}
