package io.byteport.sim.host.program;

import io.byteport.sim.host.scenario.Scenario.HardwareSpec;
import io.byteport.sim.host.system.Insides;
import io.byteport.sim.host.system.Mount;
import io.byteport.sim.host.system.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Files below /proc, which the kernel writes when they are read (proc(5)). */
final class KernelFiles {
  static final int TICKS = 100;

  private KernelFiles() {}

  static Optional<String> read(String path, Insides machine) {
    return switch (path) {
      case "/proc/meminfo" -> Optional.of(meminfo(machine));
      case "/proc/self/mountinfo" -> Optional.of(mountinfo(machine));
      case "/proc/sys/fs/file-nr" -> Optional.of(fileNr(machine));
      case "/proc/stat" -> Optional.of(stat(machine, Duration.ZERO));
      case "/proc/uptime" -> Optional.of(uptime(machine, Duration.ZERO));
      default -> Optional.empty();
    };
  }

  private static String meminfo(Insides machine) {
    HardwareSpec hardware = machine.scenario().hardware();
    long used = hardware.otherMemory();
    for (Task task : machine.tasks().all()) {
      used += task.memory(machine.now());
    }
    long free = Math.max(0, hardware.memory() - used);
    return String.format(
        Locale.ROOT,
        "MemTotal: %d kB\nMemFree: %d kB\nMemAvailable: %d kB\nSwapTotal: %d kB\nSwapFree: %d kB\n",
        hardware.memory() / 1024,
        free / 2048,
        free / 1024,
        hardware.swap() / 1024,
        (hardware.swap() - hardware.swapUsed()) / 1024);
  }

  private static String mountinfo(Insides machine) {
    StringBuilder lines = new StringBuilder();
    for (Mount mount : machine.files().mounts()) {
      lines.append(
          String.format(
              Locale.ROOT,
              "%d 1 8:%d / %s rw,relatime - %s %s rw\n",
              mount.device(),
              mount.device() & 0xff,
              mount.path().replace(" ", "\\040"),
              mount.spec().type(),
              mount.spec().device()));
    }
    return lines.toString();
  }

  private static String fileNr(Insides machine) {
    long open =
        machine.tasks().all().stream()
            .mapToLong(task -> 3L + task.open().size() + task.spec().sockets())
            .sum();
    return (1_200 + open) + "\t0\t9223372036854775807\n";
  }

  /** Ticks since boot, at a time after now. */
  static String stat(Insides machine, Duration later) {
    HardwareSpec hardware = machine.scenario().hardware();
    double seconds = up(machine, later).toMillis() / 1000.0;
    double all = seconds * TICKS * hardware.cpus();
    StringBuilder first = new StringBuilder("cpu ");
    double idle = 100;
    for (String each : new String[] {"user", "system", "iowait", "steal"}) {
      idle -= busy(hardware, each);
    }
    double user =
        Math.min(idle + busy(hardware, "user"), busy(hardware, "user") + ofTasks(machine));
    idle -= user - busy(hardware, "user");
    for (double percent :
        new double[] {
          user,
          0,
          busy(hardware, "system"),
          idle,
          busy(hardware, "iowait"),
          0,
          0,
          busy(hardware, "steal"),
          0,
          0
        }) {
      first.append(' ').append(Math.round(all * percent / 100));
    }
    StringBuilder text = new StringBuilder(first).append('\n');
    for (int cpu = 0; cpu < hardware.cpus(); cpu++) {
      text.append("cpu").append(cpu).append(" 0 0 0 0 0 0 0 0 0 0\n");
    }
    return text.append("btime ").append(boot(machine).getEpochSecond()).append('\n').toString();
  }

  /** Percent of all processors together that the listed processes take. */
  private static double ofTasks(Insides machine) {
    return machine.tasks().all().stream().mapToDouble(Task::cpu).sum()
        / machine.scenario().hardware().cpus();
  }

  private static double busy(HardwareSpec hardware, String kind) {
    String percent = hardware.busy().getOrDefault(kind, kind.equals("user") ? "8" : "1");
    return Double.parseDouble(percent.replace("%", ""));
  }

  static String uptime(Insides machine, Duration later) {
    double seconds = up(machine, later).toMillis() / 1000.0;
    return String.format(Locale.ROOT, "%.2f %.2f\n", seconds, seconds);
  }

  static Instant boot(Insides machine) {
    return machine.scenario().startAt().minus(machine.scenario().hardware().up());
  }

  private static Duration up(Insides machine, Duration later) {
    return Duration.between(boot(machine), machine.now().plus(later));
  }
}
