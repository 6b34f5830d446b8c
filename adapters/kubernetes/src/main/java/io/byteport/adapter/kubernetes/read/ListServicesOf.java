package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.adapter.kubernetes.mapping.Selectors;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Service;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.servicesOf}: the Services whose selector matches a workload's pods. */
public record ListServicesOf(Clusters clusters)
    implements Action.Read<ListServicesOf.Input, ListServicesOf.Output> {

  /** What {@code kubectl.servicesOf} takes. */
  public record Input(WorkloadRef workload, @Nullable Cluster cluster) {}

  /**
   * What {@code kubectl.servicesOf} returns.
   *
   * @param items by name
   */
  public record Output(List<Service> items) {
    public Output {
      items = List.copyOf(items);
    }
  }

  @Override
  public String name() {
    return "kubectl.servicesOf";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<ListServicesOf.Output> outputType() {
    return ListServicesOf.Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return Kubectl.on(clusters, input.workload().cluster(), input.cluster())
        .add("get", "services")
        .in(input.workload().namespace())
        .json();
  }

  @Override
  public ListServicesOf.Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    WorkloadRef ref = input.workload();
    ClusterApi api = clusters.choose(ref.cluster(), input.cluster()).api();
    WorkloadState workload =
        new WorkloadReader(api, deadline).workload(ref.kind(), ref.namespace(), ref.name());
    ObjectMeta made = workload.template().getMetadata();
    Map<String, String> labels =
        made == null || made.getLabels() == null ? Map.of() : made.getLabels();
    List<Service> items = new ArrayList<>();
    api.<io.fabric8.kubernetes.api.model.Service, ServiceList>each(
        Resource.SERVICES,
        ref.namespace(),
        Selection.ALL,
        ServiceList.class,
        deadline,
        one -> {
          // A Service without a selector gets its endpoints from somebody else.
          @Nullable Map<String, String> selector =
              one.getSpec() == null ? null : one.getSpec().getSelector();
          if (selector != null && !selector.isEmpty() && Selectors.covers(selector, labels)) {
            items.add(new Service(ref.namespace(), one.getMetadata().getName()));
          }
        });
    items.sort(Comparator.comparing(Service::name));
    return new Output(items);
  }
}
