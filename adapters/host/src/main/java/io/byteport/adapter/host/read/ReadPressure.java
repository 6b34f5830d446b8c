package io.byteport.adapter.host.read;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.ProcStatMapper;
import io.byteport.adapter.host.mapping.ProcStatMapper.Stall;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code host.pressure}: how much of their time tasks wait for a resource (PSI). */
public final class ReadPressure {
  record Input(Host host) implements OnHost {}

  record Output(
      @Nullable Stall cpu,
      @Nullable Stall memory,
      @Nullable Stall memoryFull,
      @Nullable Stall io) {}

  private ReadPressure() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "host.pressure",
        Input.class,
        Output.class,
        machines,
        input -> Shown.shell("head /proc/pressure/cpu /proc/pressure/memory /proc/pressure/io"),
        ReadPressure::look);
  }

  private static @Nullable Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    List<String> parts = Visit.nulSeparated(visit.script(SCRIPT).orFail().stdout());
    if (parts.size() != 3 || parts.stream().allMatch(String::isEmpty)) {
      return null; // a kernel without PSI
    }
    Map<String, Stall> memory = ProcStatMapper.pressure(parts.get(1));
    return new Output(
        ProcStatMapper.pressure(parts.get(0)).get("some"),
        memory.get("some"),
        memory.get("full"),
        ProcStatMapper.pressure(parts.get(2)).get("some"));
  }

  private static final Script SCRIPT =
      new Script(
          "pressure",
          """
          for each in cpu memory io; do cat "/proc/pressure/$each" 2>/dev/null; printf '\\0'; done
          """);
}
