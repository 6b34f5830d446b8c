package io.byteport.dsl.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.fuzz.ManyTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Quantities never mix: of every operator between any two types exactly those uses are allowed that
 * the tables below name, which are written from the language and not from the checker.
 */
class MixingTest {
  /** i integer, n number, d duration, s size, p percent, t instant. */
  private static final Map<String, String> ARITHMETIC = arithmetic();

  /** Types that have an order, each only with its own kind. */
  private static final Set<String> ORDERED = Set.of("i", "n", "d", "s", "p", "t");

  /** A record's fields may be read as a map, so the two can be equal. */
  private static final Set<String> STRUCTURES = Set.of("m", "o");

  private static final Set<String> TEXTS = Set.of("x", "e", "r", "path", "host");

  private static Map<String, String> arithmetic() {
    Map<String, String> allowed = new HashMap<>();
    for (String line :
        """
        i + i = integer | i + n = number | n + i = number | n + n = number
        i - i = integer | i - n = number | n - i = number | n - n = number
        i * i = integer | i * n = number | n * i = number | n * n = number
        i / i = number  | i / n = number | n / i = number | n / n = number
        d + d = duration | d - d = duration | d / d = number
        s + s = size | s - s = size | s / s = number
        p + p = percent | p - p = percent | p / p = number
        d * i = duration | d * n = duration | i * d = duration | n * d = duration
        s * i = size | s * n = size | i * s = size | n * s = size
        p * i = percent | p * n = percent | i * p = percent | n * p = percent
        d / i = duration | d / n = duration | s / i = size | s / n = size | p / i = percent | p / n = percent
        d * p = duration | p * d = duration | s * p = size | p * s = size | d / p = duration | s / p = size
        t - t = duration | t + d = instant | d + t = instant | t - d = instant
        """
            .split("[|\\n]")) {
      String[] sides = line.split("=");
      allowed.put(sides[0].strip(), sides[1].strip());
    }
    return allowed;
  }

  private static Checked<TypedExpr> check(String text) {
    return Sources.check(text, ManyTypes.SCOPE, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+", "-", "*", "/"})
  void arithmetic_takes_what_the_table_names_and_nothing_else(String operator) {
    Map<String, String> found = new TreeMap<>();
    Map<String, String> expected = new TreeMap<>();
    for (String left : ManyTypes.NAMES.keySet()) {
      for (String right : ManyTypes.NAMES.keySet()) {
        String text = left + " " + operator + " " + right;
        expected.put(text, ARITHMETIC.getOrDefault(text, "refused"));
        found.put(
            text, check(text).value().map(typed -> typed.type().toString()).orElse("refused"));
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<", "<=", ">", ">="})
  void order_is_asked_only_of_one_kind(String operator) {
    everyPair(operator, (left, right) -> ORDERED.contains(left) && sameKind(left, right));
  }

  @ParameterizedTest
  @ValueSource(strings = {"==", "!="})
  void equality_is_asked_only_of_one_kind(String operator) {
    everyPair(
        operator,
        (left, right) ->
            !left.equals("j")
                && !right.equals("j")
                && (sameKind(left, right) || STRUCTURES.containsAll(List.of(left, right))));
  }

  /** Of a list the second argument is what to take of each element. */
  @ParameterizedTest
  @ValueSource(strings = {"min", "max"})
  void the_largest_and_smallest_are_taken_of_one_kind(String function) {
    compare(
        (left, right) ->
            ORDERED.contains(right) && (sameKind(left, right) || List.of("l", "h").contains(left)),
        (left, right) -> function + "(" + left + ", " + right + ")");
  }

  @Test
  void any_json_is_refused_by_every_operator_until_it_is_converted() {
    for (String operator :
        List.of("+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=", "~=", "in", "contains")) {
      for (String name : ManyTypes.NAMES.keySet()) {
        refused("j " + operator + " " + name);
        refused(name + " " + operator + " j");
      }
    }
    refused("j and b");
    refused("not j");
    refused("-j");
    refused("any(j, true)");
    refused("j.a.b == 3");
    assertThat(check("number(j.a) + 1 > 2 and text(j.b) == \"x\"").hasErrors()).isFalse();
  }

  private static void refused(String text) {
    assertThat(check(text).hasErrors()).as(text).isTrue();
  }

  private interface Allowed {
    boolean test(String left, String right);
  }

  private static void everyPair(String operator, Allowed allowed) {
    compare(allowed, (left, right) -> left + " " + operator + " " + right);
  }

  private interface Written {
    String of(String left, String right);
  }

  private static void compare(Allowed allowed, Written written) {
    List<String> wrong = new ArrayList<>();
    for (String left : ManyTypes.NAMES.keySet()) {
      for (String right : ManyTypes.NAMES.keySet()) {
        String text = written.of(left, right);
        boolean taken = !check(text).hasErrors();
        if (taken != allowed.test(left, right)) {
          wrong.add(text + (taken ? " is taken" : " is refused"));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean sameKind(String left, String right) {
    return left.equals(right) || (kind(left) != 0 && kind(left) == kind(right));
  }

  private static int kind(String name) {
    return name.equals("i") || name.equals("n") ? 1 : TEXTS.contains(name) ? 2 : 0;
  }

  /** Both what was expected and what was found are named, the types of both sides included. */
  @Test
  void a_refusal_names_both_types() {
    List<String> silent = new ArrayList<>();
    for (String operator : List.of("+", "-", "*", "/", "<", "==", "in", "~=")) {
      for (String left : ORDERED) {
        for (String right : ManyTypes.NAMES.keySet()) {
          String text = left + " " + operator + " " + right;
          for (Diagnostic refusal : check(text).diagnostics()) {
            String said = refusal.message() + " " + refusal.hint();
            String types =
                List.of(left, right).stream()
                    .map(name -> ManyTypes.NAMES.get(name).toString())
                    .filter(type -> said.contains(type))
                    .collect(Collectors.joining());
            if (!said.contains("expected") || !said.contains("found") || types.isEmpty()) {
              silent.add(text + ": " + said);
            }
          }
        }
      }
    }
    assertThat(silent).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ceil(d)",
        "floor(s)",
        "round(p)",
        "pow(d, 2)",
        "pow(2, s)",
        "seconds(n)",
        "days(s)",
        "age(d)",
        "age(n)",
        "share(s, n)",
        "share(d, s)",
        "sum([1, 5m])",
        "coalesce(i0, d)",
        "coalesce(p0, n)",
        "max([s, p])",
        "l contains d",
        "d in l",
        "increase(i, n)",
        "rate(p, s)",
        "take(l, d)",
        "quantile(h, p)",
        "stamp(d)",
        "sum(l, d) + 1",
        "join(l, i)"
      })
  void functions_take_no_other_quantity_than_theirs(String text) {
    assertThat(check(text).hasErrors()).as(text).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x ~= \"(a\"",
        "matches(x, \"[\")",
        "x ~= \"a{2001}\"",
        "x ~= \"(?<=a)b\"",
        "x ~= \"\\\\1\""
      })
  void a_pattern_is_compiled_when_it_is_read(String text) {
    assertThat(check(text).diagnostics())
        .extracting(found -> found.code().name())
        .containsExactly("EXPR_BAD_REGEX");
  }
}
