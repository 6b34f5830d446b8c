package io.byteport.adapter.kubernetes.api;

import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Inventory.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The clusters of the inventory, each with one client that is opened when it is first needed. An
 * inventory without a cluster means the one that kubectl would use. Safe for several threads.
 */
public final class Clusters implements AutoCloseable {
  private static final String KIND = "cluster";
  private static final Entry KUBECTLS = Entry.of(KIND, "default", Map.of());

  private final List<Entry> entries;
  private final Map<String, ClusterApi> open = new LinkedHashMap<>();
  private boolean closed;

  public Clusters(Inventory inventory) {
    List<Entry> given = inventory.of(KIND);
    this.entries = given.isEmpty() ? List.of(KUBECTLS) : given;
  }

  /**
   * One cluster, for an action.
   *
   * @param as how references in the action's output name it: null where there is only one, so that
   *     the same object always has the same key
   */
  public record Chosen(ClusterApi api, @Nullable Cluster as) {}

  /**
   * The cluster that a reference names; else the one of the input; else the only one.
   *
   * @throws ActionException if there is no such cluster, or it is not clear which is meant, or its
   *     configuration cannot be read
   */
  public Chosen choose(@Nullable Cluster ofReference, @Nullable Cluster ofInput)
      throws ActionException {
    Entry entry = entry(ofReference != null ? ofReference : ofInput);
    return new Chosen(api(entry), as(entry));
  }

  private @Nullable Cluster as(Entry entry) {
    return entries.size() == 1 ? null : new Cluster(entry.name());
  }

  /** All clusters, or just the one of the input: what a watch follows. */
  public List<Chosen> all(@Nullable Cluster ofInput) throws ActionException {
    if (ofInput != null) {
      return List.of(choose(ofInput, null));
    }
    List<Chosen> all = new ArrayList<>();
    for (Entry entry : entries) {
      all.add(new Chosen(api(entry), as(entry)));
    }
    return all;
  }

  /** The kubectl options that select a cluster where there are several; no I/O. */
  public List<String> options(@Nullable Cluster ofReference, @Nullable Cluster ofInput) {
    @Nullable Cluster wanted = ofReference != null ? ofReference : ofInput;
    if (wanted == null || entries.size() < 2) {
      return List.of();
    }
    return find(wanted)
        .flatMap(entry -> entry.text("context"))
        .map(context -> List.of("--context", context))
        .orElse(List.of());
  }

  private Entry entry(@Nullable Cluster wanted) throws ActionException {
    if (wanted != null) {
      return find(wanted)
          .orElseThrow(
              () ->
                  ActionException.refused(
                      FailureKind.NOT_FOUND,
                      "there is no cluster `"
                          + Names.shown(wanted.name())
                          + "` in the inventory; it has "
                          + names()));
    }
    if (entries.size() > 1) {
      throw ActionException.refused(
          FailureKind.INVALID, "the inventory has several clusters (" + names() + "); say which");
    }
    return entries.get(0);
  }

  private Optional<Entry> find(Cluster wanted) {
    return entries.stream()
        .filter(
            entry -> entry.name().equals(wanted.name()) || entry.aliases().contains(wanted.name()))
        .findFirst();
  }

  private String names() {
    return String.join(", ", entries.stream().map(Entry::name).toList());
  }

  private synchronized ClusterApi api(Entry entry) throws ActionException {
    if (closed) {
      throw ActionException.refused(FailureKind.CANCELLED, "the adapter is closed");
    }
    ClusterApi api = open.get(entry.name());
    if (api == null) {
      api = ClusterConnection.open(entry);
      open.put(entry.name(), api);
    }
    return api;
  }

  @Override
  public synchronized void close() {
    closed = true;
    open.values().forEach(ClusterApi::close);
    open.clear();
  }
}
