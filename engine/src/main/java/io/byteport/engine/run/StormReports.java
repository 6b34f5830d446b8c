package io.byteport.engine.run;

import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.journal.StormDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the reports of runs that were held back by a storm: the first says that there is one, and
 * the digest is sent once the storm or its window is over. Which runs are in it stands in the
 * store; a run of a digest counts as not delivered until that is sent, so whoever finds it after a
 * crash awaits the digest again. Safe for several threads.
 */
final class StormReports {
  private static final Logger LOG = LoggerFactory.getLogger(StormReports.class);
  private static final Duration RETRY = Duration.ofMinutes(1);

  /** What takes notices to people. */
  interface Post {

    /** Does something now, unless nothing more is to be begun. */
    void attempt(Runnable work);

    /** Sends a digest, and notes that; tries again until that has succeeded. */
    void send(StormDigest digest, List<RunReport.Notification> notices);
  }

  private final RunStore store;
  private final Timers timers;
  private final Post post;
  private final Set<Long> awaited = ConcurrentHashMap.newKeySet();

  StormReports(RunStore store, Timers timers, Post post) {
    this.store = store;
    this.timers = timers;
    this.post = post;
  }

  /**
   * What is sent for the run itself: of the first of a storm its notices, of others nothing.
   *
   * @return whether the run is the first, and what is sent
   */
  Optional<List<RunReport.Notification>> gather(
      Event.Opened opened, RunReport report, String scope) {
    Duration window = opened.policy().storm().window();
    StormDigest digest = store.gather(opened.run(), scope, now(), window);
    await(digest, opened.run(), window);
    return digest.first().equals(opened.run())
        ? Optional.of(
            report.notices().stream()
                .map(notice -> StormNotice.first(notice, digest, window))
                .toList())
        : Optional.empty();
  }

  private void await(StormDigest digest, RunId run, Duration window) {
    if (awaited.add(digest.number())) {
      later(digest, run, window, digest.dueAt());
    }
  }

  private void later(StormDigest digest, RunId run, Duration window, Instant when) {
    timers.at(when, () -> post.attempt(() -> due(digest, run, window)));
  }

  private void due(StormDigest before, RunId run, Duration window) {
    try {
      StormDigest digest = store.gather(run, before.scope(), now(), window);
      List<RunId> runs = store.takeDigest(digest, now());
      if (!runs.isEmpty()) {
        awaited.remove(digest.number());
        post.send(digest, notices(digest, runs));
      } else if (now().isBefore(digest.dueAt())) {
        later(digest, run, window, digest.dueAt());
      } else {
        awaited.remove(digest.number());
        LOG.debug("the digest of the storm in {} is sent elsewhere", digest.scope());
      }
    } catch (StoreException e) {
      LOG.warn(
          "the digest of the storm in {} waits, next attempt in {}: {}",
          before.scope(),
          RETRY,
          e.getMessage());
      later(before, run, window, now().plus(RETRY));
    }
  }

  /** Of one incident alone everything was said at once. */
  private List<RunReport.Notification> notices(StormDigest digest, List<RunId> runs) {
    return runs.size() < 2
        ? List.of()
        : List.of(StormNotice.of(digest, runs.stream().flatMap(this::incident).toList()));
  }

  private Stream<StormNotice.Incident> incident(RunId run) {
    List<JournalEntry> entries = store.entries(run);
    return Recovered.report(entries).stream()
        .map(report -> new StormNotice.Incident(Recovered.opening(entries), report));
  }

  private Instant now() {
    return timers.clock().instant();
  }
}
