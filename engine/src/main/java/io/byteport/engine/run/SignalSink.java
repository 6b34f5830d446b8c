package io.byteport.engine.run;

import io.byteport.engine.signal.Signal;
import java.util.Optional;

/** Where a run puts a signal for another runbook. */
@FunctionalInterface
public interface SignalSink {

  /** Opens or joins a run for the signal; empty where no runbook takes it. */
  Optional<RunId> accept(Signal signal);
}
