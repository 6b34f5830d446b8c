package io.byteport.adapter.host.read;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.ContainerMapper;
import io.byteport.adapter.host.mapping.ContainerMapper.Usage;
import io.byteport.dsl.value.DataSize;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import java.util.Map;

/** {@code host.dockerUsage}: the disk that Docker holds. */
public final class DockerUsage {
  record Input(Host host) implements OnHost {}

  record Output(DataSize images, DataSize containers, DataSize volumes, DataSize reclaimable) {}

  private DockerUsage() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "host.dockerUsage",
        Input.class,
        Output.class,
        machines,
        input -> Shown.program("docker", "system", "df"),
        DockerUsage::look);
  }

  private static Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    Map<String, Usage> usage =
        ContainerMapper.dockerUsage(visit.text("docker", "system", "df", "--format", "{{json .}}"));
    long reclaimable = usage.values().stream().mapToLong(each -> each.reclaimable().bytes()).sum();
    return new Output(
        size(usage, "Images"),
        size(usage, "Containers"),
        size(usage, "Local Volumes"),
        new DataSize(reclaimable));
  }

  private static DataSize size(Map<String, Usage> usage, String type) {
    Usage one = usage.get(type);
    return one == null ? new DataSize(0) : one.size();
  }
}
