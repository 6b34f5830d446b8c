package io.byteport.adapter.cloud.github;

import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.SizeValue;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What is changed in a container of a manifest. Pure. */
sealed interface ManifestChange {

  /** A place and what becomes of the text there, quotes included. */
  record Edit(Span span, UnaryOperator<String> text) {}

  /** The edit of a container; nothing where it does not set such a value. */
  Optional<Edit> in(YamlMapping container);

  /** The same in words. */
  String words();

  /** {@code resources.limits.memory}. */
  record MemoryLimit(DataSize size) implements ManifestChange {
    @Override
    public Optional<Edit> in(YamlMapping container) {
      return ManifestEdit.at(container, "resources", "limits", "memory")
          .filter(YamlScalar.class::isInstance)
          .map(node -> new Edit(node.span(), old -> quoted(old, quantity(size))));
    }

    @Override
    public String words() {
      return "resources.limits.memory: " + quantity(size);
    }

    private static String quoted(String old, String value) {
      char first = old.isEmpty() ? ' ' : old.charAt(0);
      return first == '"' || first == '\'' ? first + value + first : value;
    }
  }

  /** The heap of a runtime, wherever the container says it: in arguments or a variable. */
  record Heap(String option, Pattern pattern) implements ManifestChange {
    @Override
    public Optional<Edit> in(YamlMapping container) {
      List<YamlScalar> places = new ArrayList<>();
      collect(container, places);
      List<YamlScalar> matching =
          places.stream().filter(place -> pattern.matcher(place.text()).find()).toList();
      return matching.size() == 1
          ? Optional.of(
              new Edit(matching.get(0).span(), old -> pattern.matcher(old).replaceAll(option)))
          : Optional.empty();
    }

    private static void collect(YamlNode node, List<YamlScalar> places) {
      switch (node) {
        case YamlScalar scalar -> places.add(scalar);
        case YamlSequence list -> list.items().forEach(item -> collect(item, places));
        case YamlMapping map -> map.entries().forEach(entry -> collect(entry.value(), places));
      }
    }

    @Override
    public String words() {
      return option;
    }
  }

  /**
   * @param set {@code memoryLimit}, or {@code runtime} and {@code heap}
   * @throws ActionException if it is neither
   */
  static ManifestChange of(Map<String, Value> set) throws ActionException {
    if (set.keySet().equals(Set.of("memoryLimit"))
        && set.get("memoryLimit") instanceof SizeValue limit) {
      return new MemoryLimit(limit.value());
    }
    if (set.keySet().equals(Set.of("runtime", "heap"))
        && set.get("heap") instanceof SizeValue heap
        && set.get("runtime") instanceof TextValue runtime) {
      long mebibytes = Math.max(1, heap.value().bytes() >> 20);
      if (runtime.value().equals("jvm")) {
        return new Heap("-Xmx" + mebibytes + "m", Pattern.compile("-Xmx[0-9]+[kKmMgG]?\\b"));
      }
      if (runtime.value().equals("nodejs")) {
        return new Heap(
            "--max-old-space-size=" + mebibytes,
            Pattern.compile("--max[-_]old[-_]space[-_]size[= ][0-9]+\\b"));
      }
    }
    throw ActionException.refused(
        FailureKind.INVALID,
        "expected `memoryLimit`, a size, or `runtime` (jvm, nodejs) and `heap`, a size, found "
            + set.keySet());
  }

  /** As Kubernetes writes memory, rounded up to whole mebibytes. */
  static String quantity(DataSize size) {
    long mebibytes = Math.ceilDiv(size.bytes(), 1L << 20);
    return mebibytes % 1024 == 0 ? mebibytes / 1024 + "Gi" : mebibytes + "Mi";
  }
}
