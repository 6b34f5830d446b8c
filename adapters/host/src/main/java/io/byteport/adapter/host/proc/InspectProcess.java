package io.byteport.adapter.host.proc;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.ProcessMapper;
import io.byteport.adapter.host.model.Process;
import io.byteport.adapter.host.model.ProcessRef;
import io.byteport.adapter.host.read.Processes;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.List;

/** {@code proc.inspect}: what a process is and holds, before somebody restarts it. */
public final class InspectProcess {
  /**
   * Prints, ended by NUL each: numbers of files, of sockets, of threads, the two knobs, the pids.
   */
  private static final Script SCRIPT =
      new Script(
          "inspect",
          Processes.SAME_PROCESS.text()
              + """
              field() { printf '%s' "$stat" | tr '\\n' ' ' | sed 's/^.*) //' | cut -d ' ' -f "$1"; }
              files=$(ls "/proc/$1/fd" 2>/dev/null | wc -l)
              sockets=$(find "/proc/$1/fd" -maxdepth 1 -lname 'socket:*' 2>/dev/null | wc -l)
              printf '%s\\0%s\\0%s\\0%s\\0%s\\0' "$files" "$sockets" "$(field 18)" \\
                "$(cat "/proc/$1/oom_score_adj")" "$(field 17)"
              cat /proc/[0-9]*/stat 2>/dev/null | awk -v root="$1" '
                { pid = $1; sub(/^.*\\) /, ""); parent[pid] = $2 }
                END { member[root] = 1
                  do { more = 0; for (p in parent) if (!(p in member) && (parent[p] in member)) { member[p] = 1; more = 1 } } while (more)
                  for (p in member) if (p in parent) printf "%s\\n", p }'
              """);

  record Input(Host host, ProcessRef process) implements OnHost {}

  record Output(
      int openFiles, int sockets, int threads, int oomScore, int nice, List<Process> tree) {}

  private InspectProcess() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "proc.inspect",
        Input.class,
        Output.class,
        machines,
        input ->
            Shown.shell(
                "pstree -p "
                    + input.process().pid()
                    + "; ls -l /proc/"
                    + input.process().pid()
                    + "/fd"),
        InspectProcess::look);
  }

  private static Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    Processes.checkHost(input.host(), input.process());
    Finished found =
        visit.script(
            SCRIPT,
            Long.toString(input.process().pid()),
            Long.toString(input.process().startedAt().toEpochMilli()));
    if (found.exitCode() == Processes.GONE) {
      throw Runtimes.gone(input.process());
    }
    String[] parts = found.orFail().stdout().text().split("\0", -1);
    if (parts.length != 6) {
      throw ActionException.refused(
          FailureKind.INVALID, "cannot read the process: " + found.words());
    }
    List<String> pids = parts[5].lines().toList();
    List<Process> tree =
        ProcessMapper.processes(
            Visit.nulSeparated(visit.script(ProcessMapper.SCRIPT, pids).orFail().stdout()),
            input.host());
    return new Output(
        number(parts[0]),
        number(parts[1]),
        number(parts[2]),
        number(parts[3]),
        number(parts[4]),
        tree);
  }

  private static int number(String text) {
    return text.strip().matches("-?[0-9]{1,9}") ? Integer.parseInt(text.strip()) : 0;
  }
}
