package io.byteport.engine.intake;

import io.byteport.engine.run.RunId;
import io.byteport.engine.signal.Signal;
import java.time.Instant;
import java.util.List;

/**
 * Alerts of which it is to be seen what becomes. Safe for several threads and processes. Every
 * method does I/O and throws {@link io.byteport.engine.journal.StoreException} where the store
 * cannot be used.
 */
public interface DueAlerts {

  /** Makes due at once what this process had claimed before it was started. To be called once. */
  void begin();

  /**
   * Claims what is due and not claimed by a process that is alive, oldest first.
   *
   * @param until when others may claim it all the same
   */
  List<Due> claim(int most, Instant now, Instant until);

  /** Nothing became of it now; it may be claimed again from a time on. */
  void later(EpisodeId id, Instant from);

  /**
   * Writes down what became of an episode. The run hears in the same transaction what it would have
   * heard meanwhile: that the alert has ended, or that it fires again. May be lost with the
   * machine's power; then it is due again.
   *
   * @return false where it has joined a run that has ended by now: it is due as before
   */
  boolean became(EpisodeId id, Outcome outcome, Instant now);

  /** Episodes that fire and joined a run that has ended, and were not looked at since. */
  List<Joined> leftBehind(int most);

  /**
   * The run that an episode had joined has ended.
   *
   * @param again whether a run is due for it all the same
   */
  void leave(EpisodeId id, boolean again);

  /**
   * @param beganAt when it was first heard
   * @param escalates whether a human hears of it where no runbook takes it
   * @param over whether it has ended meanwhile, so that nothing is opened for it any more
   */
  record Due(
      EpisodeId id,
      String source,
      String title,
      Signal signal,
      Instant beganAt,
      boolean escalates,
      boolean over) {
    /** The run that is opened for it, if one is. */
    public RunId run() {
      return id.run(beganAt);
    }
  }

  record Joined(EpisodeId id, RunId run) {}
}
