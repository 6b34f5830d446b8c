package io.byteport.engine.signal;

import io.byteport.engine.run.Event;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Policy;
import io.byteport.engine.run.RunId;
import java.time.Instant;

/** Makes the first event of a run. */
public final class Opening {
  private Opening() {}

  /** A run that acts on its own. */
  public static Event.Opened of(
      Routing.Chosen chosen, Signal signal, Mode mode, RunId run, Instant now) {
    return of(chosen, signal, mode, Policy.ACT, run, now);
  }

  public static Event.Opened of(
      Routing.Chosen chosen, Signal signal, Mode mode, Policy policy, RunId run, Instant now) {
    return new Event.Opened(
        now,
        run,
        chosen.runbook().id(),
        chosen.runbook().runbook().metadata().version(),
        chosen.runbook().source().text(),
        mode,
        signal,
        chosen.params(),
        chosen.inputs(),
        chosen.target(),
        chosen.targetKey(),
        policy);
  }
}
