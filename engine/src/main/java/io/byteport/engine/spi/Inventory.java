package io.byteport.engine.spi;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.TextValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** The entry of that kind with that name, else with that alias. */
  public Optional<Entry> find(String kind, String name) {
    List<Entry> all = of(kind);
    return all.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .or(() -> all.stream().filter(entry -> entry.aliases().contains(name)).findFirst());
  }

  /**
   * @param kind what it is to runbooks, such as {@code cluster} or {@code database}
   * @param type how it is spoken to, such as {@code postgres}; the kind where there is only one way
   * @param settings how it is reached, by the adapter's own names ({@code kubeconfig}, {@code
   *     address}): a text, or a list of texts
   * @param credentials what it is entered with, by the adapter's own names ({@code password})
   */
  public record Entry(
      String kind,
      String type,
      String name,
      List<String> aliases,
      Map<String, Value> settings,
      Map<String, Secret> credentials,
      Map<String, String> labels,
      Map<String, String> annotations) {
    public Entry {
      aliases = List.copyOf(aliases);
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
      credentials = Map.copyOf(credentials);
      labels = Map.copyOf(labels);
      annotations = Map.copyOf(annotations);
    }

    /** One that needs no credentials, with texts as settings. */
    public static Entry of(String kind, String name, Map<String, String> settings) {
      Map<String, Value> values = new LinkedHashMap<>();
      settings.forEach((key, value) -> values.put(key, Value.of(value)));
      return new Entry(kind, kind, name, List.of(), values, Map.of(), Map.of(), Map.of());
    }

    public Entry withAliases(List<String> names) {
      return new Entry(kind, type, name, names, settings, credentials, labels, annotations);
    }

    public Entry withNotes(Map<String, String> someLabels, Map<String, String> someAnnotations) {
      return new Entry(
          kind, type, name, aliases, settings, credentials, someLabels, someAnnotations);
    }

    /** A setting that is a text. */
    public Optional<String> text(String setting) {
      return settings.get(setting) instanceof TextValue text
          ? Optional.of(text.value())
          : Optional.empty();
    }

    /** A setting that is a list of texts, or one text; empty where there is none. */
    public List<String> texts(String setting) {
      return switch (settings.get(setting)) {
        case TextValue text -> List.of(text.value());
        case ListValue list ->
            list.items().stream()
                .filter(TextValue.class::isInstance)
                .map(item -> ((TextValue) item).value())
                .toList();
        case null, default -> List.of();
      };
    }
  }
}
