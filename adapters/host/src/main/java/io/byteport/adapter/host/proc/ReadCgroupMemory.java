package io.byteport.adapter.host.proc;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.action.UnitNames;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.CgroupMapper;
import io.byteport.adapter.host.mapping.CgroupMapper.CgroupMemory;
import io.byteport.dsl.value.DataSize;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import org.jspecify.annotations.Nullable;

/** {@code proc.cgroupMemory}: the memory of the control group of a unit, version 2 or 1. */
public final class ReadCgroupMemory {
  private static final int ABSENT = 44;

  /** Where the group is, systemd knows; without it, where systemd would put it. */
  private static final Script SCRIPT =
      new Script(
          "cgroup",
          """
          group=$(systemctl show --no-pager --property=ControlGroup -- "$1" 2>/dev/null | sed -n 's/^ControlGroup=//p')
          [ -n "$group" ] || group=/system.slice/$1
          out() { cat -- "$1" 2>/dev/null; printf '\\0'; }
          if [ -f "/sys/fs/cgroup$group/memory.current" ]; then
            cd -- "/sys/fs/cgroup$group" && printf '2\\0' && out memory.current && out memory.max &&
              out memory.stat && out memory.events
          elif [ -f "/sys/fs/cgroup/memory$group/memory.usage_in_bytes" ]; then
            cd -- "/sys/fs/cgroup/memory$group" && printf '1\\0' && out memory.usage_in_bytes &&
              out memory.limit_in_bytes && out memory.stat && out memory.oom_control
          else
            exit 44
          fi
          """);

  record Input(Host host, String unit) implements OnHost {}

  record Output(
      int version, DataSize current, DataSize rss, @Nullable DataSize max, long oomKills) {}

  private ReadCgroupMemory() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "proc.cgroupMemory",
        Input.class,
        Output.class,
        machines,
        input ->
            Shown.shell(
                "cd /sys/fs/cgroup/system.slice/"
                    + Shown.word(UnitNames.full(input.unit()))
                    + " && cat memory.current memory.max memory.stat"),
        ReadCgroupMemory::look);
  }

  private static Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    String unit = UnitNames.full(UnitNames.checked(input.unit()));
    Finished found = visit.script(SCRIPT, unit);
    if (found.exitCode() == ABSENT) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND,
          unit + " has no control group on " + input.host().name() + ": it does not run");
    }
    CgroupMemory memory = CgroupMapper.memory(Visit.nulSeparated(found.orFail().stdout()));
    return new Output(
        memory.version(), memory.current(), memory.rss(), memory.max(), memory.oomKills());
  }
}
