package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.adapter.kubernetes.mapping.EndpointMapper;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.ServiceEndpoint;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.endpoints}: the pods behind the Services. */
public record ListEndpoints(Clusters clusters)
    implements Action.Read<ListEndpoints.Input, ListEndpoints.Output> {

  /** What {@code kubectl.endpoints} takes. */
  public record Input(@Nullable String namespace, @Nullable Cluster cluster) {}

  /** What {@code kubectl.endpoints} returns. */
  public record Output(List<ServiceEndpoint> items) {
    public Output {
      items = List.copyOf(items);
    }
  }

  @Override
  public String name() {
    return "kubectl.endpoints";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Output> outputType() {
    return Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return Kubectl.on(clusters, null, input.cluster())
        .add("get", "endpointslices")
        .inOrAll(input.namespace())
        .json();
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Map<String, ServiceEndpoint> found = new TreeMap<>();
    clusters
        .choose(null, input.cluster())
        .api()
        .<EndpointSlice, EndpointSliceList>each(
            Resource.ENDPOINT_SLICES,
            input.namespace(),
            Selection.ALL,
            EndpointSliceList.class,
            Deadline.in(context.timeout()),
            slice ->
                EndpointMapper.map(slice)
                    .forEach(
                        (pod, one) ->
                            found.merge(
                                one.namespace() + "/" + one.service() + "/" + one.pod() + "/" + pod,
                                one,
                                EndpointMapper::merge)));
    return new Output(List.copyOf(found.values()));
  }
}
