package io.byteport.adapter.cloud.compute;

import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Settings;
import io.byteport.adapter.cloud.http.Words;
import io.byteport.adapter.cloud.model.Cluster;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of the inventory. What belongs to none of them is not touched, whoever named it. A
 * cluster's entry says by {@code account} which account it is in, and by {@code providerCluster}
 * how the provider calls it.
 */
public final class Platforms {
  static final String ACCOUNT = "account";

  private final Inventory inventory;
  private final List<Platform> platforms;

  public Platforms(Inventory inventory, List<? extends Platform> platforms) {
    this.inventory = inventory;
    this.platforms = List.copyOf(platforms);
  }

  /** What one of the accounts has. */
  record Found<T>(Platform platform, T thing) {}

  Optional<Found<Volume>> findVolume(
      VolumeProvider provider, @Nullable String account, String id, Place place, Deadline deadline)
      throws ActionException, InterruptedException {
    for (Platform platform : of(provider.provider(), account)) {
      Optional<Volume> volume = platform.volume(id, place, deadline);
      if (volume.isPresent()) {
        return Optional.of(new Found<>(platform, volume.get()));
      }
    }
    return Optional.empty();
  }

  Found<StructValue> instance(ProviderId id, Deadline deadline)
      throws ActionException, InterruptedException {
    for (Platform platform : of(id.provider(), null)) {
      Optional<StructValue> identity = platform.instance(id, deadline);
      if (identity.isPresent()) {
        return new Found<>(platform, identity.get().with(ACCOUNT, Value.of(platform.account())));
      }
    }
    throw foreign("instance " + id.instance() + " as a part of a group", id.provider());
  }

  /** The account that was noted in an intent. */
  Platform noted(Provider provider, StructValue memo) throws ActionException {
    String name = memo.get(ACCOUNT) instanceof TextValue text ? text.value() : "";
    return of(provider, name).get(0);
  }

  List<NodePool> pools(@Nullable Cluster cluster, Deadline deadline)
      throws ActionException, InterruptedException {
    Inventory.Entry entry =
        Settings.entry(inventory, "cluster", cluster == null ? null : cluster.name());
    String account = Settings.text(entry, ACCOUNT);
    String name = Settings.text(entry, "providerCluster");
    for (Platform platform : platforms) {
      if (platform.account().equals(account)) {
        return platform.pools(name, deadline);
      }
    }
    throw ActionException.refused(
        FailureKind.NOT_FOUND,
        "the inventory has no account `" + account + "`, which `" + entry.name() + "` names");
  }

  /** The command that lists the node groups of a cluster; no I/O. */
  List<String> listing(@Nullable Cluster cluster) {
    Optional<Inventory.Entry> entry =
        cluster == null
            ? inventory.of("cluster").stream().findFirst()
            : inventory.find("cluster", cluster.name());
    String name = entry.flatMap(one -> one.text("providerCluster")).orElse("CLUSTER");
    String account = entry.flatMap(one -> one.text(ACCOUNT)).orElse("");
    Provider provider =
        platforms.stream()
            .filter(platform -> platform.account().equals(account))
            .map(Platform::provider)
            .findFirst()
            .orElse(Provider.AWS);
    return switch (provider) {
      case AWS ->
          List.of(
              "aws",
              "autoscaling",
              "describe-auto-scaling-groups",
              "--filters",
              "Name=tag-key,Values=kubernetes.io/cluster/" + name);
      case GCP -> List.of("gcloud", "container", "node-pools", "list", "--cluster", name);
      case AZURE -> List.of("az", "aks", "show", "--ids", name);
    };
  }

  Found<NodePool> pool(NodePool known, Deadline deadline)
      throws ActionException, InterruptedException {
    Provider provider = known.provider();
    if (provider == null) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "expected a pool that cloud.nodePools found, found one without provider");
    }
    for (Platform platform : of(provider, known.account())) {
      Optional<NodePool> pool = platform.pool(known, deadline);
      if (pool.isPresent()) {
        return new Found<>(platform, pool.get());
      }
    }
    throw foreign("node group " + Words.plain(known.name()), provider);
  }

  private List<Platform> of(Provider provider, @Nullable String account) throws ActionException {
    List<Platform> some =
        platforms.stream()
            .filter(platform -> platform.provider() == provider)
            .filter(platform -> account == null || platform.account().equals(account))
            .toList();
    if (some.isEmpty()) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND,
          "the inventory has no connection of the type "
              + provider.kind()
              + (account == null ? "" : " with the name `" + Words.plain(account) + "`"));
    }
    return some;
  }

  private static ActionException foreign(String what, Provider provider) {
    return ActionException.refused(
        FailureKind.NOT_FOUND,
        "no account of the type " + provider.kind() + " in the inventory has the " + what);
  }
}
