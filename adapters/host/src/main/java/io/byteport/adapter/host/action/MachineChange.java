package io.byteport.adapter.host.action;

import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.time.Duration;
import java.util.List;

/** A change that is a few commands on one machine. */
public record MachineChange<I extends Record & OnHost, O extends Record>(
    String name, Class<I> inputType, Class<O> outputType, Machines machines, Deed<I, O> deed)
    implements Action.Change<I, O> {

  /** What is done, and how it is known whether it was; see {@link Action.Change}. */
  public interface Deed<I, O> {

    /** The command without the way to the machine. */
    List<String> shown(I input);

    boolean repeatable();

    StructValue prepare(I input, Visit visit) throws ActionException, InterruptedException;

    Changed<O> change(I input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException;

    Probe probe(I input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException;

    default boolean settled(I input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      return true;
    }

    default Duration settlesWithin(I input) {
      return Duration.ZERO;
    }
  }

  @Override
  public List<String> command(I input) {
    return Shown.on(machines, input.host(), deed.shown(input));
  }

  @Override
  public StructValue prepare(I input, ActionContext context)
      throws ActionException, InterruptedException {
    return deed.prepare(input, Visit.to(machines, input.host(), context));
  }

  @Override
  public Changed<O> change(I input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    return deed.change(input, memo, Visit.to(machines, input.host(), context));
  }

  @Override
  public Probe probe(I input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    return deed.probe(input, memo, Visit.to(machines, input.host(), context));
  }

  @Override
  public boolean settled(I input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    return deed.settled(input, memo, Visit.to(machines, input.host(), context));
  }

  @Override
  public Duration settlesWithin(I input) {
    return deed.settlesWithin(input);
  }

  @Override
  public boolean repeatable() {
    return deed.repeatable();
  }
}
