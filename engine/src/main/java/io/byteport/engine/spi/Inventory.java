package io.byteport.engine.spi;

import java.util.List;
import java.util.Map;

/**
 * What the engine may touch: clusters, databases, hosts, accounts, with how to reach them. Signals
 * and runbooks select entries by name or alias and never define one.
 */
public record Inventory(List<Entry> entries) {

  public static final Inventory EMPTY = new Inventory(List.of());

  public Inventory {
    entries = List.copyOf(entries);
  }

  /** All entries of one kind, in order; the first is the default where there is only one. */
  public List<Entry> of(String kind) {
    return entries.stream().filter(entry -> entry.kind().equals(kind)).toList();
  }

  /**
   * @param kind such as {@code cluster}
   * @param settings how it is reached, by the adapter's own names ({@code kubeconfig}, {@code
   *     context})
   */
  public record Entry(
      String kind,
      String name,
      List<String> aliases,
      Map<String, String> settings,
      Map<String, String> labels,
      Map<String, String> annotations) {
    public Entry {
      aliases = List.copyOf(aliases);
      settings = Map.copyOf(settings);
      labels = Map.copyOf(labels);
      annotations = Map.copyOf(annotations);
    }
  }
}
