package io.byteport.dsl.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Texts that are meant to hurt whoever reads them, none of which is a runbook without faults. */
final class HardInputs {
  private static final int DEEP = 10_000;
  private static final String SMALL =
      """
      apiVersion: byteport.io/v1
      kind: Runbook
      metadata: {id: a, title: A, category: kubernetes, severity: high, status: beta, version: 1.0.0}
      detectors:
        a: {doc: A}
      inputs:
        x: {type: string, required: true}
      target:
        type: pod
        namespace: ${inputs.x}
        name: ${inputs.x}
      """;
  private static final String REST =
      """
      classify:
        rules:
          - {class: c, when: f, confidence: 0.9, because: so}
      remediate:
        c: {steps: [{escalate: Look}]}
      escalate:
        to: {chat: {}}
      """;

  private HardInputs() {}

  /** All of them by name; each is made when it is asked for, since some are long. */
  static Map<String, Supplier<byte[]>> all() {
    Map<String, Supplier<byte[]>> all = new LinkedHashMap<>();
    size(all);
    depth(all);
    aliases(all);
    encoding(all);
    yaml(all);
    expressions(all);
    numbers(all);
    return all;
  }

  private static void size(Map<String, Supplier<byte[]>> all) {
    text(all, "ten megabytes of spaces", () -> " ".repeat(9_999_999));
    text(all, "ten megabytes in one line", () -> "a: " + "b".repeat(9_999_000));
    text(all, "ten megabytes of comments", () -> "# more\n".repeat(1_400_000));
    text(all, "ten megabytes of tabs", () -> "\t".repeat(9_999_999));
    text(all, "ten megabytes of line breaks", () -> "\r\n".repeat(4_999_000));
    text(all, "ten megabytes of letters in a block", () -> "a: |\n" + "  word\n".repeat(1_400_000));
    text(all, "ten megabytes of colons", () -> ":".repeat(9_999_999));
    text(all, "ten megabytes of question marks", () -> "? ".repeat(4_999_000));
    text(all, "more than ten megabytes", () -> "a".repeat(10_000_001));
    text(all, "a hundred thousand keys", () -> lines(100_000, "key%: 1\n"));
    text(
        all,
        "a hundred thousand parameters",
        () -> SMALL + "params:\n" + lines(100_000, "  p%: {type: strin}\n") + REST);
    text(
        all,
        "a hundred thousand facts",
        () -> SMALL + "diagnose:\n" + lines(100_000, "  f%: g\n") + REST);
    text(
        all,
        "a hundred thousand rules",
        () ->
            SMALL
                + "classify:\n  rules:\n"
                + lines(100_000, "    - {class: c%, when: f, confidence: 2, because: so}\n"));
    text(all, "ten thousand keys", () -> lines(10_000, "key%: 1\n"));
    text(
        all,
        "eight thousand parameters",
        () -> SMALL + "params:\n" + lines(8_000, "  p%: {type: strin}\n") + REST);
    text(
        all,
        "twenty thousand facts",
        () -> SMALL + "diagnose:\n" + lines(20_000, "  f%: g\n") + REST);
    text(
        all,
        "a thousand facts in a row",
        () -> SMALL + "diagnose:\n  f: 1\n" + lines(999, "  f%: f + h%\n") + REST);
    text(
        all,
        "four thousand rules",
        () ->
            SMALL
                + "classify:\n  rules:\n"
                + lines(4_000, "    - {class: c%, when: f, confidence: 0.9, because: so}\n"));
    text(
        all,
        "ten thousand steps of one name",
        () ->
            SMALL
                + "remediate:\n  c:\n    steps:\n"
                + "      - {id: s, uses: kubectl.pod}\n".repeat(10_000)
                + REST.replace("remediate:\n  c: {steps: [{escalate: Look}]}\n", ""));
  }

  private static void depth(Map<String, Supplier<byte[]>> all) {
    text(all, "deep lists", () -> "a: " + "[".repeat(DEEP) + "]".repeat(DEEP));
    text(all, "deep maps", () -> "{a: ".repeat(DEEP) + "b" + "}".repeat(DEEP));
    text(all, "deep items", () -> "- ".repeat(DEEP) + "b");
    text(all, "deep keys", () -> "? ".repeat(DEEP) + "b");
    text(
        all,
        "deep blocks",
        () -> {
          StringBuilder text = new StringBuilder();
          for (int i = 0; i < 3_000; i++) {
            text.append(" ".repeat(i)).append("a:\n");
          }
          return text.toString();
        });
    fact(all, "deep parentheses", "(".repeat(1_900) + "f" + ")".repeat(1_900));
    fact(all, "ten thousand parentheses", "(".repeat(DEEP) + "f" + ")".repeat(DEEP));
    fact(all, "deep brackets", "[".repeat(1_900) + "1" + "]".repeat(1_900));
    fact(all, "deep calls", "any(".repeat(900) + "f");
    fact(all, "a chain of not", "not ".repeat(950) + "true");
    fact(all, "a chain of minus", "- ".repeat(1_900) + "1");
    fact(all, "a chain of fields", "f" + ".a".repeat(1_900));
    fact(all, "a chain of indexes", "f" + "[0]".repeat(1_300));
    fact(all, "a chain of and", "f" + " and f".repeat(600));
    fact(all, "a chain of plus", "1" + " + 1".repeat(900));
    type(all, "a deep type", "list<".repeat(DEEP) + "string" + ">".repeat(DEEP));
    type(all, "a type that is never closed", "map<".repeat(DEEP));
  }

  private static void aliases(Map<String, Supplier<byte[]>> all) {
    text(
        all,
        "a billion laughs",
        () -> {
          StringBuilder text = new StringBuilder("a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
          for (int i = 1; i < 30; i++) {
            text.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(9) + "]\n");
          }
          return text.toString();
        });
    text(
        all,
        "laughs in keys",
        () -> "a: &a {k: 1}\n" + lines(100, "b%: &b {? *a : *a}\n") + "? *b\n: 1\n");
    text(all, "an alias of its own list", () -> "a: &a [*a]\n");
    text(all, "an alias of its own map", () -> "a: &a {b: *a}\n");
    text(all, "aliases in a ring", () -> "a: &a [*b]\nb: &b [*a]\n");
    text(all, "a hundred thousand aliases", () -> "a: &a x\nb:\n" + lines(100_000, "  k%: *a\n"));
    text(all, "a hundred thousand anchors", () -> lines(100_000, "k%: &a% x\n"));
  }

  private static void encoding(Map<String, Supplier<byte[]>> all) {
    String text = SMALL + REST;
    bytes(all, "UTF-16 little endian", text.getBytes(StandardCharsets.UTF_16LE));
    bytes(all, "UTF-16 big endian", text.getBytes(StandardCharsets.UTF_16BE));
    bytes(all, "UTF-16 with a mark", text.getBytes(StandardCharsets.UTF_16));
    bytes(
        all,
        "UTF-16 little endian with a mark",
        joined(bytes(0xFF, 0xFE), text.getBytes(StandardCharsets.UTF_16LE)));
    bytes(all, "UTF-32", text.getBytes(Charset.forName("UTF-32BE")));
    bytes(all, "UTF-32 little endian", text.getBytes(Charset.forName("UTF-32LE")));
    bytes(all, "UTF-16 of one character", "a".getBytes(StandardCharsets.UTF_16BE));
    bytes(all, "Latin-1", ("doc: h\u00f6flich\n" + text).getBytes(StandardCharsets.ISO_8859_1));
    bytes(
        all, "an overlong slash", joined(text.getBytes(StandardCharsets.UTF_8), bytes(0xC0, 0xAF)));
    bytes(all, "an overlong NUL", bytes(0x61, 0xC0, 0x80, 0x0A));
    bytes(all, "a surrogate alone", bytes(0x61, 0x3A, 0x20, 0xED, 0xA0, 0x80));
    bytes(all, "a character cut off", bytes(0x61, 0x3A, 0x20, 0xE2, 0x82));
    bytes(all, "a character past Unicode", bytes(0xF4, 0x90, 0x80, 0x80));
    bytes(all, "bytes that never occur", bytes(0xFE, 0xFE, 0xFF, 0xFF));
    bytes(all, "a mark twice", bytes(0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, 0x61));
    bytes(all, "half a mark", bytes(0xEF, 0xBB));
    bytes(all, "nothing but a mark", bytes(0xEF, 0xBB, 0xBF));
    bytes(all, "a NUL", bytes(0x61, 0x3A, 0x20, 0x00, 0x0A));
    for (int c = 1; c < 0xA0; c++) {
      if (c < 0x20 ? c != '\t' && c != '\n' && c != '\r' : c > 0x7E && c != 0x85) {
        String control = Character.toString(c);
        text(all, "the control character " + c, () -> SMALL.replace("doc: A", "doc: A" + control));
      }
    }
    text(all, "a code point that is none", () -> "a: \uFFFE\uFFFF");
    bytes(all, "a gzip file", bytes(0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 3));
    bytes(all, "a jar file", bytes(0x50, 0x4B, 3, 4, 0, 0, 8, 8));
  }

  private static void yaml(Map<String, Supplier<byte[]>> all) {
    text(all, "two documents", () -> SMALL + REST + "---\n" + SMALL + REST);
    text(all, "a Java tag", () -> "a: !!javax.script.ScriptEngineManager [!!java.net.URL [x]]\n");
    text(all, "a binary tag", () -> "a: !!binary R0lGODlhDAAMAIQAAP\n");
    text(all, "a tag without a handle", () -> "a: !<tag:yaml.org,2002:int> 1\n");
    text(all, "an unknown handle", () -> "a: !x!y 1\n");
    text(all, "a directive of another version", () -> "%YAML 9.9\n---\n" + SMALL + REST);
    text(all, "a directive twice", () -> "%YAML 1.2\n%YAML 1.2\n---\na: b\n");
    text(all, "an unknown directive", () -> "%FOO bar\n---\na: b\n");
    text(all, "a merge key", () -> SMALL + "<<: *x\n" + REST);
    text(all, "a merge key that works", () -> "x: &x {a: 1}\ny: {<<: *x}\n");
    text(all, "an empty key", () -> SMALL + "\"\": 1\n" + REST);
    text(all, "a null key", () -> SMALL + "null: 1\n" + REST);
    text(all, "a number as a key", () -> SMALL + "1: 1\n" + REST);
    text(all, "a boolean as a key", () -> SMALL + "true: 1\n" + REST);
    text(all, "a list as a key", () -> SMALL + "? [a, b]\n: 1\n" + REST);
    text(all, "a map as a key", () -> SMALL + "? {a: b}\n: 1\n" + REST);
    text(all, "a key of a prototype", () -> SMALL + "__proto__: {a: b}\n" + REST);
    text(all, "an id of a prototype", () -> SMALL + "params:\n  __proto__: {}\n" + REST);
    text(all, "a key of two lines", () -> SMALL + "\"a\nb\": 1\n" + REST);
    text(all, "a key of a thousand letters", () -> SMALL + "k".repeat(1_025) + ": 1\n" + REST);
    text(all, "a tab as indentation", () -> "a:\n\tb: c\n");
    text(all, "tabs and spaces", () -> "a:\n  b: c\n\td: e\n");
    text(all, "mixed line ends", () -> "a: b\r\nc: d\re: f\n g: h\n");
    text(all, "an unclosed quote", () -> "a: \"b\nc: d\n");
    text(all, "an unclosed bracket", () -> SMALL + "x: [a, b\n" + REST);
    text(all, "an unknown escape", () -> "a: \"\\q\"\n");
    text(all, "half an escape", () -> "a: \"\\u12\"\n");
    text(all, "an escape past Unicode", () -> "a: \"\\UFFFFFFFF\"\n");
    text(all, "an escaped surrogate", () -> "a: \"\\uD800\"\n");
    text(all, "an escaped NUL", () -> SMALL.replace("doc: A", "doc: \"\\0\"") + REST);
    text(all, "a block scalar with a bad header", () -> "a: |0\n  b\n");
    text(all, "a scalar as the document", () -> "just words\n");
    text(all, "a list as the document", () -> "- a\n- b\n");
    text(all, "JSON that stops", () -> "{\"apiVersion\": \"byteport.io/v1\", \"kind\": ");
    text(all, "markup", () -> "<?xml version=\"1.0\"?><a>&b;</a>\n");
    text(all, "a script", () -> "#!/bin/sh\nrm -rf \"$HOME\"\n");
    text(all, "a conflict", () -> "<<<<<<< ours\na: b\n=======\na: c\n>>>>>>> theirs\n");
    text(all, "an empty file", () -> "");
  }

  private static void expressions(Map<String, Supplier<byte[]>> all) {
    fact(all, "an expression of a megabyte", "f and ".repeat(170_000) + "f");
    fact(all, "a text of a megabyte", "\"" + "x".repeat(1_000_000) + "\"");
    fact(all, "a pattern of a megabyte", "inputs.x ~= \"" + "a*".repeat(500_000) + "\"");
    fact(all, "a pattern that repeats repeats", "inputs.x ~= \"((a{100}){100}){100}\"");
    fact(all, "a pattern of a thousand million", "inputs.x ~= \"((a{1000}){1000}){1000}\"");
    fact(all, "a pattern that repeats often", "inputs.x ~= \"a{999999999}\"");
    fact(all, "a pattern of many repeats", "inputs.x ~= \"" + "(a{1000})".repeat(400) + "\" and 1");
    fact(
        all,
        "a pattern of deep groups",
        "inputs.x ~= \"" + "(".repeat(1_900) + ")".repeat(1_900) + "\"");
    fact(all, "a pattern that others cannot bear", "inputs.x ~= \"(a+)+(b|bb)*$\" and 1");
    fact(all, "an unclosed text", "inputs.x == \"abc");
    fact(all, "a hole without an end", "${inputs.x");
    text(
        all,
        "a hundred thousand holes",
        () -> SMALL + "summary: " + "${y} ".repeat(100_000) + "\n" + REST);
  }

  private static void numbers(Map<String, Supplier<byte[]>> all) {
    for (String number :
        new String[] {
          "1e999999999",
          "-1e999999999",
          "1e-999999999",
          "0x" + "F".repeat(500),
          "0o" + "7".repeat(500),
          "9".repeat(100_000),
          "0." + "0".repeat(100_000) + "1",
          "999999999999Gi",
          "99999999999999999999999d",
          "1e5Gi",
          "-5m",
          "100000000000000000000%",
          ".inf",
          ".nan",
          "2026-01-01",
          "2026-01-01T00:00:00Z",
          "190:20:30",
          "1_000",
          "~"
        }) {
      String name = number.length() < 40 ? number : number.substring(0, 20) + "...";
      text(
          all,
          "the confidence " + name,
          () -> SMALL + REST.replace("confidence: 0.9", "confidence: " + number));
      fact(all, "the number " + name, number + " + nowhere");
      text(
          all,
          "the default " + name,
          () -> SMALL + "params:\n  p: {type: boolean, default: " + number + "}\n" + REST);
      text(
          all,
          "the duration " + name,
          () -> SMALL + REST + "verify: {within: " + number + ", expect: {e: nowhere}}\n");
    }
  }

  private static void fact(Map<String, Supplier<byte[]>> all, String name, String expression) {
    text(
        all,
        name + " in an expression",
        () -> SMALL + "diagnose:\n  f: >-\n    " + expression + "\n" + REST);
  }

  private static void type(Map<String, Supplier<byte[]>> all, String name, String type) {
    text(all, name, () -> SMALL + "params:\n  p: {type: '" + type + "'}\n" + REST);
  }

  private static String lines(int count, String format) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(format.replace("%", Integer.toString(i)));
    }
    return text.toString();
  }

  private static void text(Map<String, Supplier<byte[]>> all, String name, Supplier<String> text) {
    all.put(name, () -> text.get().getBytes(StandardCharsets.UTF_8));
  }

  private static void bytes(Map<String, Supplier<byte[]>> all, String name, byte[] bytes) {
    all.put(name, () -> bytes);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }
}
