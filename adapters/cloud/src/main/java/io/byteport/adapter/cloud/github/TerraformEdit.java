package io.byteport.adapter.cloud.github;

import io.byteport.adapter.cloud.http.Json;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sets attributes of the one resource in a Terraform file that declares a domain, and leaves every
 * other character as it is. Values are literals of HCL, in which nothing is evaluated. Pure.
 *
 * @param set attribute names and values
 */
record TerraformEdit(String domain, Map<String, Value> set) {
  private static final Pattern RESOURCE =
      Pattern.compile("(?m)^resource[ \\t]+\"[^\"\\n]+\"[ \\t]+\"[^\"\\n]+\"[ \\t]*\\{");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  /** A block, from its first character to after its last brace. */
  private record Block(int start, int open, int end) {}

  /**
   * @throws ActionException if an attribute's name or value cannot be one
   */
  void check() throws ActionException {
    for (Map.Entry<String, Value> one : set.entrySet()) {
      boolean plain =
          one.getValue() instanceof Value.TextValue
              || one.getValue() instanceof Value.NumberValue
              || one.getValue() instanceof Value.BooleanValue
              || one.getValue() instanceof Value.InstantValue;
      if (!NAME.matcher(one.getKey()).matches() || !plain) {
        throw ActionException.refused(
            FailureKind.INVALID,
            "expected attributes with texts, numbers, booleans or instants, found `"
                + one.getKey()
                + "`");
      }
    }
  }

  /** How many resources of a file declare the domain. */
  int count(String text) {
    return declaring(text).size();
  }

  /** The text with the attributes; nothing where not exactly one resource declares the domain. */
  Optional<String> apply(String text) {
    List<Block> blocks = declaring(text);
    if (blocks.size() != 1) {
      return Optional.empty();
    }
    Block block = blocks.get(0);
    String body = text.substring(block.open(), block.end());
    for (Map.Entry<String, Value> one : set.entrySet()) {
      body = with(body, one.getKey(), literal(one.getValue()));
    }
    return Optional.of(text.substring(0, block.open()) + body + text.substring(block.end()));
  }

  private List<Block> declaring(String text) {
    List<Block> blocks = new ArrayList<>();
    Matcher resource = RESOURCE.matcher(text);
    while (resource.find()) {
      int end = end(text, resource.end());
      if (end > 0 && text.substring(resource.end(), end).contains("\"" + domain + "\"")) {
        blocks.add(new Block(resource.start(), resource.end(), end));
      }
    }
    return blocks;
  }

  /** After the brace that closes a block; braces in texts and comments do not count. */
  private static int end(String text, int from) {
    int depth = 1;
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"' || c == '\n') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '#' || text.startsWith("//", i)) {
        int line = text.indexOf('\n', i);
        i = line < 0 ? text.length() : line;
      } else if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
        if (depth == 0) {
          return i + 1;
        }
      }
    }
    return -1;
  }

  /** A body, from after its opening brace on, with an attribute of its own depth. */
  private static String with(String body, String name, String literal) {
    Matcher line =
        Pattern.compile("(?m)^([ \\t]*" + name + "[ \\t]*=[ \\t]*)([^\\n]*)$").matcher(body);
    while (line.find()) {
      if (depth(body, line.start()) == 0) {
        return body.substring(0, line.start(2)) + literal + body.substring(line.end(2));
      }
    }
    int close = body.lastIndexOf('}');
    String before = body.substring(0, close);
    String start = before.endsWith("\n") ? before : before.stripTrailing() + "\n";
    return start + "  " + name + " = " + literal + "\n" + body.substring(close);
  }

  private static int depth(String body, int until) {
    int depth = 0;
    for (int i = 0; i < until; i++) {
      char c = body.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    }
    return depth;
  }

  /** A literal; in a text, what would begin a template is escaped. */
  static String literal(Value value) {
    String json = Json.write(String.valueOf(Json.plain(value)));
    return value instanceof Value.NumberValue || value instanceof Value.BooleanValue
        ? String.valueOf(Json.plain(value))
        : json.replace("${", "$${").replace("%{", "%%{");
  }
}
