package io.byteport.sim.host.program;

import io.byteport.sim.host.system.Insides;
import io.byteport.sim.host.system.Task;
import io.byteport.sim.host.system.UnitState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scripts that look at the memory of units and at the heaps of JVMs. */
final class MemoryScripts {
  private static final int ABSENT = 44;

  private MemoryScripts() {}

  static Map<String, Program> all() {
    return Map.of(
        "byteport-cgroup", MemoryScripts::cgroup,
        "byteport-swap", MemoryScripts::swap,
        "byteport-jcmd", MemoryScripts::jcmd);
  }

  /** Version 2 of control groups: use, limit, memory.stat and memory.events. */
  private static Reply cgroup(Call call) {
    String name = call.argument(0);
    Insides machine = call.machine();
    Optional<UnitState> unit = machine.unit(name);
    List<Task> mine =
        machine.tasks().all().stream()
            .filter(task -> task.spec().unit().filter(name::equals).isPresent())
            .toList();
    if (unit.isEmpty() || mine.isEmpty()) {
      return Reply.status(ABSENT);
    }
    long used = mine.stream().mapToLong(task -> task.memory(machine.now())).sum();
    long max = unit.get().spec().memoryMax();
    return Reply.nulSeparated(
        List.of(
            "2",
            used + "\n",
            (max == 0 ? "max" : Long.toString(max)) + "\n",
            "anon " + used + "\nfile 0\n",
            "oom_kill 0\n"));
  }

  /** Nothing is ever swapped in or out here. */
  private static Reply swap(Call call) {
    Duration between = Duration.ofMillis(Math.round(Double.parseDouble(call.argument(0)) * 1000));
    String counters = "pswpin 0\npswpout 0\n";
    return Reply.nulSeparated(
        List.of(
            KernelFiles.uptime(call.machine(), Duration.ZERO),
            counters,
            KernelFiles.uptime(call.machine(), between),
            counters));
  }

  /** What is resident counts as heap. */
  private static Reply jcmd(Call call) {
    Optional<Task> task = TaskScripts.same(call);
    if (task.isEmpty()) {
      return Reply.status(ABSENT);
    }
    long heap = task.get().memory(call.machine().now());
    return switch (call.argument(2)) {
      case "GC.heap_info" ->
          Reply.prints(
              " garbage-first heap   total %dK, used %dK\n".formatted(heap / 1024, heap / 1024));
      case "PerfCounter.print" -> Reply.prints("");
      case "GC.heap_dump" -> {
        call.machine().write(call.argument(3), heap);
        yield Reply.prints("Heap dump file created\n");
      }
      default -> Reply.fails(1, "java.lang.IllegalArgumentException: Unknown diagnostic command");
    };
  }
}
