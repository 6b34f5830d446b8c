package io.byteport.adapter.host.change;

import io.byteport.adapter.host.action.MachineChange;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.read.WhichPrograms;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.util.List;

/**
 * {@code shell.run}: runs one program with its arguments as they are. A status other than 0 is a
 * failure.
 */
public final class RunProgram {

  record Input(Host host, List<String> argv, boolean repeatable) implements OnHost {}

  record Output(int exitCode, String stdout, String stderr) {}

  private RunProgram() {}

  public static Action.Change<?, ?> on(Machines machines) {
    return new MachineChange<>("shell.run", Input.class, Output.class, machines, new Running());
  }

  private static final class Running implements MachineChange.Deed<Input, Output> {
    @Override
    public List<String> shown(Input input) {
      return input.argv().isEmpty() ? Shown.program("true") : input.argv();
    }

    /** Whether an intent may be repeated depends on its input; {@link #probe} says so. */
    @Override
    public boolean repeatable() {
      return false;
    }

    @Override
    public StructValue prepare(Input input, Visit visit)
        throws ActionException, InterruptedException {
      AllowedPrograms.check(visit.entry(), input.argv());
      String program = input.argv().getFirst();
      if (program.indexOf('/') < 0 && WhichPrograms.among(List.of(program), visit).isEmpty()) {
        throw ActionException.refused(
            FailureKind.NOT_FOUND,
            "there is no program `" + program + "` on " + visit.entry().name());
      }
      return StructValue.EMPTY;
    }

    @Override
    public Action.Changed<Output> change(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      AllowedPrograms.check(visit.entry(), input.argv());
      Finished finished = visit.run(input.argv()).orFail(Effect.UNKNOWN);
      return new Action.Changed<>(
          new Output(finished.exitCode(), finished.stdout().text(), finished.stderr().text()),
          true);
    }

    @Override
    public Action.Probe probe(Input input, StructValue memo, Visit visit) {
      return input.repeatable() ? Action.Probe.NOT_DONE : Action.Probe.UNKNOWN;
    }
  }
}
