package io.byteport.adapter.host.proc;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.MeminfoMapper;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code proc.swapRate}: pages swapped in and out in a second, from two readings. */
public final class ReadSwapRate {
  private static final double MOST_SECONDS = 60;

  private static final Script SCRIPT =
      new Script(
          "swap",
          """
          reading() { cat /proc/uptime; printf '\\0'; cat /proc/vmstat && printf '\\0'; }
          reading && sleep "$1" && reading
          """);

  record Input(Host host, Duration over) implements OnHost {}

  record Output(double inPerSecond, double outPerSecond) {}

  private ReadSwapRate() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "proc.swapRate",
        Input.class,
        Output.class,
        machines,
        input -> Shown.program("vmstat", Long.toString(Math.max(1, input.over().toSeconds())), "2"),
        ReadSwapRate::look);
  }

  private static Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    double seconds = Math.clamp(input.over().toMillis() / 1000.0, 0.1, MOST_SECONDS);
    Finished two = visit.script(SCRIPT, String.format(Locale.ROOT, "%.3f", seconds)).orFail();
    List<String> readings = Visit.nulSeparated(two.stdout());
    if (readings.size() != 4) {
      throw ActionException.refused(FailureKind.INVALID, "/proc/vmstat cannot be read twice");
    }
    return rates(readings);
  }

  /**
   * @param readings uptime and /proc/vmstat, twice; the time between is that of the machine
   */
  static Output rates(List<String> readings) {
    double from = Double.parseDouble(readings.get(0).strip().split(" ", 2)[0]);
    double until = Double.parseDouble(readings.get(2).strip().split(" ", 2)[0]);
    double time = Math.max(0.01, until - from);
    Map<String, Long> before = MeminfoMapper.fields(readings.get(1));
    Map<String, Long> after = MeminfoMapper.fields(readings.get(3));
    return new Output(rate(before, after, "pswpin", time), rate(before, after, "pswpout", time));
  }

  private static double rate(
      Map<String, Long> before, Map<String, Long> after, String field, double seconds) {
    long pages = after.getOrDefault(field, 0L) - before.getOrDefault(field, 0L);
    return Math.max(0, pages) / seconds;
  }
}
