package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Names;
import io.byteport.adapter.kubernetes.api.Patch;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.ObjectRef;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.annotate}: sets annotations of one object of any kind. */
public record Annotate(Clusters clusters) implements Action.Change<Annotate.Input, Action.Nothing> {
  private static final String UID = "uid";
  private static final int LARGEST = 256 << 10;

  /** What {@code kubectl.annotate} takes. */
  public record Input(
      ObjectRef object, Map<String, String> annotations, @Nullable Cluster cluster) {
    public Input {
      annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
      if (annotations.isEmpty()) {
        throw new IllegalArgumentException("there is no annotation to set");
      }
    }
  }

  @Override
  public String name() {
    return "kubectl.annotate";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Nothing> outputType() {
    return Nothing.class;
  }

  @Override
  public List<String> command(Input input) {
    Kubectl command =
        Kubectl.on(clusters, input.object().cluster(), input.cluster())
            .add("annotate")
            .object(input.object().kindOrImplied(), input.object().name())
            .in(input.object().namespace());
    input.annotations().forEach((key, value) -> command.add(key + "=" + value));
    return command.add("--overwrite").words();
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    checkSize(input);
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.object().cluster(), input.cluster()).api();
    GenericKubernetesResource object = object(api, input, deadline);
    if (!carries(object, input)) {
      send(api, object, input, true, deadline);
    }
    return StructValue.EMPTY.with(UID, Value.of(object.getMetadata().getUid()));
  }

  @Override
  public Changed<Nothing> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.object().cluster(), input.cluster()).api();
    GenericKubernetesResource object = object(api, input, deadline);
    if (!Value.of(object.getMetadata().getUid()).equals(memo.get(UID))) {
      throw ActionException.refused(
          FailureKind.CONFLICT,
          input.object().kindOrImplied()
              + " "
              + input.object().name()
              + " is not the one that was looked at");
    }
    if (carries(object, input)) {
      return new Changed<>(new Nothing(), false);
    }
    send(api, object, input, false, deadline);
    return new Changed<>(new Nothing(), true);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.object().cluster(), input.cluster()).api();
    GenericKubernetesResource object = object(api, input, deadline);
    if (!Value.of(object.getMetadata().getUid()).equals(memo.get(UID))) {
      return Probe.UNKNOWN;
    }
    return carries(object, input) ? Probe.TOOK_EFFECT : Probe.NOT_DONE;
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  /** Refuses what is no key, and more than the API keeps of annotations on one object. */
  private static void checkSize(Input input) throws ActionException {
    int size = 0;
    for (Map.Entry<String, String> one : input.annotations().entrySet()) {
      Names.checkKey(one.getKey());
      size += one.getKey().length() + one.getValue().getBytes(StandardCharsets.UTF_8).length;
    }
    if (size > LARGEST) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "the annotations are " + size + " bytes long; an object takes " + LARGEST);
    }
  }

  private static GenericKubernetesResource object(ClusterApi api, Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    Resource resource = api.resource(input.object().kindOrImplied(), deadline);
    return api.get(
        resource,
        namespace(resource, input),
        input.object().name(),
        GenericKubernetesResource.class,
        deadline);
  }

  private static @Nullable String namespace(Resource resource, Input input) {
    return resource.namespaced() ? input.object().namespace() : null;
  }

  private static boolean carries(GenericKubernetesResource object, Input input) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations != null
        && annotations.entrySet().containsAll(input.annotations().entrySet());
  }

  private static void send(
      ClusterApi api,
      GenericKubernetesResource object,
      Input input,
      boolean rehearse,
      Deadline deadline)
      throws ActionException, InterruptedException {
    Resource resource = api.resource(input.object().kindOrImplied(), deadline);
    api.changes()
        .patch(
            resource,
            namespace(resource, input),
            input.object().name(),
            null,
            Patch.merge(
                Map.of(
                    "metadata",
                    Map.of(
                        "uid", object.getMetadata().getUid(), "annotations", input.annotations()))),
            rehearse,
            GenericKubernetesResource.class,
            deadline);
  }
}
