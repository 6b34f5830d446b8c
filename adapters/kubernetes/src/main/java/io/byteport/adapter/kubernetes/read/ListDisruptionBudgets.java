package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.adapter.kubernetes.mapping.BudgetMapper;
import io.byteport.adapter.kubernetes.model.Budget;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.NodeRef;
import io.byteport.adapter.kubernetes.model.PodRef;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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
   * @param covered the pods on the node that have a budget; none where no node was asked about
   */
  public record Output(List<Budget> items, List<PodRef> covered) {
    public Output {
      items = List.copyOf(items);
      covered = List.copyOf(covered);
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
    Map<PodDisruptionBudget, List<PodRef>> covered = new IdentityHashMap<>();
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
        found.forEach(one -> covered.put(one, new ArrayList<>()));
        cover(input.node(), covered, cluster, deadline);
        found.removeIf(one -> covered.getOrDefault(one, List.of()).isEmpty());
      }
    }
    List<Budget> items =
        found.stream()
            .map(
                one ->
                    BudgetMapper.map(
                        one, cluster.as(), inOrder(covered.getOrDefault(one, List.of()))))
            .sorted(Comparator.comparing(Budget::namespace).thenComparing(Budget::name))
            .toList();
    return new Output(
        items, items.stream().flatMap(one -> one.pods().stream()).distinct().toList());
  }

  /** Finds for each budget the pods on a node that it covers. */
  private static void cover(
      NodeRef node,
      Map<PodDisruptionBudget, List<PodRef>> covered,
      Clusters.Chosen cluster,
      Deadline deadline)
      throws ActionException, InterruptedException {
    cluster
        .api()
        .<Pod, PodList>each(
            Resource.PODS,
            null,
            Selection.onNode(node.name()),
            PodList.class,
            deadline,
            pod -> {
              ObjectMeta meta = pod.getMetadata();
              Map<String, String> labels = meta.getLabels() == null ? Map.of() : meta.getLabels();
              covered.forEach(
                  (budget, pods) -> {
                    if (BudgetMapper.covers(budget, meta.getNamespace(), labels)) {
                      pods.add(new PodRef(cluster.as(), meta.getNamespace(), meta.getName()));
                    }
                  });
            });
  }

  private static List<PodRef> inOrder(List<PodRef> pods) {
    return pods.stream().sorted(Comparator.comparing(PodRef::name)).toList();
  }
}
