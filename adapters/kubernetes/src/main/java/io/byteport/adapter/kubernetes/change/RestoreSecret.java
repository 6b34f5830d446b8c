package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Names;
import io.byteport.adapter.kubernetes.mapping.PodMapper;
import io.byteport.adapter.kubernetes.mapping.SecretContent;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Probe;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.restoreSecret}: puts a backed-up Secret's values back into the Secret, which must
 * still be there: none is ever created.
 */
public record RestoreSecret(Clusters clusters)
    implements Action.Change<RestoreSecret.Input, Action.Nothing> {
  private static final String HASH = "hash";
  private static final String BEFORE = "before";

  /**
   * What {@code kubectl.restoreSecret} takes.
   *
   * @param backup the file, named in full
   */
  public record Input(String backup, @Nullable Cluster cluster) {}

  @Override
  public String name() {
    return "kubectl.restoreSecret";
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
        .add("replace")
        .with("--filename", input.backup())
        .words();
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    SecretContent backup = backup(input);
    ClusterApi api = clusters.choose(null, input.cluster()).api();
    Secret now = api.secret(backup.namespace(), backup.name(), deadline);
    String before = SecretContent.of(now).hash();
    if (!before.equals(backup.hash())) {
      send(api, backup, now, true, deadline);
    }
    return Identity.of(PodMapper.uid(now))
        .with(HASH, Value.of(backup.hash()))
        .with(BEFORE, Value.of(before));
  }

  @Override
  public Changed<Nothing> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    SecretContent backup = backup(input);
    if (!Value.of(backup.hash()).equals(memo.get(HASH))) {
      throw ActionException.refused(
          FailureKind.CONFLICT, input.backup() + " is not the backup that was looked at");
    }
    ClusterApi api = clusters.choose(null, input.cluster()).api();
    Secret now = api.secret(backup.namespace(), backup.name(), deadline);
    Identity.check(memo, PodMapper.uid(now), backup);
    if (SecretContent.of(now).hash().equals(backup.hash())) {
      return new Changed<>(new Nothing(), false);
    }
    send(api, backup, now, false, deadline);
    return new Changed<>(new Nothing(), true);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    SecretContent backup = backup(input);
    Secret now =
        clusters
            .choose(null, input.cluster())
            .api()
            .secret(backup.namespace(), backup.name(), deadline);
    Value hash = Value.of(SecretContent.of(now).hash());
    if (hash.equals(memo.get(HASH))) {
      return Probe.TOOK_EFFECT;
    }
    return hash.equals(memo.get(BEFORE)) ? Probe.NOT_DONE : Probe.UNKNOWN;
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  private static SecretContent backup(Input input) throws ActionException {
    return SecretFile.at(input.backup())
        .read()
        .orElseThrow(
            () ->
                ActionException.refused(
                    FailureKind.NOT_FOUND, "there is no backup at " + Names.shown(input.backup())));
  }

  /** The server does it only if nobody has changed the Secret since it was read. */
  private static void send(
      ClusterApi api, SecretContent backup, Secret now, boolean rehearse, Deadline deadline)
      throws ActionException, InterruptedException {
    SecretContent present = SecretContent.of(now);
    if (!present.type().equals(backup.type())) {
      throw ActionException.refused(
          FailureKind.CONFLICT,
          backup + " is of the type " + present.type() + " now, not " + backup.type());
    }
    now.setData(backup.data());
    now.setStringData(null);
    try {
      api.changes().replaceSecret(backup.namespace(), backup.name(), now, rehearse, deadline);
    } catch (ActionException e) {
      throw new ActionException(
          e.kind(), e.effect(), present.without(backup.without(e.reason())), null);
    }
  }
}
