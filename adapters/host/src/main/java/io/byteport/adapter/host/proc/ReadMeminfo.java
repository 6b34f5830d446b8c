package io.byteport.adapter.host.proc;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.MeminfoMapper;
import io.byteport.adapter.host.mapping.MeminfoMapper.Meminfo;
import io.byteport.dsl.value.DataSize;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;

/** {@code proc.meminfo}: memory and swap of the machine. */
public final class ReadMeminfo {
  record Input(Host host) implements OnHost {}

  record Output(DataSize total, DataSize available, DataSize swapTotal, DataSize swapFree) {}

  private ReadMeminfo() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "proc.meminfo",
        Input.class,
        Output.class,
        machines,
        input -> Shown.program("cat", "/proc/meminfo"),
        ReadMeminfo::look);
  }

  private static Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    Meminfo info = MeminfoMapper.meminfo(visit.text("cat", "/proc/meminfo"));
    return new Output(info.total(), info.available(), info.swapTotal(), info.swapFree());
  }
}
