package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.mapping.LongText;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.namespace}: one namespace. */
public record ReadNamespace(Clusters clusters)
    implements Action.Read<ReadNamespace.Input, ReadNamespace.Output> {

  /** What {@code kubectl.namespace} takes. */
  public record Input(String name, @Nullable Cluster cluster) {}

  /** What {@code kubectl.namespace} returns. */
  public record Output(String name, Map<String, String> labels, Map<String, String> annotations) {
    public Output {
      labels = Collections.unmodifiableMap(new TreeMap<>(labels));
      annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
    }
  }

  @Override
  public String name() {
    return "kubectl.namespace";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<ReadNamespace.Output> outputType() {
    return ReadNamespace.Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return Kubectl.on(clusters, null, input.cluster())
        .add("get")
        .object("namespace", input.name())
        .json();
  }

  @Override
  public ReadNamespace.Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    Namespace found =
        clusters
            .choose(null, input.cluster())
            .api()
            .get(Resource.NAMESPACES, null, input.name(), Namespace.class, deadline);
    return new Output(
        found.getMetadata().getName(),
        orNone(found.getMetadata().getLabels()),
        LongText.cut(orNone(found.getMetadata().getAnnotations())));
  }

  private static Map<String, String> orNone(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}
