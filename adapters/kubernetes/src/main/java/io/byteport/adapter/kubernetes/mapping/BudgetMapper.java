package io.byteport.adapter.kubernetes.mapping;

import io.byteport.adapter.kubernetes.model.Budget;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.PodRef;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A disruption budget of the API as the catalogue's. Pure. */
public final class BudgetMapper {

  private BudgetMapper() {}

  /**
   * @param pods those that it covers on the node that was asked about
   */
  public static Budget map(
      PodDisruptionBudget budget, @Nullable Cluster cluster, List<PodRef> pods) {
    var status = budget.getStatus();
    return new Budget(
        cluster,
        budget.getMetadata().getNamespace(),
        budget.getMetadata().getName(),
        status == null ? 0 : or(status.getCurrentHealthy()),
        status == null ? 0 : or(status.getDesiredHealthy()),
        status == null ? 0 : or(status.getDisruptionsAllowed()),
        pods);
  }

  /** Whether a budget is about a pod of that namespace with these labels. */
  public static boolean covers(
      PodDisruptionBudget budget, String namespace, Map<String, String> labels) {
    return namespace.equals(budget.getMetadata().getNamespace())
        && budget.getSpec() != null
        && Selectors.matches(budget.getSpec().getSelector(), labels);
  }

  private static int or(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
