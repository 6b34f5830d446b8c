package io.byteport.adapter.host.read;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.ContainerMapper;
import io.byteport.adapter.host.mapping.ContainerMapper.Usage;
import io.byteport.adapter.host.model.Unit;
import io.byteport.adapter.host.model.UnitState;
import io.byteport.dsl.value.DataSize;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Word;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code host.containerRuntime}: the container runtime of a node. */
public final class ReadContainerRuntime {
  record Input(Host host) implements OnHost {}

  /**
   * What {@code host.containerRuntime} returns.
   *
   * @param imageBytes null where the runtime does not run, and nobody can be asked
   * @param reclaimable likewise
   */
  record Output(
      Runtime name,
      RuntimeUnit unit,
      UnitState state,
      @Nullable DataSize imageBytes,
      @Nullable DataSize reclaimable) {}

  private ReadContainerRuntime() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "host.containerRuntime",
        Input.class,
        Output.class,
        machines,
        input -> Shown.shell("systemctl is-active containerd crio docker; crictl imagefsinfo"),
        ReadContainerRuntime::look);
  }

  private static Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    Optional<Unit> best = Optional.empty();
    Runtime runtime = Runtime.CONTAINERD;
    for (Runtime each : Runtime.values()) {
      Optional<Unit> unit = ReadUnit.of(each.unit(), visit);
      boolean better =
          unit.isPresent()
              && (best.isEmpty()
                  || (best.get().state() != UnitState.ACTIVE
                      && unit.get().state() == UnitState.ACTIVE));
      if (better) {
        best = unit;
        runtime = each;
      }
    }
    if (best.isEmpty()) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND,
          "there is no unit containerd, crio or docker on " + input.host().name());
    }
    RuntimeUnit unit = RuntimeUnit.values()[runtime.ordinal()];
    if (best.get().state() != UnitState.ACTIVE) {
      return new Output(runtime, unit, best.get().state(), null, null);
    }
    if (runtime == Runtime.DOCKER) {
      Usage images =
          ContainerMapper.dockerUsage(
                  visit.text("docker", "system", "df", "--format", "{{json .}}"))
              .getOrDefault("Images", new Usage(new DataSize(0), new DataSize(0)));
      return new Output(runtime, unit, best.get().state(), images.size(), images.reclaimable());
    }
    return new Output(
        runtime,
        unit,
        best.get().state(),
        ContainerMapper.imageBytes(visit.text("crictl", "imagefsinfo", "-o", "json")),
        ContainerMapper.reclaimable(
            visit.text("crictl", "images", "-o", "json"),
            visit.text("crictl", "ps", "-a", "-o", "json")));
  }

  /** Runtimes, the one that Kubernetes speaks to first: docker brings a containerd of its own. */
  enum Runtime {
    CONTAINERD,
    @Word("cri-o")
    CRI_O,
    DOCKER;

    String unit() {
      return this == CRI_O ? "crio" : name().toLowerCase(Locale.ROOT);
    }
  }

  /** Their units, in the same order. */
  enum RuntimeUnit {
    CONTAINERD,
    CRIO,
    DOCKER
  }
}
