package io.byteport.adapter.host.read;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.JournalMapper;
import io.byteport.dsl.value.DataSize;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;

/** {@code host.journalUsage}: the disk that the journal holds. */
public final class JournalUsage {
  record Input(Host host) implements OnHost {}

  record Output(DataSize size) {}

  private JournalUsage() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "host.journalUsage",
        Input.class,
        Output.class,
        machines,
        input -> Shown.program("journalctl", "--disk-usage"),
        JournalUsage::look);
  }

  private static Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    return new Output(JournalMapper.diskUsage(visit.text("journalctl", "--disk-usage")));
  }
}
