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
import java.time.Duration;
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

  record Input(Host host, By by, int count, Duration over) implements OnHost {}

  record Output(List<Process> list) {}

  private TopProcesses() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "proc.top",
        Input.class,
        Output.class,
        machines,
        input ->
            input.by() == By.RSS
                ? Shown.shell("ps aux --sort=-%mem | head -" + input.count())
                : Shown.shell(
                    "top -b -n 2 -d "
                        + Math.max(1, input.over().toSeconds())
                        + " | tail -"
                        + input.count()),
        TopProcesses::look);
  }

  private static Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    boolean byMemory = input.by() == By.RSS;
    Comparator<Process> order =
        byMemory ? Comparator.comparing(Process::rss) : Comparator.comparing(Process::cpu);
    List<Process> all =
        byMemory
            ? Processes.all(visit, input.host())
            : Processes.busy(visit, input.host(), input.over());
    return new Output(
        all.stream()
            .sorted(order.reversed().thenComparing(Process::pid))
            .limit(Math.clamp(input.count(), 1, MOST))
            .toList());
  }
}
