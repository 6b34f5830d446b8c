package io.byteport.dsl.solve;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.byteport.dsl.solve.Constraint.Among;
import io.byteport.dsl.solve.Constraint.Like;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Regular expressions as questions that can be reasoned about: alternatives of literal texts, with
 * or without anchors, become comparisons; any other is kept whole.
 */
final class Patterns {
  private static final String META = ".*+?()[]{}|^$";

  private Patterns() {}

  /** The verdicts of a pattern. */
  record Verdicts(Formula holds, Formula fails) {}

  /**
   * @param whole whether the pattern must fit the whole text
   */
  static Verdicts of(Term text, String pattern, boolean whole) {
    Optional<List<Alternative>> literals = alternatives(pattern);
    if (literals.isPresent()) {
      return literal(text, literals.get(), whole);
    }
    try {
      return like(text, new TextTest.Fits(Pattern.compile(pattern), whole));
    } catch (PatternSyntaxException e) {
      return like(text, new TextTest.Symbolic(pattern));
    }
  }

  static Verdicts like(Term text, TextTest test) {
    return new Verdicts(
        Formula.is(new Like(text, test, true, false)),
        Formula.is(new Like(text, test, false, true)));
  }

  private static Verdicts literal(Term text, List<Alternative> alternatives, boolean whole) {
    List<Formula> holds = new ArrayList<>();
    List<Formula> fails = new ArrayList<>();
    Set<Object> words = new LinkedHashSet<>();
    for (Alternative one : alternatives) {
      boolean begins = one.begins || whole;
      boolean ends = one.ends || whole;
      if (begins && ends) {
        words.add(one.text);
      } else {
        Verdicts verdicts =
            like(
                text,
                begins
                    ? new TextTest.Begins(one.text)
                    : ends ? new TextTest.Ends(one.text) : new TextTest.Contains(one.text));
        holds.add(verdicts.holds);
        fails.add(verdicts.fails);
      }
    }
    if (!words.isEmpty()) {
      holds.add(Formula.is(new Among(text, words, true, false)));
      fails.add(Formula.is(new Among(text, words, false, true)));
    }
    return new Verdicts(Formula.any(holds), Formula.all(fails));
  }

  /** A literal text and whether it must stand at the ends. */
  private record Alternative(String text, boolean begins, boolean ends) {}

  private static Optional<List<Alternative>> alternatives(String pattern) {
    String inner = grouped(pattern);
    boolean around = !inner.equals(pattern);
    List<Alternative> found = new ArrayList<>();
    for (String part : split(inner)) {
      boolean begins = part.startsWith("^");
      String rest = begins ? part.substring(1) : part;
      boolean ends = rest.endsWith("$") && !escaped(rest, rest.length() - 1);
      rest = ends ? rest.substring(0, rest.length() - 1) : rest;
      Optional<String> literal = literal(rest);
      if (literal.isEmpty() || literal.get().isEmpty()) {
        return Optional.empty();
      }
      found.add(new Alternative(literal.get(), begins || around, ends || around));
    }
    return Optional.of(found);
  }

  /** What stands in a group that is anchored at both ends; else the pattern itself. */
  private static String grouped(String pattern) {
    for (String start : List.of("^(?:", "^(")) {
      if (pattern.startsWith(start)
          && pattern.endsWith(")$")
          && pattern.length() > start.length() + 2) {
        String inner = pattern.substring(start.length(), pattern.length() - 2);
        boolean plain = inner.chars().noneMatch(c -> "()^$?".indexOf(c) >= 0);
        if (plain && !inner.endsWith("\\")) {
          return inner;
        }
      }
    }
    return pattern;
  }

  /** At each bar that is not escaped; where a group or class holds one, no part is literal. */
  private static List<String> split(String pattern) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '|' && !escaped(pattern, i)) {
        parts.add(pattern.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(pattern.substring(start));
    return parts;
  }

  private static boolean escaped(String text, int index) {
    int slashes = 0;
    for (int i = index - 1; i >= 0 && text.charAt(i) == '\\'; i--) {
      slashes++;
    }
    return slashes % 2 == 1;
  }

  private static Optional<String> literal(String pattern) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        i++;
        if (i == pattern.length() || Character.isLetterOrDigit(pattern.charAt(i))) {
          return Optional.empty();
        }
        text.append(pattern.charAt(i));
      } else if (META.indexOf(c) >= 0) {
        return Optional.empty();
      } else {
        text.append(c);
      }
    }
    return Optional.of(text.toString());
  }
}
