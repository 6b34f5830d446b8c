package io.byteport.sim.kubernetes.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** One YAML mapping that is read key by key; keys that nobody asked for are an error. */
final class Section {
  private final String source;
  private final Node mapping;
  private final Map<String, Node> members = new LinkedHashMap<>();
  private final Map<String, Integer> unread = new LinkedHashMap<>();

  Section(String source, Node node) {
    this.source = source;
    this.mapping = node;
    if (!(node instanceof MappingNode map)) {
      throw error(node, "expected a mapping");
    }
    for (NodeTuple tuple : map.getValue()) {
      String key = scalar(tuple.getKeyNode());
      if (members.put(key, tuple.getValueNode()) != null) {
        throw error(tuple.getKeyNode(), "`" + key + "` stands twice");
      }
      unread.put(key, line(tuple.getKeyNode()));
    }
  }

  /** Reads this section with {@code reader} and refuses what the reader did not read. */
  <T> T readWith(Function<Section, T> reader) {
    T value = reader.apply(this);
    unread.forEach(
        (key, line) -> {
          throw new ScenarioException(source, line, "unknown key `" + key + "`");
        });
    return value;
  }

  boolean has(String key) {
    return members.containsKey(key);
  }

  Optional<Node> node(String key) {
    unread.remove(key);
    return Optional.ofNullable(members.get(key));
  }

  Optional<String> text(String key) {
    return node(key).map(this::scalar);
  }

  String required(String key) {
    return text(key).orElseThrow(() -> error(mapping, "`" + key + "` is missing"));
  }

  String text(String key, String otherwise) {
    return text(key).orElse(otherwise);
  }

  int integer(String key, int otherwise) {
    return parsed(key, Integer::valueOf, "a whole number").orElse(otherwise);
  }

  boolean flag(String key) {
    return text(key, "false").equals("true");
  }

  Optional<Duration> duration(String key) {
    return parsed(key, Section::parseDuration, "a duration like `10s`, `5m` or `72h`");
  }

  Duration duration(String key, Duration otherwise) {
    return duration(key).orElse(otherwise);
  }

  Optional<Instant> instant(String key) {
    return parsed(key, Instant::parse, "an instant like `2026-01-05T10:00:00Z`");
  }

  <T> Optional<T> parsed(String key, Function<String, T> parser, String expected) {
    return node(key)
        .map(
            node -> {
              try {
                return parser.apply(scalar(node));
              } catch (IllegalArgumentException | DateTimeParseException e) {
                throw error(node, "`" + key + "` is not " + expected + ": `" + scalar(node) + "`");
              }
            });
  }

  Map<String, String> map(String key) {
    Map<String, String> found = new LinkedHashMap<>();
    node(key)
        .ifPresent(
            node -> {
              if (!(node instanceof MappingNode map)) {
                throw error(node, "expected a mapping");
              }
              for (NodeTuple tuple : map.getValue()) {
                found.put(scalar(tuple.getKeyNode()), scalar(tuple.getValueNode()));
              }
            });
    return found;
  }

  List<Node> nodes(String key) {
    return node(key)
        .map(
            node -> {
              if (!(node instanceof SequenceNode list)) {
                throw error(node, "expected a list");
              }
              return list.getValue();
            })
        .orElse(List.of());
  }

  <T> List<T> each(String key, Function<Section, T> reader) {
    List<T> found = new ArrayList<>();
    for (Node node : nodes(key)) {
      found.add(new Section(source, node).readWith(reader));
    }
    return found;
  }

  <T> Optional<T> section(String key, Function<Section, T> reader) {
    return node(key).map(node -> new Section(source, node).readWith(reader));
  }

  ScenarioException error(String message) {
    return error(mapping, message);
  }

  private ScenarioException error(Node node, String message) {
    return new ScenarioException(source, line(node), message);
  }

  private String scalar(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw error(node, "expected a single value");
  }

  static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private static Duration parseDuration(String text) {
    Duration total = Duration.ZERO;
    String rest = text.trim();
    if (!rest.matches("([0-9]+(ms|s|m|h|d))+|0")) {
      throw new IllegalArgumentException(text);
    }
    var matcher = java.util.regex.Pattern.compile("([0-9]+)(ms|s|m|h|d)").matcher(rest);
    while (matcher.find()) {
      long amount = Long.parseLong(matcher.group(1));
      total =
          total.plus(
              switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
              });
    }
    return total;
  }
}
