package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.names}: the names of all objects of a kind in a namespace. Nothing else of them is
 * sent, so that it serves for Secrets too.
 */
public record ListNames(Clusters clusters)
    implements Action.Read<ListNames.Input, ListNames.Output> {
  private static final int MOST = 5_000;

  /** What {@code kubectl.names} takes. */
  public record Input(String kind, String namespace, @Nullable Cluster cluster) {}

  /**
   * What {@code kubectl.names} returns.
   *
   * @param items in order, 5000 at most
   * @param count how many there are
   */
  public record Output(List<String> items, int count) {
    public Output {
      items = List.copyOf(items);
    }
  }

  @Override
  public String name() {
    return "kubectl.names";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<ListNames.Output> outputType() {
    return ListNames.Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return Kubectl.on(clusters, null, input.cluster())
        .add("get")
        .kind(input.kind())
        .in(input.namespace())
        .add("-o", "name")
        .words();
  }

  @Override
  public ListNames.Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(null, input.cluster()).api();
    Resource resource = api.resource(input.kind(), deadline);
    Set<String> names = new TreeSet<>();
    api.<GenericKubernetesResource, GenericKubernetesResourceList>eachMetadata(
        resource,
        input.namespace(),
        GenericKubernetesResourceList.class,
        deadline,
        one -> names.add(one.getMetadata().getName()));
    return new Output(names.stream().limit(MOST).toList(), names.size());
  }
}
