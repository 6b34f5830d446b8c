package io.byteport.adapter.host.read;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Command;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.DfMapper;
import io.byteport.adapter.host.model.Filesystem;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import java.util.List;

/** {@code host.filesystems}: all filesystems on disks. */
public final class ListFilesystems {
  record Input(Host host) implements OnHost {}

  record Output(List<Filesystem> mounts) {}

  private ListFilesystems() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "host.filesystems",
        Input.class,
        Output.class,
        machines,
        input -> Shown.shell("df -PTk; df -Pi"),
        ListFilesystems::look);
  }

  private static Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    Finished space = visit.whole(Command.of("df", "-PTk"));
    Finished inodes = visit.whole(Command.of("df", "-Pi"));
    List<Filesystem> all =
        DfMapper.filesystems(
            space.stdout().text(),
            inodes.stdout().text(),
            visit.text("cat", "/proc/self/mountinfo"));
    if (all.isEmpty()) {
      throw space.failure(Effect.NONE); // one that cannot be looked at does not hide the others
    }
    return new Output(all.stream().filter(DfMapper::isOnDisk).toList());
  }
}
