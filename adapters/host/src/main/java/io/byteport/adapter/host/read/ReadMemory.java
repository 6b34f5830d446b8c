package io.byteport.adapter.host.read;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.MeminfoMapper;
import io.byteport.adapter.host.mapping.MeminfoMapper.Meminfo;
import io.byteport.adapter.host.model.Memory;
import io.byteport.adapter.host.model.MemoryUser;
import io.byteport.adapter.host.model.Process;
import io.byteport.dsl.value.Percent;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** {@code host.memory}: the memory of a machine and who holds it. */
public final class ReadMemory {
  record Input(Host host, int top) implements OnHost {}

  private ReadMemory() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "host.memory",
        Input.class,
        Memory.class,
        machines,
        input -> Shown.shell("free -b; ps aux --sort=-%mem | head -" + input.top()),
        ReadMemory::look);
  }

  private static Memory look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    Meminfo info = MeminfoMapper.meminfo(visit.text("cat", "/proc/meminfo"));
    double total = info.total().bytes();
    List<MemoryUser> users =
        Processes.all(visit, null).stream()
            .sorted(Comparator.comparing(Process::rss).reversed())
            .limit(Math.clamp(input.top(), 1, MOST))
            .map(each -> user(each, total, visit.context().clock().instant()))
            .toList();
    return new Memory(
        new Percent(info.used().bytes() * 100 / total),
        info.used(),
        info.total(),
        info.swapUsed(),
        users);
  }

  private static MemoryUser user(Process process, double total, Instant now) {
    Duration upFor = Duration.between(process.startedAt(), now);
    return new MemoryUser(
        process.name(),
        process.unit(),
        null,
        process.pid(),
        process.command(),
        process.rss(),
        new Percent(process.rss().bytes() * 100 / total),
        upFor.isNegative() ? Duration.ZERO : upFor);
  }

  private static final int MOST = 1_000;
}
