package io.byteport.lsp.live;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.lsp.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the program said about one incident, place by place.
 *
 * @param texts that it was said about
 * @param said in the order of the account
 * @param decision the class with its confidence, in words
 */
record Explanation(Texts texts, List<Said> said, String decision) {
  private static final int LONGEST = 40;

  Explanation {
    said = List.copyOf(said);
  }

  /**
   * What is shown behind one place of a file.
   *
   * @param label short, such as {@code = 91%}
   * @param detail the same at length
   */
  record Said(Path file, Span span, String label, String detail) {}

  /**
   * Reads what {@code byteport explain -o json} prints.
   *
   * @param folder in which it was asked, by which it shortens paths
   */
  static Explanation of(JsonNode account, Path folder, Texts texts) {
    Set<Said> said = new LinkedHashSet<>();
    for (JsonNode fact : account.path("facts")) {
      String missing = fact.path("unavailable").asString("");
      String value = fact.path("shown").asString("");
      String label = missing.isEmpty() ? "= " + cut(value) : "? " + cut(missing);
      String detail = missing.isEmpty() ? value : "could not be read: " + missing;
      for (JsonNode place : fact.path("places")) {
        said.add(said(folder, place, label, fact.path("fact").asString("") + ": " + detail));
      }
    }
    for (JsonNode rule : account.path("rules")) {
      rule(folder, rule, said);
    }
    JsonNode decision = account.path("decision");
    String words =
        decision.isObject()
            ? decision.path("class").asString("unknown")
                + " "
                + number(decision.path("confidence").asDouble(0))
            : "nothing was decided";
    return new Explanation(texts, new ArrayList<>(said), words);
  }

  private static void rule(Path folder, JsonNode rule, Set<Said> said) {
    String verdict = rule.path("verdict").asString("");
    String label =
        mark(verdict)
            + (verdict.equals("yes") ? " " + number(rule.path("confidence").asDouble(0)) : "")
            + (rule.path("inQuestion").asBoolean(true) ? "" : " (comes later)");
    if (rule.path("place").isObject()) {
      said.add(said(folder, rule.path("place"), label, because(rule, verdict)));
    }
    term(folder, rule.path("term"), said);
  }

  private static String because(JsonNode rule, String verdict) {
    String because = rule.path("because").asString("");
    String name = rule.path("class").asString("");
    return name + ": " + verdict + (because.isEmpty() ? "" : ", " + because);
  }

  private static void term(Path folder, JsonNode term, Set<Said> said) {
    String verdict = term.path("verdict").asString("");
    String value = term.path("value").asString("");
    String reasons = reasons(term);
    boolean condition = !verdict.isEmpty();
    String label =
        condition ? mark(verdict) : value.isEmpty() ? "? " + cut(reasons) : "= " + cut(value);
    String detail =
        term.path("text").asString("")
            + ": "
            + (condition ? verdict : value)
            + (reasons.isEmpty() ? "" : (condition ? ", " : "") + reasons);
    boolean joined = List.of("all", "any").contains(term.path("kind").asString(""));
    if (!joined) {
      for (JsonNode place : term.path("places")) {
        said.add(said(folder, place, label, detail));
      }
    }
    term.path("parts").forEach(part -> term(folder, part, said));
  }

  private static String reasons(JsonNode term) {
    List<String> reasons = new ArrayList<>();
    for (JsonNode cause : term.path("undecided")) {
      reasons.add(cause.path("name").asString("") + " " + cause.path("reason").asString(""));
    }
    return String.join("; ", reasons);
  }

  private static Said said(Path folder, JsonNode place, String label, String detail) {
    int start = Math.max(0, place.path("start").asInt(0));
    Span span = new Span(start, Math.max(start, place.path("end").asInt(start)));
    Path file = folder.resolve(place.path("file").asString("")).toAbsolutePath().normalize();
    return new Said(file, span, label, detail);
  }

  private static String mark(String verdict) {
    return switch (verdict) {
      case "yes" -> "✓";
      case "no" -> "✗";
      default -> "?";
    };
  }

  private static String number(double confidence) {
    return String.format(Locale.ROOT, "%.2f", confidence);
  }

  private static String cut(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.codePointCount(0, line.length()) <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }

  /** The text of a file as it was explained. */
  Optional<SourceFile> text(Path file) {
    return texts.file(file);
  }
}
