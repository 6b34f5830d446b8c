package io.byteport.engine.evidence;

import com.google.re2j.Pattern;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes trees of maps, lists and texts as YAML in block style. A text is quoted wherever it could
 * be read as anything else.
 */
final class YamlText {
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*");
  private static final Pattern WORD_OF_YAML =
      Pattern.compile("(?i)(?:true|false|yes|no|on|off|null|y|n|nan|inf)");

  /** Something that is written as it is. */
  record Plain(String text) {}

  private final StringBuilder out = new StringBuilder();

  private YamlText() {}

  /** A map with a line break at the end. */
  static String of(Map<String, ?> tree) {
    YamlText text = new YamlText();
    text.map(tree, 0);
    return text.out.toString();
  }

  /** A value as tests write it. */
  static Object tree(Value value) {
    return switch (value) {
      case Value.NullValue none -> new Plain("null");
      case Value.BooleanValue bool -> new Plain(String.valueOf(bool.value()));
      case Value.NumberValue number -> new Plain(number(number.value()));
      case Value.TextValue text -> text.value();
      case Value.DurationValue duration -> new Plain(Quantities.print(duration.value()));
      case Value.SizeValue size -> new Plain(Quantities.print(size.value()));
      case Value.PercentValue percent -> new Plain(Quantities.print(percent.value()));
      case Value.InstantValue instant -> new Plain(instant.value().toString());
      case Value.ListValue list -> list.items().stream().map(YamlText::tree).toList();
      case StructValue struct -> tree(struct.fields());
    };
  }

  static Map<String, Object> tree(Map<String, Value> fields) {
    Map<String, Object> tree = new LinkedHashMap<>();
    fields.forEach((name, value) -> tree.put(name, tree(value)));
    return tree;
  }

  private static String number(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1L << 53
        ? String.valueOf((long) number)
        : String.valueOf(number);
  }

  private void map(Map<?, ?> map, int indent) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.repeat(' ', indent).append(scalar(String.valueOf(entry.getKey()))).append(':');
      child(entry.getValue(), indent);
    }
  }

  private void child(Object node, int indent) {
    switch (node) {
      case Map<?, ?> map when !map.isEmpty() -> {
        out.append('\n');
        map(map, indent + 2);
      }
      case List<?> list when !list.isEmpty() -> {
        out.append('\n');
        for (Object item : list) {
          out.repeat(' ', indent + 2).append('-');
          item(item, indent + 2);
        }
      }
      default -> out.append(' ').append(leaf(node)).append('\n');
    }
  }

  private void item(Object item, int indent) {
    if (item instanceof Map<?, ?> map && !map.isEmpty()) {
      int start = out.length();
      map(map, indent + 2);
      out.delete(start, start + indent + 1);
    } else {
      child(item, indent);
    }
  }

  private static String leaf(Object node) {
    return switch (node) {
      case Map<?, ?> none -> "{}";
      case List<?> none -> "[]";
      case Plain plain -> plain.text();
      default -> scalar(String.valueOf(node));
    };
  }

  private static String scalar(String text) {
    if (WORD.matches(text) && !WORD_OF_YAML.matches(text)) {
      return text;
    }
    boolean printable = text.chars().allMatch(YamlText::isPrintable);
    return printable ? "'" + text.replace("'", "''") + "'" : quoted(text);
  }

  private static boolean isPrintable(int unit) {
    return unit >= 0x20 && unit < 0x7f
        || unit >= 0xa1 && unit < 0x2000
        || unit >= 0x2030 && unit < 0xd800;
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    List<Integer> points = new ArrayList<>();
    text.codePoints().forEach(points::add);
    for (int point : points) {
      switch (point) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (isPrintable(point)) {
            quoted.appendCodePoint(point);
          } else if (point > 0xffff) {
            quoted.append(String.format(java.util.Locale.ROOT, "\\U%08x", point));
          } else {
            quoted.append(String.format(java.util.Locale.ROOT, "\\u%04x", point));
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
