package io.byteport.adapter.host.proc;

import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.model.Process;
import io.byteport.adapter.host.model.ProcessRef;
import io.byteport.adapter.host.model.ProcessRuntime;
import io.byteport.adapter.host.read.Processes;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Processes with a heap. */
final class Runtimes {
  /**
   * Arguments: pid, start, then those of jcmd. A JVM answers only its own user, so that jcmd runs
   * as that one where the agent is root.
   */
  private static final Script JCMD =
      new Script(
          "jcmd",
          Processes.SAME_PROCESS.text()
              + """
              pid=$1; shift 2
              jcmd=$(command -v jcmd || echo "$(dirname -- "$(readlink -- "/proc/$pid/exe")")/jcmd")
              uid=$(stat -c %u -- "/proc/$pid")
              if [ "$uid" = "$(id -u)" ]; then exec "$jcmd" "$pid" "$@"; fi
              exec setpriv --reuid "$uid" --regid "$(stat -c %g -- "/proc/$pid")" --clear-groups "$jcmd" "$pid" "$@"
              """);

  private Runtimes() {}

  /**
   * The process that is meant, with what it runs in.
   *
   * @throws ActionException NOT_FOUND if it is gone or another one has its pid, INVALID if it has
   *     no heap that is known
   */
  static Process of(Host host, ProcessRef ref, Visit visit)
      throws ActionException, InterruptedException {
    Processes.checkHost(host, ref);
    if (!Processes.isRunning(ref, visit)) {
      throw gone(ref);
    }
    Process process = Processes.one(visit, ref.pid(), host).orElseThrow(() -> gone(ref));
    if (process.runtime() == ProcessRuntime.OTHER) {
      throw ActionException.refused(
          FailureKind.INVALID,
          process.name()
              + " ("
              + ref.pid()
              + ") is neither a JVM nor Node.js, it has no heap to look at");
    }
    return process;
  }

  /** Runs jcmd on that process, if it is still the same. */
  static Finished jcmd(ProcessRef ref, Visit visit, String... arguments)
      throws ActionException, InterruptedException {
    List<String> all = new ArrayList<>();
    all.add(Long.toString(ref.pid()));
    all.add(Long.toString(ref.startedAt().toEpochMilli()));
    all.addAll(Arrays.asList(arguments));
    Finished finished = visit.script(JCMD, all);
    if (finished.exitCode() == Processes.GONE) {
      throw gone(ref);
    }
    return finished;
  }

  /** The failure where a process is gone, or another one has its pid. */
  static ActionException gone(ProcessRef ref) {
    return ActionException.refused(
        FailureKind.NOT_FOUND,
        "there is no process " + ref.pid() + " that started at " + ref.startedAt() + " any more");
  }
}
