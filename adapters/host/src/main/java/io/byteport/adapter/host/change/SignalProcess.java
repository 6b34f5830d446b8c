package io.byteport.adapter.host.change;

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
import io.byteport.engine.spi.Word;
import java.util.List;

/** {@code host.signalProcess}: sends a signal to one process. */
public final class SignalProcess {
  /** Signals (signal(7)) that ask rather than force. */
  enum Signal {
    @Word("HUP")
    HUP,
    @Word("USR1")
    USR1,
    @Word("USR2")
    USR2,
    @Word("TERM")
    TERM
  }

  private static final Script KILL =
      Processes.SAME_PROCESS.then("signal", "kill -s \"$3\" \"$1\"\n");

  record Input(Host host, ProcessRef process, Signal signal) implements OnHost {}

  record Output(boolean signalled) {}

  private SignalProcess() {}

  public static Action.Change<?, ?> on(Machines machines) {
    return new MachineChange<>(
        "host.signalProcess", Input.class, Output.class, machines, new Signalling());
  }

  private static final class Signalling implements MachineChange.Deed<Input, Output> {
    @Override
    public List<String> shown(Input input) {
      return Shown.program("kill", "-" + input.signal(), Long.toString(input.process().pid()));
    }

    @Override
    public boolean repeatable() {
      return false;
    }

    @Override
    public StructValue prepare(Input input, Visit visit)
        throws ActionException, InterruptedException {
      Processes.checkHost(input.host(), input.process());
      return StructValue.EMPTY.with(
          "running", Value.of(Processes.isRunning(input.process(), visit)));
    }

    @Override
    public Changed<Output> change(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      Processes.checkHost(input.host(), input.process());
      Finished sent =
          visit.script(
              KILL,
              Long.toString(input.process().pid()),
              Long.toString(input.process().startedAt().toEpochMilli()),
              input.signal().name());
      if (sent.exitCode() == Processes.GONE) {
        return new Changed<>(new Output(false), false);
      }
      sent.orFail();
      return new Changed<>(new Output(true), true);
    }

    @Override
    public Probe probe(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      if (input.signal() != Signal.TERM) {
        return Probe.UNKNOWN;
      }
      return Processes.isRunning(input.process(), visit) ? Probe.UNKNOWN : Probe.TOOK_EFFECT;
    }
  }
}
