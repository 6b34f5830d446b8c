package io.byteport.adapter.kubernetes.mapping;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a selector of the API selects. Pure. */
public final class Selectors {

  private Selectors() {}

  /**
   * Whether a selector is about something with these labels.
   *
   * @param selector null selects nothing, an empty one everything
   */
  public static boolean matches(@Nullable LabelSelector selector, Map<String, String> labels) {
    if (selector == null) {
      return false;
    }
    if (selector.getMatchLabels() != null && !covers(selector.getMatchLabels(), labels)) {
      return false;
    }
    return selector.getMatchExpressions().stream().allMatch(one -> holds(one, labels));
  }

  /** Whether something carries all these labels. */
  public static boolean covers(Map<String, String> wanted, Map<String, String> labels) {
    return labels.entrySet().containsAll(wanted.entrySet());
  }

  private static boolean holds(LabelSelectorRequirement one, Map<String, String> labels) {
    @Nullable String value = labels.get(one.getKey());
    return switch (one.getOperator()) {
      case "In" -> value != null && one.getValues().contains(value);
      case "NotIn" -> value == null || !one.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
