package io.byteport.adapter.kubernetes.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many of some pods may be away at a time.
 *
 * @param currentHealthy how many are there
 * @param desiredHealthy how many have to be
 * @param disruptionsAllowed how many more may go now
 * @param pods those that it covers on the node that was asked about, by name; none where no node
 *     was
 */
public record Budget(
    @Nullable Cluster cluster,
    String namespace,
    String name,
    int currentHealthy,
    int desiredHealthy,
    int disruptionsAllowed,
    List<PodRef> pods) {
  public Budget {
    pods = List.copyOf(pods);
  }
}
