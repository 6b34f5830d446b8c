package io.byteport.sim.kubernetes.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Label and field selectors, as predicates over objects. */
public final class Selector {
  private static final Pattern SET =
      Pattern.compile("\\s*(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)\\s*");
  private static final Pattern EQUALITY =
      Pattern.compile("\\s*([^!=\\s]+)\\s*(==|=|!=)\\s*(\\S*)\\s*");

  private Selector() {}

  /**
   * The predicate of a {@code labelSelector}; throws IllegalArgumentException if it is malformed.
   */
  public static Predicate<JsonNode> labels(String text) {
    List<Predicate<JsonNode>> all = new ArrayList<>();
    for (String part : split(text)) {
      all.add(label(part));
    }
    return node -> all.stream().allMatch(p -> p.test(Json.at(node, "metadata", "labels")));
  }

  /**
   * The predicate of a {@code fieldSelector}; throws IllegalArgumentException if it is malformed.
   */
  public static Predicate<JsonNode> fields(String text) {
    List<Predicate<JsonNode>> all = new ArrayList<>();
    for (String part : split(text)) {
      Matcher m = EQUALITY.matcher(part);
      if (!m.matches()) {
        throw new IllegalArgumentException("invalid selector: '" + part + "'; can't understand it");
      }
      String[] path = m.group(1).split("\\.");
      boolean equal = !m.group(2).equals("!=");
      String value = m.group(3);
      all.add(node -> Json.text(node, path).equals(value) == equal);
    }
    return node -> all.stream().allMatch(p -> p.test(node));
  }

  /** The predicate of a {@code selector} object with matchLabels and matchExpressions. */
  public static Predicate<JsonNode> of(JsonNode selector) {
    List<Predicate<JsonNode>> all = new ArrayList<>();
    Json.map(selector, "matchLabels")
        .forEach((key, value) -> all.add(labels -> value.equals(Json.text(labels, key))));
    for (JsonNode expression : selector.path("matchExpressions")) {
      String key = Json.text(expression, "key");
      List<String> values = Json.texts(expression, "values");
      all.add(
          switch (Json.text(expression, "operator")) {
            case "In" -> labels -> labels.has(key) && values.contains(Json.text(labels, key));
            case "NotIn" -> labels -> !values.contains(Json.text(labels, key)) || !labels.has(key);
            case "Exists" -> labels -> labels.has(key);
            case "DoesNotExist" -> labels -> !labels.has(key);
            default -> labels -> false;
          });
    }
    return node -> all.stream().allMatch(p -> p.test(Json.at(node, "metadata", "labels")));
  }

  private static Predicate<JsonNode> label(String part) {
    Matcher set = SET.matcher(part);
    if (set.matches()) {
      String key = set.group(1);
      List<String> values = Arrays.stream(set.group(3).split(",")).map(String::trim).toList();
      return set.group(2).equals("in")
          ? labels -> labels.has(key) && values.contains(Json.text(labels, key))
          : labels -> !labels.has(key) || !values.contains(Json.text(labels, key));
    }
    Matcher equality = EQUALITY.matcher(part);
    if (equality.matches()) {
      String key = equality.group(1);
      String value = equality.group(3);
      return equality.group(2).equals("!=")
          ? labels -> !labels.has(key) || !value.equals(Json.text(labels, key))
          : labels -> labels.has(key) && value.equals(Json.text(labels, key));
    }
    String key = part.trim();
    if (!key.matches("!?[A-Za-z0-9._/-]+")) {
      throw new IllegalArgumentException("unable to parse requirement: '" + part + "'");
    }
    return key.startsWith("!")
        ? labels -> !labels.has(key.substring(1))
        : labels -> labels.has(key);
  }

  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ',';
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (i == text.length() || (c == ',' && depth == 0)) {
        if (!text.substring(start, i).isBlank()) {
          parts.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return parts;
  }
}
