package io.byteport.sim.host.program;

import io.byteport.sim.host.system.Insides;
import io.byteport.sim.host.system.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The scripts that look at processes, and those that signal them. */
final class TaskScripts {
  private static final int GONE = 44;
  private static final int PAGE = 4096;

  private TaskScripts() {}

  static Map<String, Program> all() {
    return Map.ofEntries(
        Map.entry("byteport-processes", TaskScripts::processes),
        Map.entry("byteport-busy-processes", TaskScripts::busy),
        Map.entry("byteport-same-process", call -> same(call).isPresent() ? Reply.SILENT : gone()),
        Map.entry("byteport-signal", TaskScripts::signal),
        Map.entry("byteport-inspect", TaskScripts::inspect),
        Map.entry("byteport-read-nice", call -> prints(same(call).map(Task::nice))),
        Map.entry("byteport-renice", TaskScripts::renice),
        Map.entry("byteport-read-oom-score", call -> prints(same(call).map(Task::oomScore))),
        Map.entry("byteport-set-oom-score", TaskScripts::score),
        Map.entry("byteport-cpu", TaskScripts::cpu),
        Map.entry("byteport-pressure", call -> Reply.nulSeparated(List.of("", "", ""))));
  }

  private static Reply processes(Call call) {
    return Reply.nulSeparated(listed(call.machine(), call.arguments(), Duration.ZERO));
  }

  /** What is used now, and what will have been used when the time of the argument is over. */
  private static Reply busy(Call call) {
    Insides machine = call.machine();
    List<String> parts = new ArrayList<>();
    parts.add(KernelFiles.uptime(machine, Duration.ZERO).strip());
    Instant boot = KernelFiles.boot(machine);
    machine.tasks().all().forEach(task -> parts.add(stat(task, boot, machine.now())));
    parts.add("");
    long millis = Math.round(1000 * Double.parseDouble(call.argument(0)));
    parts.addAll(listed(machine, List.of(), Duration.ofMillis(millis)));
    return Reply.nulSeparated(parts);
  }

  private static List<String> listed(Insides machine, List<String> pids, Duration later) {
    List<String> parts = new ArrayList<>();
    Instant boot = KernelFiles.boot(machine);
    parts.add(Long.toString(boot.getEpochSecond()));
    parts.add(Integer.toString(KernelFiles.TICKS));
    parts.add(Integer.toString(PAGE));
    parts.add(KernelFiles.uptime(machine, later).strip());
    for (Task task : machine.tasks().all()) {
      if (pids.isEmpty() || pids.contains(Long.toString(task.pid()))) {
        parts.add(stat(task, boot, machine.now().plus(later)));
        parts.add(task.spec().command() + " ");
        parts.add(task.spec().unit().map(unit -> "0::/system.slice/" + unit + "\n").orElse(""));
      }
    }
    return parts;
  }

  /** As in /proc/pid/stat; what nobody reads is 0. */
  private static String stat(Task task, Instant boot, Instant now) {
    long start = Duration.between(boot, task.startedAt()).toMillis() * KernelFiles.TICKS / 1000;
    return String.format(
        Locale.ROOT,
        "%d (%.15s) S 1 %d %d 0 -1 0 0 0 0 0 %d 0 0 0 20 %d %d 0 %d 0 %d",
        task.pid(),
        task.spec().name(),
        task.pid(),
        task.pid(),
        Math.round(task.busy(now) * KernelFiles.TICKS),
        task.nice(),
        task.spec().threads(),
        start,
        task.memory(now) / PAGE);
  }

  /** The process of the first two arguments: its pid, and when it was started. */
  static Optional<Task> same(Call call) {
    long started = Long.parseLong(call.argument(1));
    return call.machine()
        .tasks()
        .of(Long.parseLong(call.argument(0)))
        .filter(task -> Math.abs(task.startedAt().toEpochMilli() - started) < 2_000);
  }

  private static Reply gone() {
    return Reply.status(GONE);
  }

  private static Reply prints(Optional<Integer> number) {
    return number.map(each -> Reply.prints(each + "\n")).orElseGet(TaskScripts::gone);
  }

  private static Reply signal(Call call) {
    Optional<Task> task = same(call);
    if (task.isEmpty()) {
      return gone();
    }
    String signal = call.argument(2);
    Task one = task.get();
    call.machine().changes().add("sent " + signal + " to " + one.spec().name());
    if (signal.equals("TERM")) {
      call.machine().tasks().end(one);
    }
    return Reply.SILENT;
  }

  private static Reply inspect(Call call) {
    Optional<Task> task = same(call);
    if (task.isEmpty()) {
      return gone();
    }
    Task one = task.get();
    int sockets = one.spec().sockets();
    return Reply.prints(
        String.join(
            "\0",
            Integer.toString(3 + one.open().size() + sockets),
            Integer.toString(sockets),
            Integer.toString(one.spec().threads()),
            Integer.toString(one.oomScore()),
            Integer.toString(one.nice()),
            one.pid() + "\n"));
  }

  private static Reply renice(Call call) {
    Optional<Task> task = same(call);
    task.ifPresent(
        one -> {
          one.nice(Integer.parseInt(call.argument(2)));
          call.machine().changes().add("reniced " + one.spec().name() + " to " + one.nice());
        });
    return task.isPresent() ? Reply.SILENT : gone();
  }

  private static Reply score(Call call) {
    Optional<Task> task = same(call);
    task.ifPresent(
        one -> {
          one.oomScore(Integer.parseInt(call.argument(2)));
          call.machine()
              .changes()
              .add("set the OOM score of " + one.spec().name() + " to " + one.oomScore());
        });
    return task.isPresent() ? Reply.SILENT : gone();
  }

  /** Two readings; nobody waits for the time between, which is simulated. */
  private static Reply cpu(Call call) {
    long millis = Math.round(Double.parseDouble(call.argument(0)) * 1000);
    return Reply.nulSeparated(
        List.of(
            KernelFiles.stat(call.machine(), Duration.ZERO),
            KernelFiles.stat(call.machine(), Duration.ofMillis(millis))));
  }
}
