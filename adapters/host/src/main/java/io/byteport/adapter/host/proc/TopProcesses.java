package io.byteport.adapter.host.proc;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.model.Process;
import io.byteport.adapter.host.read.Processes;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import java.util.Comparator;
import java.util.List;

/** {@code proc.top}: the largest processes, with the runtime of each. */
public final class TopProcesses {
  private static final int MOST = 1_000;

  /** What makes a process large. */
  enum By {
    RSS,
    CPU
  }

  record Input(Host host, By by, int count) implements OnHost {}

  record Output(List<Process> list) {}

  private TopProcesses() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "proc.top",
        Input.class,
        Output.class,
        machines,
        input ->
            Shown.shell(
                "ps aux --sort=-%"
                    + (input.by() == By.RSS ? "mem" : "cpu")
                    + " | head -"
                    + input.count()),
        TopProcesses::look);
  }

  private static Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    Comparator<Process> order =
        input.by() == By.RSS
            ? Comparator.comparing(Process::rss)
            : Comparator.comparing(Process::cpu);
    return new Output(
        Processes.all(visit, input.host()).stream()
            .sorted(order.reversed().thenComparing(Process::pid))
            .limit(Math.clamp(input.count(), 1, MOST))
            .toList());
  }
}
