package io.byteport.adapter.host.read;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.MachineFiles;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.DfMapper;
import io.byteport.adapter.host.model.Filesystem;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.List;

/** {@code host.filesystem}: the filesystem that holds a path. */
public final class ReadFilesystem {
  record Input(Host host, String path) implements OnHost {}

  private ReadFilesystem() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "host.filesystem",
        Input.class,
        Filesystem.class,
        machines,
        input ->
            Shown.shell(
                "df -PTk -- "
                    + Shown.word(input.path())
                    + "; df -Pi -- "
                    + Shown.word(input.path())),
        ReadFilesystem::look);
  }

  private static Filesystem look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    String path = MachineFiles.absolute(input.path());
    String space = visit.text("df", "-PTk", "--", path);
    String inodes = visit.text("df", "-Pi", "--", path);
    List<Filesystem> found =
        DfMapper.filesystems(space, inodes, visit.text("cat", "/proc/self/mountinfo"));
    if (found.size() != 1) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND, "df knows no filesystem of `" + path + "`: " + space.strip());
    }
    return found.getFirst();
  }
}
