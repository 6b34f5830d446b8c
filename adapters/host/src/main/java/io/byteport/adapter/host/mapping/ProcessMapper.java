package io.byteport.adapter.host.mapping;

import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.model.Process;
import io.byteport.adapter.host.model.ProcessRuntime;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads processes as {@link #SCRIPT} tells them, from /proc/pid/stat, cmdline and cgroup (proc(5)).
 */
public final class ProcessMapper {
  /**
   * Prints, each ended by NUL: the time of boot, ticks a second, the page size, the uptime; then
   * for each process of the list of pids (all, without one) its stat, its arguments joined by
   * spaces, its cgroups.
   */
  public static final Script SCRIPT =
      new Script(
          "processes",
          """
          boot=$(sed -n 's/^btime //p' /proc/stat)
          printf '%s\\0%s\\0%s\\0%s\\0' "$boot" "$(getconf CLK_TCK)" "$(getconf PAGESIZE)" "$(cat /proc/uptime)"
          if [ $# -eq 0 ]; then cd /proc && set -- [0-9]*; fi
          for pid in "$@"; do
            stat=$(cat "/proc/$pid/stat" 2>/dev/null) || continue
            printf '%s\\0' "$stat"
            head -c 4096 "/proc/$pid/cmdline" 2>/dev/null | tr '\\0' ' '; printf '\\0'
            head -c 4096 "/proc/$pid/cgroup" 2>/dev/null; printf '\\0'
          done
          """);

  private static final Pattern STAT =
      Pattern.compile("(\\d+) \\((.*)\\) ([A-Za-z]) (.*)", Pattern.DOTALL);
  private static final Pattern UNIT = Pattern.compile("/([^/\\n]+\\.(?:service|scope))(?:/|\\n|$)");
  private static final int HEADER = 4;

  private ProcessMapper() {}

  /** Kernel threads and what has ended already are left out. */
  public static List<Process> processes(List<String> answer, @Nullable Host host) {
    List<Process> processes = new ArrayList<>();
    if (answer.size() < HEADER) {
      return processes;
    }
    long boot = number(answer.get(0));
    long ticks = Math.max(1, number(answer.get(1)));
    long page = number(answer.get(2));
    double uptime = Double.parseDouble(answer.get(3).split(" ", 2)[0]);
    for (int i = HEADER; i + 2 < answer.size(); i += 3) {
      Matcher stat = STAT.matcher(answer.get(i));
      String[] f = stat.matches() ? stat.group(4).split(" ") : new String[0];
      if (f.length < 21 || stat.group(3).equals("Z") || isKernels(stat.group(1), f[0])) {
        continue;
      }
      String command = answer.get(i + 1).strip();
      long start = number(f[18]);
      double age = Math.max(0.01, uptime - (double) start / ticks);
      double busy = (double) (number(f[10]) + number(f[11])) / ticks;
      processes.add(
          new Process(
              host,
              number(stat.group(1)),
              Instant.ofEpochMilli(boot * 1000 + start * 1000 / ticks),
              stat.group(2),
              command.isEmpty() ? null : command,
              unit(answer.get(i + 2)),
              new DataSize(number(f[20]) * page),
              new Percent(busy * 100 / age),
              runtime(stat.group(2), command)));
    }
    return processes;
  }

  private static boolean isKernels(String pid, String parent) {
    return parent.equals("2") || pid.equals("2");
  }

  private static long number(String text) {
    return text.strip().matches("\\d{1,18}") ? Long.parseLong(text.strip()) : 0;
  }

  /** The unit that a process belongs to, innermost first; null outside of systemd. */
  static @Nullable String unit(String cgroup) {
    Matcher unit = UNIT.matcher(cgroup);
    @Nullable String last = null;
    while (unit.find()) {
      last = unit.group(1);
    }
    return last;
  }

  static ProcessRuntime runtime(String name, String command) {
    String program = command.split(" ", 2)[0];
    String file = program.substring(program.lastIndexOf('/') + 1);
    if (file.equals("java") || name.equals("java")) {
      return ProcessRuntime.JVM;
    }
    return file.equals("node") || file.equals("nodejs") || name.equals("node")
        ? ProcessRuntime.NODEJS
        : ProcessRuntime.OTHER;
  }
}
