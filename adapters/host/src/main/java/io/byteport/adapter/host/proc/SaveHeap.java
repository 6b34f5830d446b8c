package io.byteport.adapter.host.proc;

import io.byteport.adapter.host.action.MachineChange;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.MachineFiles;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.model.Process;
import io.byteport.adapter.host.model.ProcessRef;
import io.byteport.adapter.host.model.ProcessRuntime;
import io.byteport.adapter.host.read.Processes;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.Action.Changed;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code proc.saveHeap}: writes what is in a heap to a file, unless that would fill the disk. */
public final class SaveHeap {
  private static final String PATH = "path";
  private static final String NODE = "node";
  private static final Pattern SNAPSHOT_SIGNAL =
      Pattern.compile("--heapsnapshot-signal[= ]SIG(USR1|USR2|HUP)\\b");

  /** Status 0 while a process has the file open. */
  private static final Script STILL_OPEN =
      new Script(
          "still-open",
          """
          inode=$(stat -c '%d:%i' -- "$1") || exit 1
          find -L /proc/[0-9]*/fd -maxdepth 1 -type f -printf '%D:%i\\n' 2>/dev/null | grep -Fxq "$inode"
          """);

  /** Arguments: pid, start, signal, where the snapshot goes. Node.js writes where it works. */
  private static final Script SNAPSHOT =
      new Script(
          "snapshot",
          Processes.SAME_PROCESS.text()
              + """
              cd -P -- "$4" || exit 1
              work=/proc/$1/cwd
              before=$(ls -A -- "$work/" | grep '^Heap[.].*[.]heapsnapshot$')
              kill -s "$3" "$1" || exit 1
              file= size=0
              while :; do
                sleep 1
                for each in "$work"/Heap.*.heapsnapshot; do
                  name=${each##*/}
                  if [ -f "$each" ] && ! printf '%s\\n' "$before" | grep -Fxq -- "$name"; then file=$each; fi
                done
                [ -n "$file" ] || continue
                now=$(stat -c %s -- "$file")
                [ "$now" -gt 0 ] && [ "$now" = "$size" ] && break
                size=$now
              done
              mv -- "$file" "./${file##*/}" && printf '%s\\0%s\\0' "$4/${file##*/}" "$size"
              """);

  record Input(Host host, ProcessRef process, String into) implements OnHost {}

  record Output(String path, DataSize size) {}

  private SaveHeap() {}

  public static Action.Change<?, ?> on(Machines machines) {
    return new MachineChange<>("proc.saveHeap", Input.class, Output.class, machines, new Saving());
  }

  private static final class Saving implements MachineChange.Deed<Input, Output> {
    @Override
    public List<String> shown(Input input) {
      return Shown.program(
          "jcmd",
          Long.toString(input.process().pid()),
          "GC.heap_dump",
          input.into() + "/" + input.process().pid() + ".hprof");
    }

    @Override
    public boolean repeatable() {
      return false;
    }

    @Override
    public StructValue prepare(Input input, Visit visit)
        throws ActionException, InterruptedException {
      Process process = Runtimes.of(input.host(), input.process(), visit);
      if (process.runtime() == ProcessRuntime.NODEJS) {
        signal(process);
      }
      String into = new MachineFiles(visit).real(input.into());
      String free = visit.text("stat", "-f", "-c", "%a %S", "--", into).strip();
      String[] f = free.split(" ", -1);
      long room = Long.parseLong(f[0]) * Long.parseLong(f[1]);
      if (room < 2 * process.rss().bytes()) {
        throw ActionException.refused(
            FailureKind.REFUSED,
            "only "
                + new DataSize(room)
                + " are free in "
                + into
                + ", less than twice the memory of the process ("
                + process.rss()
                + ")");
      }
      return StructValue.EMPTY
          .with(PATH, Value.of(into + "/heap-" + name(visit) + "-" + process.pid() + ".hprof"))
          .with(NODE, Value.of(process.runtime() == ProcessRuntime.NODEJS));
    }

    @Override
    public Changed<Output> change(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      Process process = Runtimes.of(input.host(), input.process(), visit);
      if (process.runtime() == ProcessRuntime.NODEJS) {
        return snapshot(input, process, visit);
      }
      String path = memo.get(PATH) instanceof Value.TextValue text ? text.value() : "";
      Finished dump = Runtimes.jcmd(input.process(), visit, "GC.heap_dump", path);
      dump.orFail(Effect.UNKNOWN);
      long size =
          new MachineFiles(visit)
              .status(path)
              .orElseThrow(() -> dump.failure(Effect.UNKNOWN))
              .size();
      return new Changed<>(new Output(path, new DataSize(size)), true);
    }

    @Override
    public Probe probe(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      if (Value.of(true).equals(memo.get(NODE))
          || !(memo.get(PATH) instanceof Value.TextValue text)) {
        return Probe.UNKNOWN;
      }
      Optional<MachineFiles.Status> file = new MachineFiles(visit).status(text.value());
      if (file.isEmpty()) {
        return Probe.NOT_DONE;
      }
      Finished open = visit.script(STILL_OPEN, text.value());
      return open.succeeded() ? Probe.UNKNOWN : Probe.TOOK_EFFECT;
    }

    private static Changed<Output> snapshot(Input input, Process process, Visit visit)
        throws ActionException, InterruptedException {
      Finished taken =
          visit.script(
              SNAPSHOT,
              Long.toString(process.pid()),
              Long.toString(process.startedAt().toEpochMilli()),
              signal(process),
              new MachineFiles(visit).real(input.into()));
      taken.orFail(taken.exitCode() == Processes.GONE ? Effect.NONE : Effect.UNKNOWN);
      List<String> f = Visit.nulSeparated(taken.stdout());
      if (f.size() != 2 || !f.get(1).matches("[0-9]+")) {
        throw taken.failure(Effect.UNKNOWN);
      }
      return new Changed<>(new Output(f.get(0), new DataSize(Long.parseLong(f.get(1)))), true);
    }

    /** The signal that Node.js was told to write a snapshot at. */
    private static String signal(Process process) throws ActionException {
      Matcher told = SNAPSHOT_SIGNAL.matcher(process.command() == null ? "" : process.command());
      if (!told.find()) {
        throw ActionException.refused(
            FailureKind.INVALID,
            "this Node.js was not started with --heapsnapshot-signal, so that no signal makes it"
                + " write a snapshot (SIGUSR1 would open its debugger)");
      }
      return told.group(1);
    }

    private static String name(Visit visit) {
      return visit.context().intent().replaceAll("[^A-Za-z0-9._-]", "-");
    }
  }
}
