package io.byteport.cli;

import io.byteport.adapter.kubernetes.api.SecretsInClusters;
import io.byteport.engine.journal.KnownSecrets;
import io.byteport.engine.spi.Inventory;

/**
 * What one command may touch, and the secrets that it has used on the way.
 *
 * @param secrets grows while secrets are read
 * @param clusters reads those secrets that are kept in clusters
 */
record Reach(Inventory inventory, KnownSecrets secrets, SecretsInClusters clusters)
    implements AutoCloseable {

  @Override
  public void close() {
    clusters.close();
  }
}
