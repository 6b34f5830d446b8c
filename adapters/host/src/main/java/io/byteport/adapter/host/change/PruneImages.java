package io.byteport.adapter.host.change;

import io.byteport.adapter.host.action.MachineChange;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.ContainerMapper;
import io.byteport.adapter.host.mapping.ContainerMapper.Usage;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.Action.Changed;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.Word;
import java.util.List;

/** {@code host.pruneImages}: removes the images that no container uses. */
public final class PruneImages {
  /** What runs containers. */
  enum Runtime {
    CONTAINERD,
    @Word("cri-o")
    CRI_O,
    DOCKER
  }

  record Input(Host host, Runtime runtime) implements OnHost {}

  record Output(DataSize reclaimed) {}

  private PruneImages() {}

  public static Action.Change<?, ?> on(Machines machines) {
    return new MachineChange<>(
        "host.pruneImages", Input.class, Output.class, machines, new Pruning());
  }

  private static final class Pruning implements MachineChange.Deed<Input, Output> {
    @Override
    public List<String> shown(Input input) {
      return prune(input);
    }

    @Override
    public boolean repeatable() {
      return true;
    }

    @Override
    public StructValue prepare(Input input, Visit visit)
        throws ActionException, InterruptedException {
      return StructValue.EMPTY.with("held", Value.of((double) held(input, visit)));
    }

    @Override
    public Changed<Output> change(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      long before = held(input, visit);
      visit.run(prune(input)).orFail(Effect.UNKNOWN);
      long reclaimed = Math.max(0, before - held(input, visit));
      return new Changed<>(new Output(new DataSize(reclaimed)), reclaimed > 0);
    }

    @Override
    public Probe probe(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      return Probe.NOT_DONE; // once more does no harm
    }

    private static List<String> prune(Input input) {
      return input.runtime() == Runtime.DOCKER
          ? List.of("docker", "image", "prune", "--all", "--force")
          : List.of("crictl", "rmi", "--prune");
    }

    private static long held(Input input, Visit visit)
        throws ActionException, InterruptedException {
      if (input.runtime() == Runtime.DOCKER) {
        return ContainerMapper.dockerUsage(
                visit.text("docker", "system", "df", "--format", "{{json .}}"))
            .getOrDefault("Images", new Usage(new DataSize(0), new DataSize(0)))
            .size()
            .bytes();
      }
      return ContainerMapper.imageBytes(visit.text("crictl", "imagefsinfo", "-o", "json")).bytes();
    }
  }
}
