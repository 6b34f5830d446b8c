package io.byteport.engine.spi;

import org.jspecify.annotations.Nullable;

/** Reads secrets that are kept in a cluster. Safe for several threads. */
@FunctionalInterface
public interface ClusterSecrets {

  /** Where there is no cluster to ask. */
  ClusterSecrets NONE =
      (cluster, namespace, secret, key) -> {
        throw ActionException.refused(
            FailureKind.NOT_FOUND, "there is no cluster that the secret could be read from");
      };

  /**
   * One value, as it is now; asks the cluster.
   *
   * @param cluster the inventory's name of the cluster; null for the only one
   * @param namespace null for the one that the cluster's entry stands in
   * @throws ActionException if it cannot be read
   */
  String read(@Nullable String cluster, @Nullable String namespace, String secret, String key)
      throws ActionException;
}
