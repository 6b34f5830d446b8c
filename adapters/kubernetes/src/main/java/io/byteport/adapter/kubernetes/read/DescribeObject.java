package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.mapping.Description;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Event;
import io.byteport.adapter.kubernetes.model.ObjectRef;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.describe}: an object and its events, for a human to read. */
public record DescribeObject(Clusters clusters)
    implements Action.Read<DescribeObject.Input, DescribeObject.Output> {

  /** What {@code kubectl.describe} takes. */
  public record Input(ObjectRef object, @Nullable Cluster cluster) {}

  /** What {@code kubectl.describe} returns. */
  public record Output(String text) {}

  @Override
  public String name() {
    return "kubectl.describe";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<DescribeObject.Output> outputType() {
    return DescribeObject.Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return Kubectl.on(clusters, input.object().cluster(), input.cluster())
        .add("describe")
        .object(input.object().kindOrImplied(), input.object().name())
        .in(input.object().namespace())
        .words();
  }

  @Override
  public DescribeObject.Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ObjectRef ref = input.object();
    ClusterApi api = clusters.choose(ref.cluster(), input.cluster()).api();
    Resource resource = api.resource(ref.kindOrImplied(), deadline);
    GenericKubernetesResource object =
        api.get(
            resource,
            resource.namespaced() ? ref.namespace() : null,
            ref.name(),
            GenericKubernetesResource.class,
            deadline);
    RecentEvents collected = new RecentEvents(Instant.EPOCH, null);
    new EventReader(api, deadline).read(ref, false, collected);
    List<Event> events = collected.oldestFirst();
    return new Output(Description.of(object, events, context.clock().instant()));
  }
}
