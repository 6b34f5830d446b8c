package io.byteport.adapter.kubernetes.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The revisions of a workload.
 *
 * @param lastGood the newest earlier one with another template that was not rolled back from
 * @param revisions newest first
 * @param estimatedDuration how long the last complete rollout took
 */
public record Rollout(
    Revision current,
    @Nullable Revision lastGood,
    List<Revision> revisions,
    @Nullable Duration estimatedDuration) {
  public Rollout {
    revisions = List.copyOf(revisions);
  }
}
