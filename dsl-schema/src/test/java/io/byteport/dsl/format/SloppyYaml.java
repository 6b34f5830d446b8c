package io.byteport.dsl.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Writes runbooks as no two people do: fields in any order, any indentation, flow and block mixed,
 * every kind of quotes, comments and blank lines wherever YAML allows them.
 */
final class SloppyYaml {
  private static final List<String> SECTIONS =
      List.of(
          "params",
          "detectors",
          "inputs",
          "target",
          "diagnose",
          "classify",
          "guardrails",
          "remediate",
          "blocks",
          "verify",
          "rollback",
          "summary",
          "resolve",
          "escalate",
          "postmortem",
          "defaults",
          "severity",
          "metadata");
  private static final List<String> FIELDS =
      List.of(
          "type",
          "doc",
          "default",
          "when",
          "uses",
          "with",
          "steps",
          "id",
          "expect",
          "within",
          "until",
          "rules",
          "class",
          "because",
          "to",
          "fields",
          "commands",
          "value",
          "free text",
          "a.b",
          "x",
          "y1",
          "on",
          "otherwise",
          "read",
          "name",
          "advice");
  private static final List<String> TEXTS =
      List.of(
          "a",
          "a b",
          "a&&b",
          "a && !b",
          "x > 5m",
          "${a}",
          "${ a&&b } c",
          "yes",
          "0755",
          "1.0",
          "2026-11-21",
          "5m",
          "80%",
          "it's",
          "a: b",
          "a # b",
          "#a",
          "- a",
          "",
          " a ",
          "null",
          "true",
          "→ é",
          "a, b",
          "[a]",
          "{a}",
          "*a",
          "&a",
          "!a",
          "%a",
          "@a",
          "`a`",
          "a\\b",
          "\"a\"",
          "'a'",
          "any(x, $.y == \"z\")",
          "(a) and ((b))",
          "a:b",
          "a:",
          "?a",
          "-1",
          "=",
          "|",
          ">",
          "$${a}",
          "${a",
          "~",
          "kubectl.pod",
          "x ~= \"^a:b\"",
          "12:30",
          "${a[\"b\"]}",
          "a or (b and c)");
  private static final List<String> LINES =
      List.of(
          "a", "a && b", "  more", "", "# no comment", "${a&&b}", "- a", "a: b", "and (c)", " x ");

  private final Random random;
  private final StringBuilder out = new StringBuilder();

  private SloppyYaml(long seed) {
    this.random = new Random(seed);
  }

  static String of(long seed) {
    SloppyYaml yaml = new SloppyYaml(seed);
    yaml.document();
    return yaml.out.toString();
  }

  private void document() {
    List<String> keys = new ArrayList<>(pick(SECTIONS, 1 + random.nextInt(5)));
    keys.add("kind");
    keys.add("apiVersion");
    Collections.shuffle(keys, random);
    boolean test = random.nextInt(4) == 0;
    for (String key : keys) {
      remarks(0);
      switch (key) {
        case "kind" -> out.append(test ? "kind: RunbookTest" : "kind:  Runbook");
        case "apiVersion" -> out.append("apiVersion: byteport.io/v1");
        default -> {
          out.append(key(key)).append(':');
          value(0, 3);
          continue;
        }
      }
      endLine();
    }
    remarks(0);
    if (random.nextBoolean() && out.charAt(out.length() - 1) == '\n') {
      out.setLength(out.length() - 1);
    }
  }

  private <T> List<T> pick(List<T> from, int count) {
    Set<T> picked = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      picked.add(one(from));
    }
    return List.copyOf(picked);
  }

  private <T> T one(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private String key(String name) {
    return switch (random.nextInt(6)) {
      case 0 -> '"' + name + '"';
      case 1 -> '\'' + name + '\'';
      default -> name;
    };
  }

  /** Comments and blank lines on lines of their own. */
  private void remarks(int indent) {
    while (random.nextInt(5) == 0) {
      out.append(
          switch (random.nextInt(3)) {
            case 0 -> "\n";
            case 1 -> " ".repeat(indent) + "# above " + random.nextInt(100) + "\n";
            default -> " ".repeat(indent) + "#c: ${x} 'y" + random.nextInt(100) + "  \n\n";
          });
    }
  }

  private void endLine() {
    switch (random.nextInt(8)) {
      case 0 -> out.append(" # beside ").append(random.nextInt(100)).append('\n');
      case 1 -> out.append("      #beside: \"").append(random.nextInt(100)).append(" \n");
      case 2 -> out.append("  \n");
      default -> out.append('\n');
    }
  }

  /** A value after a key or a dash, with the line's end. */
  private void value(int indent, int depth) {
    switch (depth == 0 ? random.nextInt(4) : random.nextInt(10)) {
      case 0 -> {
        out.append(' ').append(flow(2));
        endLine();
      }
      case 1 -> block(indent);
      case 2 -> endLine();
      case 3, 4 -> {
        out.append(' ').append(scalar(false));
        endLine();
      }
      case 5, 6, 7 -> {
        endLine();
        map(indent + 1 + random.nextInt(4), depth - 1);
      }
      default -> {
        endLine();
        list(indent + random.nextInt(4), depth - 1);
      }
    }
  }

  private void map(int indent, int depth) {
    for (String name : pick(FIELDS, 1 + random.nextInt(4))) {
      remarks(indent);
      out.append(" ".repeat(indent)).append(key(name)).append(':');
      value(indent, depth);
    }
    remarks(indent);
  }

  private void list(int indent, int depth) {
    int length = 1 + random.nextInt(3);
    for (int i = 0; i < length; i++) {
      remarks(indent);
      out.append(" ".repeat(indent)).append('-');
      if (depth > 0 && random.nextBoolean()) {
        out.append(' ').append(one(FIELDS)).append(':');
        value(indent + 2, depth - 1);
        out.append(" ".repeat(indent + 2)).append("last: ").append(scalar(false));
        endLine();
      } else {
        value(indent, depth);
      }
    }
    remarks(indent + 1);
  }

  private void block(int indent) {
    out.append(' ').append(random.nextBoolean() ? '|' : '>');
    out.append(one(List.of("", "-", "+", "")));
    out.append(one(List.of("", "  # header", ""))).append('\n');
    int inner = indent + 1 + random.nextInt(3);
    out.append(" ".repeat(inner)).append("first ").append(one(TEXTS).strip()).append('\n');
    for (int i = random.nextInt(4); i > 0; i--) {
      String line = one(LINES);
      out.append(line.isEmpty() ? "" : " ".repeat(inner) + line).append('\n');
    }
  }

  private String scalar(boolean flow) {
    String text = one(TEXTS);
    return switch (random.nextInt(3)) {
      case 0 -> '\'' + text.replace("'", "''") + '\'';
      case 1 -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
      default -> flow ? one(List.of("a", "5m", "a b", "true", "1.0")) : text;
    };
  }

  private String flow(int depth) {
    String space = one(List.of("", " ", "  "));
    List<String> items = new ArrayList<>();
    boolean map = random.nextBoolean();
    for (String name : pick(FIELDS, random.nextInt(4))) {
      String item = depth > 0 && random.nextInt(4) == 0 ? flow(depth - 1) : scalar(true);
      items.add(map ? key(name) + ": " + item : item);
    }
    String separator = random.nextInt(5) == 0 ? ",  # in flow\n               " : "," + space;
    return (map ? "{" : "[") + space + String.join(separator, items) + space + (map ? "}" : "]");
  }
}
