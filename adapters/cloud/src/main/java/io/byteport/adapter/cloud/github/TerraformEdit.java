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

  /** A block, from after its first brace to after its last. */
  private record Block(int open, int end) {}

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
    String bare = HclMask.of(text);
    List<Block> blocks = new ArrayList<>();
    Matcher resource = RESOURCE.matcher(text);
    while (resource.find()) {
      int end = end(bare, resource.end());
      boolean outside = bare.charAt(resource.start()) == 'r';
      if (outside && end > 0 && declares(text, bare, resource.end(), end)) {
        blocks.add(new Block(resource.end(), end));
      }
    }
    return blocks;
  }

  /** Whether a text within a block, and not in a comment of it, is the domain. */
  private boolean declares(String text, String bare, int from, int to) {
    String wanted = "\"" + domain + "\"";
    int at = text.indexOf(wanted, from);
    while (at >= 0 && at < to) {
      if (bare.charAt(at) == '"') {
        return true;
      }
      at = text.indexOf(wanted, at + 1);
    }
    return false;
  }

  /** After the brace that closes a block; -1 where nothing closes it. */
  private static int end(String bare, int from) {
    int depth = 1;
    for (int i = from; i < bare.length(); i++) {
      depth += bare.charAt(i) == '{' ? 1 : bare.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i + 1;
      }
    }
    return -1;
  }

  /** A body, from after its opening brace on, with an attribute of its own depth. */
  private static String with(String body, String name, String literal) {
    String bare = HclMask.of(body);
    Matcher line =
        Pattern.compile("(?m)^([ \\t]*" + name + "[ \\t]*=[ \\t]*)([^\\n]*)$").matcher(bare);
    while (line.find()) {
      if (depth(bare, line.start()) == 0) {
        int end = line.start(2) + line.group(2).stripTrailing().length();
        return body.substring(0, line.start(2)) + literal + body.substring(end);
      }
    }
    int close = bare.lastIndexOf('}');
    String before = body.substring(0, close);
    String start = before.endsWith("\n") ? before : before.stripTrailing() + "\n";
    return start + "  " + name + " = " + literal + "\n" + body.substring(close);
  }

  private static int depth(String bare, int until) {
    int depth = 0;
    for (int i = 0; i < until; i++) {
      depth += bare.charAt(i) == '{' ? 1 : bare.charAt(i) == '}' ? -1 : 0;
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
