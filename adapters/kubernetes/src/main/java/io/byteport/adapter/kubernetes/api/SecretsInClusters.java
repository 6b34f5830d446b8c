package io.byteport.adapter.kubernetes.api;

import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.ClusterSecrets;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Inventory.Entry;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of this program's own configuration that are kept in clusters. They may lie in any
 * namespace, also one that runbooks are not granted. Opens a client when first needed.
 */
public final class SecretsInClusters implements ClusterSecrets, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Clusters clusters;

  public SecretsInClusters(Inventory inventory) {
    this.clusters =
        new Clusters(
            new Inventory(
                inventory.of("cluster").stream().map(SecretsInClusters::everywhere).toList()));
  }

  private static Entry everywhere(Entry entry) {
    Map<String, Value> settings = new LinkedHashMap<>(entry.settings());
    settings.remove("namespaces");
    return new Entry(
        entry.kind(),
        entry.type(),
        entry.name(),
        entry.aliases(),
        settings,
        entry.credentials(),
        entry.labels(),
        entry.annotations());
  }

  @Override
  public String read(
      @Nullable String cluster, @Nullable String namespace, String secret, String key)
      throws ActionException {
    ClusterApi api = clusters.choose(cluster == null ? null : new Cluster(cluster), null).api();
    Secret found;
    try {
      found =
          api.get(
              Resource.SECRETS,
              namespace == null ? api.ownNamespace() : namespace,
              secret,
              Secret.class,
              Deadline.in(PATIENCE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ActionException(
          FailureKind.CANCELLED, Effect.NONE, "reading the secret was interrupted", e);
    }
    String encoded = found.getData() == null ? null : found.getData().get(key);
    if (encoded == null) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND, "the secret " + secret + " has no key " + key);
    }
    return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    clusters.close();
  }
}
