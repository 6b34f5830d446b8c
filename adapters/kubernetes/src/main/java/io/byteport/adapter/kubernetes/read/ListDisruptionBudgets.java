package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.adapter.kubernetes.mapping.BudgetMapper;
import io.byteport.adapter.kubernetes.model.Budget;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.NodeRef;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.disruptionBudgets}: the budgets of the pods on a node; or just these, whatever the
 * node, without those that are gone; or all.
 */
public record ListDisruptionBudgets(Clusters clusters)
    implements Action.Read<ListDisruptionBudgets.Input, ListDisruptionBudgets.Output> {

  /** What {@code kubectl.disruptionBudgets} takes. */
  public record Input(
      @Nullable NodeRef node, @Nullable List<Budget> budgets, @Nullable Cluster cluster) {
    public Input {
      budgets = budgets == null ? null : List.copyOf(budgets);
    }

    @Nullable Cluster ofReference() {
      if (budgets != null && !budgets.isEmpty()) {
        return budgets.get(0).cluster();
      }
      return node == null ? null : node.cluster();
    }
  }

  /**
   * What {@code kubectl.disruptionBudgets} returns.
   *
   * @param items by namespace and name
   */
  public record Output(List<Budget> items) {
    public Output {
      items = List.copyOf(items);
    }
  }

  @Override
  public String name() {
    return "kubectl.disruptionBudgets";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<ListDisruptionBudgets.Output> outputType() {
    return ListDisruptionBudgets.Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return Kubectl.on(clusters, input.ofReference(), input.cluster())
        .add("get", "poddisruptionbudgets", "-A")
        .json();
  }

  @Override
  public ListDisruptionBudgets.Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    Clusters.Chosen cluster = clusters.choose(input.ofReference(), input.cluster());
    List<PodDisruptionBudget> found = new ArrayList<>();
    if (input.budgets() != null) {
      for (Budget one : input.budgets()) {
        cluster
            .api()
            .find(
                Resource.BUDGETS, one.namespace(), one.name(), PodDisruptionBudget.class, deadline)
            .ifPresent(found::add);
      }
    } else {
      found.addAll(
          cluster
              .api()
              .<PodDisruptionBudget, PodDisruptionBudgetList>list(
                  Resource.BUDGETS, null, Selection.ALL, PodDisruptionBudgetList.class, deadline));
      if (input.node() != null) {
        keepThoseOn(input.node(), found, cluster.api(), deadline);
      }
    }
    return new Output(
        found.stream()
            .map(one -> BudgetMapper.map(one, cluster.as()))
            .sorted(Comparator.comparing(Budget::namespace).thenComparing(Budget::name))
            .toList());
  }

  private static void keepThoseOn(
      NodeRef node, List<PodDisruptionBudget> budgets, ClusterApi api, Deadline deadline)
      throws ActionException, InterruptedException {
    Set<PodDisruptionBudget> kept = new HashSet<>();
    api.<Pod, PodList>each(
        Resource.PODS,
        null,
        Selection.onNode(node.name()),
        PodList.class,
        deadline,
        pod -> {
          Map<String, String> labels =
              pod.getMetadata().getLabels() == null ? Map.of() : pod.getMetadata().getLabels();
          budgets.stream()
              .filter(one -> BudgetMapper.covers(one, pod.getMetadata().getNamespace(), labels))
              .forEach(kept::add);
        });
    budgets.retainAll(kept);
  }
}
