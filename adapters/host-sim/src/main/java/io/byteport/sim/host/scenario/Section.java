package io.byteport.sim.host.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A mapping of a scenario, read key by key; a key that nobody asks for is an error. */
final class Section {
  private static final Pattern TIME = Pattern.compile("(\\d+)(s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d+)([KMGT]i?)?");

  private final String source;
  private final Node node;
  private final Map<String, Node> members = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  Section(String source, Node node) {
    this.source = source;
    this.node = node;
    if (!(node instanceof MappingNode mapping)) {
      throw error(node, "expected a mapping");
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = scalar(tuple.getKeyNode());
      if (members.put(key, tuple.getValueNode()) != null) {
        throw error(tuple.getKeyNode(), "`" + key + "` stands twice");
      }
    }
  }

  <T> T readBy(Function<Section, T> reader) {
    T read = reader.apply(this);
    for (Map.Entry<String, Node> member : members.entrySet()) {
      if (!asked.contains(member.getKey())) {
        throw error(member.getValue(), "nobody knows the key `" + member.getKey() + "`");
      }
    }
    return read;
  }

  private Optional<Node> member(String key) {
    asked.add(key);
    return Optional.ofNullable(members.get(key));
  }

  Optional<String> text(String key) {
    return member(key).map(this::scalar);
  }

  String text(String key, String otherwise) {
    return text(key).orElse(otherwise);
  }

  String required(String key) {
    return text(key).orElseThrow(() -> error(node, "`" + key + "` is missing"));
  }

  boolean flag(String key) {
    return text(key, "false").equals("true");
  }

  long number(String key, long otherwise) {
    return text(key)
        .map(text -> Long.parseLong(matching(key, text, "-?\\d{1,18}")))
        .orElse(otherwise);
  }

  double decimal(String key, double otherwise) {
    return text(key)
        .map(text -> Double.parseDouble(matching(key, text, "\\d{1,9}(\\.\\d{1,9})?")))
        .orElse(otherwise);
  }

  /** In bytes. */
  long size(String key, long otherwise) {
    return text(key).map(text -> size(key, text)).orElse(otherwise);
  }

  private long size(String key, String text) {
    Matcher size = SIZE.matcher(matching(key, text, SIZE.pattern()));
    if (!size.matches()) {
      throw error(node, "`" + key + "` is no size: `" + text + "`");
    }
    String unit = size.group(2) == null ? "" : size.group(2);
    long base = unit.endsWith("i") ? 1024 : 1000;
    int power = unit.isEmpty() ? 0 : "KMGT".indexOf(unit.charAt(0)) + 1;
    return Math.round(Long.parseLong(size.group(1)) * Math.pow(base, power));
  }

  Optional<Duration> duration(String key) {
    return text(key)
        .map(
            text -> {
              Matcher time = TIME.matcher(matching(key, text, "0|(\\d+[smhd])+"));
              Duration total = Duration.ZERO;
              while (time.find()) {
                long amount = Long.parseLong(time.group(1));
                total =
                    total.plus(
                        switch (time.group(2)) {
                          case "s" -> Duration.ofSeconds(amount);
                          case "m" -> Duration.ofMinutes(amount);
                          case "h" -> Duration.ofHours(amount);
                          default -> Duration.ofDays(amount);
                        });
              }
              return total;
            });
  }

  Duration duration(String key, Duration otherwise) {
    return duration(key).orElse(otherwise);
  }

  String matching(String key, String text, String pattern) {
    if (!text.matches(pattern)) {
      throw error(node, "`" + key + "` cannot be `" + text + "`");
    }
    return text;
  }

  List<String> texts(String key) {
    return member(key)
        .map(list -> items(list).stream().map(this::scalar).toList())
        .orElse(List.of());
  }

  Map<String, String> map(String key) {
    Map<String, String> found = new LinkedHashMap<>();
    member(key)
        .ifPresent(
            map ->
                new Section(source, map)
                    .members.forEach((name, value) -> found.put(name, scalar(value))));
    return found;
  }

  <T> List<T> each(String key, Function<Section, T> reader) {
    List<T> found = new ArrayList<>();
    member(key)
        .ifPresent(
            list ->
                items(list).forEach(item -> found.add(new Section(source, item).readBy(reader))));
    return found;
  }

  <T> Optional<T> section(String key, Function<Section, T> reader) {
    return member(key).map(each -> new Section(source, each).readBy(reader));
  }

  private List<Node> items(Node list) {
    if (list instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    throw error(list, "expected a list");
  }

  private String scalar(Node value) {
    if (value instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw error(value, "expected a single value");
  }

  private ScenarioException error(Node at, String message) {
    int line = at.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    return new ScenarioException(source, line, message);
  }
}
