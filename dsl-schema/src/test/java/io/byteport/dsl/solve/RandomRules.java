package io.byteport.dsl.solve;

import io.byteport.dsl.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Conditions over a few facts, and every case of those facts that can make a difference. */
final class RandomRules {
  /** The values that stand for all others: those in conditions, those between them, and beyond. */
  private static final Map<String, List<Value>> CASES = cases();

  private static final List<String> NAMES = List.copyOf(CASES.keySet());
  private static final List<String> OPERATORS = List.of("<", "<=", ">", ">=", "==", "!=");
  private static final List<String> TEXTS = List.of("a", "b", "ab", "abc");

  private final Random random;
  private final List<String> facts = new ArrayList<>();

  RandomRules(long seed) {
    random = new Random(seed);
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    facts.addAll(names.subList(0, 1 + random.nextInt(3)));
  }

  private static Map<String, List<Value>> cases() {
    Map<String, List<Value>> cases = new LinkedHashMap<>();
    cases.put("n", numbers(-1, 0, 1, 2, 3, 4));
    cases.put("m", withNull(numbers(-1, 0, 1, 2, 3, 4)));
    cases.put("q", numbers(-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 4));
    cases.put("r", withNull(numbers(-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 4)));
    cases.put("s", withNull(texts("", "a", "b", "ab", "abc", "xa", "cb")));
    cases.put("t", texts("", "a", "b", "ab", "abc", "xa", "cb"));
    cases.put("e", texts("red", "green", "blue"));
    cases.put("h", withNull(texts("red", "green")));
    cases.put("f", List.of(Value.TRUE, Value.FALSE));
    cases.put("g", withNull(List.of(Value.TRUE, Value.FALSE)));
    cases.put("list", List.of(list(0), list(1), list(2), list(3), list(4)));
    cases.put("maybe", withNull(List.of(list(0), list(1), list(2), list(3))));
    return cases;
  }

  private static Value list(int size) {
    return Value.of(Collections.nCopies(size, Value.of(1.0)));
  }

  private static List<Value> numbers(double... numbers) {
    List<Value> values = new ArrayList<>();
    for (double number : numbers) {
      values.add(Value.of(number));
    }
    return values;
  }

  private static List<Value> texts(String... texts) {
    List<Value> values = new ArrayList<>();
    for (String text : texts) {
      values.add(Value.of(text));
    }
    return values;
  }

  private static List<Value> withNull(List<Value> values) {
    List<Value> more = new ArrayList<>(values);
    more.add(Value.NULL);
    return more;
  }

  /** The facts that conditions ask about. */
  List<String> facts() {
    return facts;
  }

  /** All cases of a fact but that it is unavailable. */
  List<Value> cases(String fact) {
    return CASES.getOrDefault(fact, List.of());
  }

  List<String> conditions() {
    List<String> conditions = new ArrayList<>();
    int rules = 2 + random.nextInt(3);
    for (int i = 0; i < rules; i++) {
      conditions.add(condition(2));
    }
    return conditions;
  }

  /** Whether a condition asks for a pattern that the solver does not look into. */
  static boolean isOpen(String condition) {
    return condition.contains("a.c") || condition.contains("[ab]+");
  }

  private String condition(int depth) {
    int kind = depth == 0 ? 9 : random.nextInt(10);
    return switch (kind) {
      case 0, 1, 2 -> "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")";
      case 3, 4 -> "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")";
      case 5 -> "not (" + condition(depth - 1) + ")";
      default -> atom(pick(facts));
    };
  }

  private String atom(String fact) {
    return switch (fact) {
      case "n", "m", "q", "r" -> number(fact);
      case "s", "t" -> text(fact);
      case "e", "h" -> word(fact);
      case "f" -> random.nextBoolean() ? "f" : "f == " + random.nextBoolean();
      case "g" ->
          random.nextBoolean()
              ? "coalesce(g, " + random.nextBoolean() + ")"
              : "g " + equality() + " " + pick(List.of("true", "false", "null"));
      case "list" -> "count(list) " + pick(OPERATORS) + " " + random.nextInt(4);
      default -> "count(maybe) " + pick(OPERATORS) + " " + random.nextInt(3);
    };
  }

  private String number(String fact) {
    List<String> others =
        facts.stream().filter(other -> "nmqr".contains(other) && !other.equals(fact)).toList();
    return switch (random.nextInt(8)) {
      case 0 -> fact + " in [" + random.nextInt(4) + ", " + random.nextInt(4) + "]";
      case 1 ->
          "mr".contains(fact)
              ? fact + " " + equality() + " null"
              : random.nextInt(4) + " " + pick(OPERATORS) + " " + fact;
      case 2, 3, 4 ->
          others.isEmpty()
              ? fact + " " + pick(OPERATORS) + " " + random.nextInt(4)
              : fact + " " + pick(OPERATORS) + " " + pick(others);
      default -> fact + " " + pick(OPERATORS) + " " + random.nextInt(4);
    };
  }

  private String text(String fact) {
    String other = fact.equals("s") ? "t" : "s";
    return switch (random.nextInt(9)) {
      case 0 -> fact + " contains " + quoted(pick(TEXTS));
      case 1 -> fact + " ~= " + quoted(pick(List.of("^a", "b$", "^ab$", "a|cb", "^(a|b)$", "a.c")));
      case 2 -> fact.equals("t") ? "startsWith(t, " + quoted(pick(TEXTS)) + ")" : "s == null";
      case 3 -> fact.equals("t") ? "endsWith(t, " + quoted(pick(TEXTS)) + ")" : "s != null";
      case 4 -> fact + " in [" + quoted(pick(TEXTS)) + ", " + quoted(pick(TEXTS)) + "]";
      case 5 ->
          facts.contains(other) ? "s " + equality() + " t" : fact + " == " + quoted(pick(TEXTS));
      case 6 -> fact.equals("t") ? "matches(t, \"[ab]+\")" : "s ~= \"c\"";
      default -> fact + " " + equality() + " " + quoted(pick(TEXTS));
    };
  }

  private String word(String fact) {
    String word = quoted(pick(List.of("red", "green")));
    if (random.nextInt(4) == 0) {
      return fact + " in [\"red\", \"green\"]";
    }
    return random.nextInt(3) == 0 && facts.contains("e") && facts.contains("h")
        ? "e " + equality() + " h"
        : fact + " " + equality() + " " + word;
  }

  private String equality() {
    return random.nextBoolean() ? "==" : "!=";
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
