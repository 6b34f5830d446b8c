package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.mapping.PodMapper;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Probe;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.deleteSecret}: deletes the Secret that a Certificate of cert-manager is kept in,
 * which makes it again. Any other is refused; its values are never read.
 */
public record DeleteSecret(Clusters clusters)
    implements Action.Change<DeleteSecret.Input, Action.Nothing> {
  /** What cert-manager writes on the Secrets that it makes. */
  private static final String MADE_FOR = "cert-manager.io/certificate-name";

  /** What {@code kubectl.deleteSecret} takes. */
  public record Input(String namespace, String name, @Nullable Cluster cluster) {}

  @Override
  public String name() {
    return "kubectl.deleteSecret";
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
    return Kubectl.on(clusters, null, input.cluster())
        .add("delete")
        .object("secret", input.name())
        .in(input.namespace())
        .words();
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(null, input.cluster()).api();
    Secret secret = metadata(api, input, deadline);
    if (!PodMapper.annotations(secret).containsKey(MADE_FOR)) {
      throw ActionException.refused(
          FailureKind.REFUSED,
          "Secret "
              + input.namespace()
              + "/"
              + input.name()
              + " is not one that cert-manager makes again: it has no annotation "
              + MADE_FOR);
    }
    String uid = PodMapper.uid(secret);
    api.changes().deleteSecret(input.namespace(), input.name(), uid, true, deadline);
    return Identity.of(uid);
  }

  @Override
  public Changed<Nothing> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(null, input.cluster()).api();
    Optional<Secret> secret = find(api, input, deadline);
    if (secret.isEmpty() || !Identity.isSame(memo, PodMapper.uid(secret.get()))) {
      return new Changed<>(new Nothing(), false);
    }
    api.changes()
        .deleteSecret(
            input.namespace(), input.name(), PodMapper.uid(secret.get()), false, deadline);
    return new Changed<>(new Nothing(), true);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    ClusterApi api = clusters.choose(null, input.cluster()).api();
    Optional<Secret> secret = find(api, input, Deadline.in(context.timeout()));
    return secret.isEmpty() || !Identity.isSame(memo, PodMapper.uid(secret.get()))
        ? Probe.TOOK_EFFECT
        : Probe.NOT_DONE;
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  private static Secret metadata(ClusterApi api, Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    return api.getMetadata(
        Resource.SECRETS, input.namespace(), input.name(), Secret.class, deadline);
  }

  private static Optional<Secret> find(ClusterApi api, Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    try {
      return Optional.of(metadata(api, input, deadline));
    } catch (ActionException e) {
      if (e.kind() == FailureKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
