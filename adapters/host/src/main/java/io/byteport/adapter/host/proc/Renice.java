package io.byteport.adapter.host.proc;

import io.byteport.adapter.host.action.MachineChange;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.model.ProcessRef;
import io.byteport.adapter.host.read.Processes;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.Action.Changed;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.util.List;

/** {@code proc.renice}: how much of the processors a process gets beside others. */
public final class Renice {
  private static final Script READ =
      Processes.SAME_PROCESS.then(
          "read-nice",
          "printf '%s' \"$stat\" | tr '\\n' ' ' | sed 's/^.*) //' | cut -d ' ' -f 17\n");
  private static final Script WRITE =
      Processes.SAME_PROCESS.then("renice", "renice -n \"$3\" -p \"$1\" >/dev/null\n");

  record Input(Host host, ProcessRef process, int nice) implements OnHost {}

  record Output(int from, int to) {}

  private Renice() {}

  public static Action.Change<?, ?> on(Machines machines) {
    return new MachineChange<>("proc.renice", Input.class, Output.class, machines, new Setting());
  }

  private static final class Setting implements MachineChange.Deed<Input, Output> {
    @Override
    public List<String> shown(Input input) {
      return Shown.program(
          "renice",
          "-n",
          Integer.toString(input.nice()),
          "-p",
          Long.toString(input.process().pid()));
    }

    @Override
    public boolean repeatable() {
      return true;
    }

    @Override
    public StructValue prepare(Input input, Visit visit)
        throws ActionException, InterruptedException {
      return StructValue.EMPTY.with("from", Value.of((double) current(input, visit)));
    }

    @Override
    public Changed<Output> change(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      int from = current(input, visit);
      if (from == input.nice()) {
        return new Changed<>(new Output(from, from), false);
      }
      Finished set =
          visit.script(
              WRITE,
              Long.toString(input.process().pid()),
              Long.toString(input.process().startedAt().toEpochMilli()),
              Integer.toString(input.nice()));
      if (set.exitCode() == Processes.GONE) {
        throw Runtimes.gone(input.process());
      }
      set.orFail();
      return new Changed<>(new Output(from, current(input, visit)), true);
    }

    @Override
    public Probe probe(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      return current(input, visit) == input.nice() ? Probe.TOOK_EFFECT : Probe.NOT_DONE;
    }

    private static int current(Input input, Visit visit)
        throws ActionException, InterruptedException {
      Processes.checkHost(input.host(), input.process());
      if (input.nice() < -20 || input.nice() > 19) {
        throw ActionException.refused(
            FailureKind.INVALID, "expected from -20 to 19, found " + input.nice());
      }
      Finished read =
          visit.script(
              READ,
              Long.toString(input.process().pid()),
              Long.toString(input.process().startedAt().toEpochMilli()));
      if (read.exitCode() == Processes.GONE) {
        throw Runtimes.gone(input.process());
      }
      String text = read.orFail().stdout().text().strip();
      if (!text.matches("-?[0-9]{1,4}")) {
        throw read.failure(Effect.NONE);
      }
      return Integer.parseInt(text);
    }
  }
}
