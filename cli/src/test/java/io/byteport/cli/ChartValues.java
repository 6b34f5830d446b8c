package io.byteport.cli;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of the chart. One is what a comment that begins with {@code # -- } explains; what
 * stands around such is only a group.
 */
record ChartValues(String text, YamlMapping root) {
  static final Path CHART = Path.of("../examples/helm/byteport");
  private static final String DOC = "# -- ";

  static ChartValues read() throws IOException {
    String text = Files.readString(CHART.resolve("values.yaml"));
    return new ChartValues(
        text,
        (YamlMapping) YamlReader.read(new SourceFile("values.yaml", text)).value().orElseThrow());
  }

  /** What is above an entry; empty for a group. */
  String doc(Entry entry) {
    String before = text.substring(0, text.offsetByCodePoints(0, entry.key().span().start()));
    Deque<String> above = new ArrayDeque<>(before.lines().toList());
    if (!before.endsWith("\n")) {
      above.pollLast();
    }
    Deque<String> doc = new ArrayDeque<>();
    while (!above.isEmpty() && above.getLast().strip().startsWith("#")) {
      String line = above.removeLast().strip();
      if (line.startsWith(DOC)) {
        doc.addFirst(line.substring(DOC.length()));
        return String.join(" ", doc);
      }
      doc.addFirst(line.substring(1).strip());
    }
    return "";
  }

  /** Every value by its path, such as {@code image.tag}. */
  Map<String, Entry> all() {
    Map<String, Entry> all = new LinkedHashMap<>();
    collect("", root, all);
    return all;
  }

  private void collect(String prefix, YamlMapping map, Map<String, Entry> all) {
    for (Entry entry : map.entries()) {
      String path = prefix + entry.key().text();
      if (!doc(entry).isEmpty()) {
        all.put(path, entry);
      } else if (entry.value() instanceof YamlMapping group) {
        collect(path + ".", group, all);
      } else {
        throw new AssertionError("values.yaml: nothing says what `" + path + "` is");
      }
    }
  }

  /** How a default is written, on one line. */
  static String written(YamlNode value) {
    return switch (value) {
      case YamlNode.YamlScalar scalar ->
          scalar.value() instanceof TextValue ? "\"" + scalar.text() + "\"" : scalar.text();
      case YamlNode.YamlSequence list -> {
        List<String> items = new ArrayList<>();
        list.items().forEach(item -> items.add(plain(item)));
        yield "[" + String.join(", ", items) + "]";
      }
      case YamlMapping map -> map.entries().isEmpty() ? "{}" : "see values.yaml";
    };
  }

  private static String plain(YamlNode value) {
    return value instanceof YamlNode.YamlScalar scalar ? scalar.text() : written(value);
  }
}
