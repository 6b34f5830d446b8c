package io.byteport.engine.intake;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What may be done to alerts within one transaction that holds their sources. */
public interface AlertWrites {

  /** Grows with whatever begins or ends at a source. */
  long version(String source);

  /** Whether it is this process that polls a source, as far as any is known to. */
  boolean polls(String source);

  /** The latest episode of each alert that was ever heard of, by its name. */
  Map<String, Known> latest(Collection<String> alerts);

  /** All that fires at a source. */
  List<Known> firing(String source);

  void begin(List<Begun> begun);

  /**
   * Ends episodes. What is due of them is due no more; a run about one is told, in the same
   * transaction, once nothing fires any more that it is about.
   *
   * @param episodes each once, all of them firing
   */
  void end(String source, List<EpisodeId> episodes, Instant at);

  /** Ends what was not heard of since a time. Runs are not told: silence is no news. */
  int lapse(String source, Instant since, Instant at);

  /** Notes where to go on at a source. */
  void bookmark(String source, String cursor);
}
