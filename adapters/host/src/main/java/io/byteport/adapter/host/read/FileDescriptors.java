package io.byteport.adapter.host.read;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.ProcStatMapper;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;

/** {@code host.fileDescriptors}: open file descriptors against the maximum. */
public final class FileDescriptors {
  record Input(Host host) implements OnHost {}

  record Output(long used, long maximum) {}

  private FileDescriptors() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "host.fileDescriptors",
        Input.class,
        Output.class,
        machines,
        input -> Shown.program("cat", "/proc/sys/fs/file-nr"),
        FileDescriptors::look);
  }

  private static Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    ProcStatMapper.FileDescriptors found =
        ProcStatMapper.fileNr(visit.text("cat", "/proc/sys/fs/file-nr"));
    return new Output(found.used(), found.maximum());
  }
}
