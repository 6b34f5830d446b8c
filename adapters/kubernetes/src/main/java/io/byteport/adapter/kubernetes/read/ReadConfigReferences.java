package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.adapter.kubernetes.mapping.ConfigReferences;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.PodRef;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.configReferences}: the ConfigMaps and Secrets that a pod refers to, and what of
 * them is missing. Only metadata is read.
 */
public record ReadConfigReferences(Clusters clusters)
    implements Action.Read<ReadConfigReferences.Input, ReadConfigReferences.Output> {

  /** What {@code kubectl.configReferences} takes. */
  public record Input(PodRef pod, @Nullable Cluster cluster) {}

  /**
   * What {@code kubectl.configReferences} returns.
   *
   * @param present such as secret/api-token
   * @param missing likewise; a missing key follows a dot, as in configmap/settings.LOG_LEVEL
   */
  public record Output(List<String> present, List<String> missing) {
    public Output {
      present = List.copyOf(present);
      missing = List.copyOf(missing);
    }
  }

  @Override
  public String name() {
    return "kubectl.configReferences";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<ReadConfigReferences.Output> outputType() {
    return ReadConfigReferences.Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return Kubectl.on(clusters, input.pod().cluster(), input.cluster())
        .add("get", "configmaps,secrets")
        .in(input.pod().namespace())
        .add("-o", "name")
        .words();
  }

  @Override
  public ReadConfigReferences.Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    PodRef ref = input.pod();
    ClusterApi api = clusters.choose(ref.cluster(), input.cluster()).api();
    Pod pod = api.get(Resource.PODS, ref.namespace(), ref.name(), Pod.class, deadline);
    ConfigReferences references = ConfigReferences.of(pod.getSpec());
    Set<String> existing = new TreeSet<>();
    if (references.needs(ConfigReferences.CONFIG_MAP)) {
      names(api, Resource.CONFIG_MAPS, ref.namespace(), deadline)
          .forEach(name -> existing.add(ConfigReferences.CONFIG_MAP + name));
    }
    if (references.needs(ConfigReferences.SECRET)) {
      names(api, Resource.SECRETS, ref.namespace(), deadline)
          .forEach(name -> existing.add(ConfigReferences.SECRET + name));
    }
    Set<String> keys = new TreeSet<>();
    api.<Event, EventList>each(
        Resource.EVENTS,
        ref.namespace(),
        Selection.about("Pod", ref.name()),
        EventList.class,
        deadline,
        event -> {
          if (pod.getMetadata().getUid().equals(event.getInvolvedObject().getUid())) {
            references.missingKey(event.getMessage()).ifPresent(keys::add);
          }
        });
    Set<String> missing = new TreeSet<>(references.required());
    missing.removeAll(existing);
    missing.addAll(keys);
    Set<String> present = new TreeSet<>(references.all());
    present.retainAll(existing);
    return new Output(List.copyOf(present), List.copyOf(missing));
  }

  private static Set<String> names(
      ClusterApi api, Resource resource, String namespace, Deadline deadline)
      throws ActionException, InterruptedException {
    Set<String> names = new TreeSet<>();
    api.<GenericKubernetesResource, GenericKubernetesResourceList>eachMetadata(
        resource,
        namespace,
        GenericKubernetesResourceList.class,
        deadline,
        one -> names.add(one.getMetadata().getName()));
    return names;
  }
}
