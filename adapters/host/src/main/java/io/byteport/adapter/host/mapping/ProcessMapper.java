package io.byteport.adapter.host.mapping;

import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.model.Process;
import io.byteport.adapter.host.model.ProcessRuntime;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * Prints, each ended by NUL: the uptime; the stat of each process; an empty text; and after as
   * many seconds as the argument says, what {@link #SCRIPT} prints.
   */
  public static final Script TWICE =
      new Script(
          "busy-processes",
          """
          printf '%s\\0' "$(cat /proc/uptime)"
          cd /proc
          for pid in [0-9]*; do
            stat=$(cat "/proc/$pid/stat" 2>/dev/null) && printf '%s\\0' "$stat"
          done
          printf '\\0'
          sleep "$1" && shift
          """
              + SCRIPT.text());

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
    double uptime = seconds(answer.get(3));
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

  /**
   * What {@link #TWICE} prints, with what each process used of a processor between the two looks;
   * one that began in between is measured against the whole time.
   */
  public static List<Process> busy(List<String> answer, @Nullable Host host) {
    int second = answer.indexOf("") + 1;
    if (second < 1 || answer.size() < second + HEADER) {
      return List.of();
    }
    long ticks = Math.max(1, number(answer.get(second + 1)));
    double between = Math.max(0.01, seconds(answer.get(second + 3)) - seconds(answer.getFirst()));
    Map<String, Long> before = new HashMap<>();
    answer.subList(1, second - 1).forEach(stat -> used(stat, before));
    Map<String, Long> after = new HashMap<>();
    for (int i = second + HEADER; i + 2 < answer.size(); i += 3) {
      used(answer.get(i), after);
    }
    Map<Long, Double> busy = new HashMap<>();
    after.forEach(
        (process, used) ->
            busy.put(
                number(process.split(" ", 2)[0]),
                (double) (used - before.getOrDefault(process, 0L)) / ticks / between));
    return processes(answer.subList(second, answer.size()), host).stream()
        .map(process -> process.using(new Percent(100 * busy.getOrDefault(process.pid(), 0.0))))
        .toList();
  }

  /** Notes the ticks that a process has used, by its pid and its start. */
  private static void used(String text, Map<String, Long> ticks) {
    Matcher stat = STAT.matcher(text);
    if (stat.matches()) {
      String[] f = stat.group(4).split(" ");
      if (f.length >= 21) {
        ticks.put(stat.group(1) + " " + f[18], number(f[10]) + number(f[11]));
      }
    }
  }

  private static double seconds(String uptime) {
    return Double.parseDouble(uptime.split(" ", 2)[0]);
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
