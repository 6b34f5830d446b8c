package io.byteport.engine.run;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.outbox.Dispatch;
import io.byteport.engine.spi.ActionRegistry;
import java.util.List;

/**
 * What a driver works with.
 *
 * @param store is not closed by the driver
 * @param timers are not closed by the driver
 * @param handOffs where runs put signals for other runbooks
 * @param dispatch where runs put what people are to be told
 * @param gate what every call of an action passes
 */
public record DriverParts(
    RunStore store,
    ActionRegistry actions,
    Course.Beginning courses,
    Timers timers,
    IdSource ids,
    Redactor redactor,
    SignalSink handOffs,
    List<RunListener> listeners,
    Dispatch dispatch,
    CallGate gate) {

  public DriverParts {
    listeners = List.copyOf(listeners);
  }

  /** Parts whose actions nobody holds up. */
  public DriverParts(
      RunStore store,
      ActionRegistry actions,
      Course.Beginning courses,
      Timers timers,
      IdSource ids,
      Redactor redactor,
      SignalSink handOffs,
      List<RunListener> listeners,
      Dispatch dispatch) {
    this(
        store,
        actions,
        courses,
        timers,
        ids,
        redactor,
        handOffs,
        listeners,
        dispatch,
        CallGate.OPEN);
  }
}
