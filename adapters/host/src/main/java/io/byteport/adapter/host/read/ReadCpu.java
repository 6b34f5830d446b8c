package io.byteport.adapter.host.read;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.ProcStatMapper;
import io.byteport.adapter.host.mapping.ProcStatMapper.CpuUse;
import io.byteport.dsl.value.Percent;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** {@code host.cpu}: what the processors do. */
public final class ReadCpu {
  record Input(Host host, Duration over) implements OnHost {}

  record Output(
      Percent used, Percent user, Percent system, Percent iowait, Percent steal, int cpus) {}

  private ReadCpu() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "host.cpu",
        Input.class,
        Output.class,
        machines,
        input -> Shown.program("vmstat", Long.toString(Math.max(1, input.over().toSeconds())), "2"),
        ReadCpu::look);
  }

  private static Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    double seconds = Math.clamp(input.over().toMillis() / 1000.0, 0.1, MOST_SECONDS);
    Finished two = visit.script(SCRIPT, String.format(Locale.ROOT, "%.3f", seconds)).orFail();
    List<String> readings = Visit.nulSeparated(two.stdout());
    if (readings.size() != 2) {
      throw ActionException.refused(FailureKind.INVALID, "/proc/stat cannot be read twice");
    }
    CpuUse use =
        ProcStatMapper.between(
            ProcStatMapper.cpu(readings.get(0)), ProcStatMapper.cpu(readings.get(1)));
    int cpus = (int) readings.get(1).lines().filter(line -> line.matches("cpu[0-9]+ .*")).count();
    return new Output(use.used(), use.user(), use.system(), use.iowait(), use.steal(), cpus);
  }

  private static final double MOST_SECONDS = 600;

  private static final Script SCRIPT =
      new Script(
          "cpu",
          """
          cat /proc/stat && printf '\\0' && sleep "$1" && cat /proc/stat && printf '\\0'
          """);
}
