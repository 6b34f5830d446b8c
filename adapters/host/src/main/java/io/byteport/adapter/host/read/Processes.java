package io.byteport.adapter.host.read;

import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.ProcessMapper;
import io.byteport.adapter.host.model.Process;
import io.byteport.adapter.host.model.ProcessRef;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The processes of a machine. */
public final class Processes {
  /** The status of {@link #SAME_PROCESS} where the process is gone. */
  public static final int GONE = 44;

  /**
   * The head of a script that goes on only if a process is still the same. Arguments: pid, start in
   * milliseconds. The time of boot is a second more or less, as the clock is set.
   */
  public static final Script SAME_PROCESS =
      new Script(
          "same-process",
          """
          stat=$(cat "/proc/$1/stat" 2>/dev/null) || exit 44
          same=$(printf '%s\\n' "$stat" | tr '\\n' ' ' | sed 's/^.*) //' | awk \\
            -v boot="$(sed -n 's/^btime //p' /proc/stat)" -v hz="$(getconf CLK_TCK)" -v want="$2" \\
            '$1 != "Z" { d = boot * 1000 + $20 * 1000 / hz - want; if (d < 2000 && d > -2000) print "same" }')
          [ "$same" = same ] || exit 44
          """);

  private Processes() {}

  /**
   * @throws ActionException if a process is said to be on another machine
   */
  public static void checkHost(Host host, ProcessRef process) throws ActionException {
    if (process.host() != null && !process.host().name().equals(host.name())) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "the process "
              + process.pid()
              + " is on "
              + process.host().name()
              + ", not on "
              + host.name());
    }
  }

  /** Whether a process is still there, and the same. */
  public static boolean isRunning(ProcessRef process, Visit visit)
      throws ActionException, InterruptedException {
    Finished same =
        visit.script(
            SAME_PROCESS,
            Long.toString(process.pid()),
            Long.toString(process.startedAt().toEpochMilli()));
    if (same.exitCode() == GONE) {
      return false;
    }
    same.orFail();
    return true;
  }

  /**
   * All that are no threads of the kernel.
   *
   * @param as the machine to name in them; null where nobody asks
   */
  public static List<Process> all(Visit visit, @Nullable Host as)
      throws ActionException, InterruptedException {
    Finished found = visit.script(ProcessMapper.SCRIPT).orFail();
    return ProcessMapper.processes(Visit.nulSeparated(found.stdout()), as);
  }

  /**
   * All that are no threads of the kernel, with what each used of a processor within a time.
   *
   * @param over is waited for, from a tenth of a second to a minute
   */
  public static List<Process> busy(Visit visit, @Nullable Host as, Duration over)
      throws ActionException, InterruptedException {
    double seconds = Math.clamp(over.toMillis() / 1000.0, 0.1, 60);
    Finished found =
        visit.script(ProcessMapper.TWICE, String.format(Locale.ROOT, "%.3f", seconds)).orFail();
    return ProcessMapper.busy(Visit.nulSeparated(found.stdout()), as);
  }

  /** One, if it is still there. */
  public static Optional<Process> one(Visit visit, long pid, @Nullable Host as)
      throws ActionException, InterruptedException {
    Finished found = visit.script(ProcessMapper.SCRIPT, Long.toString(pid)).orFail();
    return ProcessMapper.processes(Visit.nulSeparated(found.stdout()), as).stream().findFirst();
  }
}
