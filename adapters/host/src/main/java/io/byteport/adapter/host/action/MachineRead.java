package io.byteport.adapter.host.action;

import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A read that is a few commands on one machine.
 *
 * @param shown the command without the way to the machine
 */
public record MachineRead<I extends Record & OnHost, O extends Record>(
    String name,
    Class<I> inputType,
    Class<O> outputType,
    Machines machines,
    Function<I, List<String>> shown,
    Look<I, O> look)
    implements Action.Read<I, O> {

  /** How the answer is found. */
  @FunctionalInterface
  public interface Look<I, O> {
    @Nullable O at(I input, Visit visit) throws ActionException, InterruptedException;
  }

  @Override
  public List<String> command(I input) {
    return Shown.on(machines, input.host(), shown.apply(input));
  }

  @Override
  public @Nullable O read(I input, ActionContext context)
      throws ActionException, InterruptedException {
    return look.at(input, Visit.to(machines, input.host(), context));
  }
}
