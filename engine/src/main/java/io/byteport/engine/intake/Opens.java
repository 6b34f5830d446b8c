package io.byteport.engine.intake;

import io.byteport.engine.run.Event;
import io.byteport.engine.run.RunId;

/** Whoever carries runs on, as the intake sees it. */
public interface Opens {

  /**
   * Opens a run, durably; or, where another run of the same mode is open about the same target,
   * opens none.
   *
   * @return the run that is open about the target now
   * @throws IllegalArgumentException if the runbook in the event cannot be read
   * @throws io.byteport.engine.journal.StoreException if the store cannot be used
   */
  RunId open(Event.Opened opened);

  /** A run was written together with its end: its report is to be delivered. */
  void ended(RunId run);
}
