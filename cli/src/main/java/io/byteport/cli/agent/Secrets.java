package io.byteport.cli.agent;

import io.byteport.adapter.kubernetes.api.SecretsInClusters;
import io.byteport.dsl.connection.Connection;
import io.byteport.engine.connection.InventoryMaker;
import io.byteport.engine.connection.SecretSources;
import io.byteport.engine.journal.KnownSecrets;
import io.byteport.engine.spi.ClusterSecrets;
import io.byteport.engine.spi.Inventory;
import java.util.List;
import java.util.Map;

/**
 * Where the secrets of a configuration come from, and what its entries become with them. A secret
 * may be kept in a cluster that is itself one of the entries. Reads nothing until a secret is used.
 */
final class Secrets implements AutoCloseable {
  private static final String CLUSTER = "cluster";

  private final SecretsInClusters clusters;
  private final SecretSources sources;

  /**
   * @param known hears every value that is read
   */
  Secrets(List<Connection> connections, Map<String, String> environment, KnownSecrets known) {
    SecretSources outside = new SecretSources(environment, ClusterSecrets.NONE, known::add);
    this.clusters =
        new SecretsInClusters(
            InventoryMaker.make(
                connections.stream().filter(one -> one.kind().equals(CLUSTER)).toList(), outside));
    this.sources = new SecretSources(environment, clusters, known::add);
  }

  SecretSources sources() {
    return sources;
  }

  Inventory inventory(List<Connection> connections) {
    return InventoryMaker.make(connections, sources);
  }

  Inventory.Entry entry(Connection connection) {
    return inventory(List.of(connection)).entries().getFirst();
  }

  @Override
  public void close() {
    clusters.close();
  }
}
