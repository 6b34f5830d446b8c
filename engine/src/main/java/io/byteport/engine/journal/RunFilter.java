package io.byteport.engine.journal;

import io.byteport.engine.run.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are looked for; null is for any.
 *
 * @param runbook its id
 * @param target a part of the target's text, in whatever case
 * @param ended whether the run has come to its end
 * @param result as which it ended
 * @param since opened then or later
 * @param words a part of id, runbook, signal, target, class or reason, in whatever case
 * @param after those that come after this one, newest first
 */
public record RunFilter(
    @Nullable String runbook,
    @Nullable String target,
    @Nullable Boolean ended,
    @Nullable String result,
    @Nullable Instant since,
    @Nullable String words,
    @Nullable Position after) {

  /** Every run. */
  public static final RunFilter ALL = new RunFilter(null, null, null, null, null, null, null);

  /** Where a run stands among all of them. */
  public record Position(Instant openedAt, RunId run) {}

  public static Position position(RunSummary run) {
    return new Position(run.openedAt(), run.id());
  }

  public RunFilter after(@Nullable Position position) {
    return new RunFilter(runbook, target, ended, result, since, words, position);
  }
}
