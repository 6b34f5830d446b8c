package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.mapping.SecretContent;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Probe;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.backupSecret}: writes a Secret into a file that only the agent can read. The value
 * goes nowhere else: not into the intent, nor into what is returned, nor into a message.
 */
public record BackupSecret(Clusters clusters)
    implements Action.Change<BackupSecret.Input, BackupSecret.Output> {
  private static final String HASH = "hash";

  /**
   * What {@code kubectl.backupSecret} takes.
   *
   * @param root the folder, named in full
   * @param as the name of the file in it
   */
  public record Input(
      String namespace, String name, String root, String as, @Nullable Cluster cluster) {}

  /** What {@code kubectl.backupSecret} returns. */
  public record Output(String path) {}

  @Override
  public String name() {
    return "kubectl.backupSecret";
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
    return List.of(
        "sh",
        "-c",
        "umask 077 && kubectl get secret \"$1\" -n \"$2\" -o json > \"$3\"",
        "backup",
        input.name(),
        input.namespace(),
        input.root() + "/" + input.as());
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    SecretFile file = SecretFile.in(input.root(), input.as());
    SecretContent content = content(input, deadline);
    if (!isThere(file, content.hash())) {
      file.checkFolder();
    }
    return StructValue.EMPTY.with(HASH, Value.of(content.hash()));
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    SecretFile file = SecretFile.in(input.root(), input.as());
    Output output = new Output(file.path().toString());
    SecretContent content = content(input, deadline);
    if (!Value.of(content.hash()).equals(memo.get(HASH))) {
      throw ActionException.refused(
          FailureKind.CONFLICT, content + " has been changed by somebody else meanwhile");
    }
    if (isThere(file, content.hash())) {
      return new Changed<>(output, false);
    }
    file.write(content);
    return new Changed<>(output, true);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Optional<SecretContent> found = SecretFile.in(input.root(), input.as()).read();
    if (found.isEmpty()) {
      return Probe.NOT_DONE;
    }
    return Value.of(found.get().hash()).equals(memo.get(HASH)) ? Probe.TOOK_EFFECT : Probe.UNKNOWN;
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  private SecretContent content(Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    return SecretContent.of(
        clusters
            .choose(null, input.cluster())
            .api()
            .secret(input.namespace(), input.name(), deadline));
  }

  /** Whether that backup has been made already. */
  private static boolean isThere(SecretFile file, String hash) throws ActionException {
    Optional<SecretContent> found = file.read();
    if (found.isPresent() && !found.get().hash().equals(hash)) {
      throw ActionException.refused(
          FailureKind.CONFLICT, "there is another backup at " + file.path());
    }
    return found.isPresent();
  }
}
