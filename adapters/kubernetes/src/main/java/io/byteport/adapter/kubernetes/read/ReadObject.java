package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.mapping.FieldPath;
import io.byteport.adapter.kubernetes.mapping.LongText;
import io.byteport.adapter.kubernetes.mapping.ObjectView;
import io.byteport.adapter.kubernetes.mapping.PodMapper;
import io.byteport.adapter.kubernetes.mapping.Times;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Condition;
import io.byteport.adapter.kubernetes.model.ObjectRef;
import io.byteport.adapter.kubernetes.model.Owner;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.get}: one object of any kind, and what stands at some places in it. Of Secrets and
 * ConfigMaps the server is asked for nothing but metadata.
 */
public record ReadObject(Clusters clusters)
    implements Action.Read<ReadObject.Input, ReadObject.Output> {
  private static final Set<String> CLOSED = Set.of("Secret", "ConfigMap");
  private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
  private static final int MOST_PATHS = 50;

  /**
   * What {@code kubectl.get} takes.
   *
   * @param paths places by the names that the answer shall give them; null for none
   */
  public record Input(
      ObjectRef object, @Nullable Map<String, String> paths, @Nullable Cluster cluster) {
    public Input {
      paths = paths == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(paths));
      if (paths != null) {
        if (paths.size() > MOST_PATHS) {
          throw new IllegalArgumentException("there are more than " + MOST_PATHS + " paths");
        }
        paths.values().forEach(FieldPath::of);
      }
    }
  }

  /**
   * What {@code kubectl.get} returns.
   *
   * @param owner its controller
   * @param conditions those in its status
   * @param values what stands at the paths, as text or JSON, each cut at 16384 characters; what is
   *     not there is left out
   */
  public record Output(
      @Nullable Cluster cluster,
      String kind,
      @Nullable String namespace,
      String name,
      String uid,
      Instant createdAt,
      boolean deleting,
      @Nullable Owner owner,
      List<Condition> conditions,
      Map<String, String> labels,
      Map<String, String> annotations,
      Map<String, String> values) {
    public Output {
      conditions = List.copyOf(conditions);
      labels = Collections.unmodifiableMap(new TreeMap<>(labels));
      annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  @Override
  public String name() {
    return "kubectl.get";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<ReadObject.Output> outputType() {
    return ReadObject.Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return Kubectl.on(clusters, input.object().cluster(), input.cluster())
        .add("get")
        .object(input.object().kindOrImplied(), input.object().name())
        .in(input.object().namespace())
        .json();
  }

  @Override
  public ReadObject.Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ObjectRef ref = input.object();
    Clusters.Chosen cluster = clusters.choose(ref.cluster(), input.cluster());
    boolean closed = CLOSED.contains(ref.kindOrImplied());
    if (closed && input.paths() != null && !input.paths().isEmpty()) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "what a " + ref.kindOrImplied() + " holds is not read; leave `paths` out");
    }
    Resource resource = cluster.api().resource(ref.kindOrImplied(), deadline);
    @Nullable String namespace = resource.namespaced() ? ref.namespace() : null;
    GenericKubernetesResource object =
        closed
            ? cluster
                .api()
                .getMetadata(
                    resource, namespace, ref.name(), GenericKubernetesResource.class, deadline)
            : cluster
                .api()
                .get(resource, namespace, ref.name(), GenericKubernetesResource.class, deadline);
    return output(object, resource, input.paths(), cluster.as());
  }

  private static ReadObject.Output output(
      GenericKubernetesResource object,
      Resource resource,
      @Nullable Map<String, String> paths,
      @Nullable Cluster cluster) {
    ObjectView view = new ObjectView(object);
    Map<String, String> values = new LinkedHashMap<>();
    if (paths != null) {
      paths.forEach(
          (name, path) ->
              view.at(FieldPath.of(path))
                  .ifPresent(value -> values.put(name, LongText.cut(value))));
    }
    Map<String, String> annotations = new TreeMap<>(LongText.cut(PodMapper.annotations(object)));
    annotations.remove(APPLIED);
    return new Output(
        cluster,
        resource.kind(),
        object.getMetadata().getNamespace(),
        object.getMetadata().getName(),
        PodMapper.uid(object),
        Times.created(object),
        object.getMetadata().getDeletionTimestamp() != null,
        PodMapper.controller(object)
            .map(one -> new Owner(one.getKind(), one.getName()))
            .orElse(null),
        view.conditions(),
        PodMapper.labels(object),
        annotations,
        values);
  }
}
