package io.byteport.dsl.solve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SolverTest {
  private final Vocabulary names =
      new Vocabulary().define("killed", "n == 137 and t == \"OOMKilled\"").define("alias", "n");

  private boolean never(String text) {
    return Solver.impossible(new Encoder(names).holds(names.typed(text)));
  }

  private boolean neverFalse(String text) {
    return Solver.impossible(new Encoder(names).fails(names.typed(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '\'',
      textBlock =
          """
          n > 5 and n < 3
          n > 5 and n < 6
          n == 1 and n == 2
          n == 1 and not (n in [1, 2])
          m == null and m > 0
          m != null and m == null
          q > 1 and q <= 1
          n < m and m < n
          n < m and m <= 3 and n >= 3
          n < m and m < list[0] and list[0] < n
          n < m and n == 4 and m <= 4
          e == "red" and e == "blue"
          e != "red" and e != "green" and e != "blue"
          h != "red" and h != "green" and h != null
          e == h and e == "blue"
          f and not f
          g == true and g == false
          g != true and g != false and g != null
          t == "abc" and not (t contains "b")
          t == "abc" and t ~= "^b"
          startsWith(t, "web") and startsWith(t, "db")
          endsWith(t, ".service") and endsWith(t, ".socket")
          t ~= "^web-" and not startsWith(t, "web")
          t ~= "^(red|green)$" and t == "blue"
          t ~= "a.c" and not (t ~= "a.c")
          t ~= params.pattern and not (t ~= params.pattern)
          s contains "x" and s == null
          d > 5m and d < 300s
          size > 1Gi and size < 1024Mi
          used >= 80% and used < 80%
          count(list) < 0
          count(list) > 0 and count(list) < 1
          count(list, $ > 3) == 0 and count(list, $ > 3) > 0
          params.few > 3
          params.few == 0
          killed and n == 1
          killed and not (n == 137 and t == "OOMKilled")
          alias > 3 and n < 2
          any(list, $ > 3) and not any(list, $ > 3)
          n + 1 > 3 and n + 1 < 2
          node == null and node.ready == true
          node.pods > 0 and node == null
          n in [] or m in []
          n < n or n != n
          maybe == null and count(maybe) > 0
          (n > 3) == (n > 3) and (n > 3) == true and n == 2
          """)
  void what_contradicts_itself_never_holds(String text) {
    assertThat(never(text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '\'',
      textBlock =
          """
          n > 5 and n < 7
          q > 5 and q < 6
          n > 5 and m < 3
          n < m and m < list[0]
          m == null or m > 0
          not (m > 0) and not (m <= 0)
          not (r < q) and not (r >= q)
          h != "red" and h != "green"
          e == h and e == "red"
          t ~= "a.c" and t contains "ad"
          startsWith(t, "web") and startsWith(t, "web-1")
          startsWith(t, "web") and endsWith(t, "1") and t contains "x"
          t ~= "^web" and t != "web"
          t ~= "(?i)oom|killed" and not (t contains "oom")
          lower(t) == "a" and t == "A"
          n + 1 > 3 and n < 2
          n * 2 == 3
          count(list) > 0 and any(list, $ > 3)
          params.few == 3
          params.on
          age(at) > 1h and age(at) < 2h
          node == null and not (node.ready == true)
          size == 1Gi and used > 120%
          labels["a"] == "b" and labels["b"] == null
          """)
  void what_may_hold_is_not_called_impossible(String text) {
    assertThat(never(text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '\'',
      textBlock =
          """
          n > 3 or n <= 3
          count(list) >= 0
          params.few >= 1
          f or not f
          e in ["red", "green", "blue"]
          n != 1 or n != 2
          n <= n
          true or n > 3
          t ~= "a.c" or not (t ~= "a.c")
          """)
  void what_says_nothing_is_never_false(String text) {
    assertThat(neverFalse(text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '\'',
      textBlock =
          """
          m > 3 or m <= 3
          m <= m
          not (m != m)
          count(maybe) >= 0
          h in ["red", "green"]
          q < 3 or q > 3
          n > m or n <= m
          """)
  void null_makes_a_comparison_false(String text) {
    assertThat(neverFalse(text)).isFalse();
  }

  @Test
  void an_undecided_condition_is_neither_true_nor_false_but_does_not_hold() {
    Encoder encoder = new Encoder(names);
    Formula always = encoder.fails(names.typed("n <= n"));
    assertThat(Solver.impossible(always)).isTrue();
    assertThat(Solver.impossible(encoder.doesNotHold(names.typed("count(list) >= 0")))).isFalse();
    assertThat(
            Solver.impossible(
                List.of(
                    encoder.holds(names.typed("n > 5")),
                    encoder.doesNotHold(names.typed("n > 3")))))
        .isTrue();
    assertThat(
            Solver.impossible(
                List.of(
                    encoder.holds(names.typed("n > 5 or q > 1")),
                    encoder.doesNotHold(names.typed("n > 3 or q > 0")))))
        .isTrue();
  }

  @Test
  void what_moves_is_the_same_only_at_one_moment() {
    Formula young = new Encoder(names, "early").holds(names.typed("age(at) < 1m"));
    Formula old = new Encoder(names, "late").fails(names.typed("age(at) < 1m"));
    assertThat(Solver.impossible(List.of(young, old))).isFalse();
    Formula still = new Encoder(names, "late").fails(names.typed("n == 1"));
    Formula one = new Encoder(names, "early").holds(names.typed("n == 1"));
    assertThat(Solver.impossible(List.of(one, still))).isTrue();
  }

  @Test
  void an_example_is_shown_as_people_write_it() {
    Formula formula =
        new Encoder(names)
            .holds(
                names.typed(
                    "n > 5 and t ~= \"^web-[0-9]+$\" and d > 10m and used >= 85% and size > 1Gi"));
    assertThat(Solver.solve(List.of(formula)))
        .isInstanceOfSatisfying(
            Solver.Possible.class,
            possible ->
                assertThat(possible.facts().orElseThrow().shown())
                    .isEqualTo(
                        "`n == 6`, `t == \"web-0\"`, `d == 10m1s`, `used == 85%` and"
                            + " `size == 1025Mi`"));
  }

  @Test
  void what_takes_too_long_is_given_up_rather_than_guessed() {
    StringBuilder pigeons = new StringBuilder("true");
    for (int i = 0; i < 9; i++) {
      StringBuilder holes = new StringBuilder("false");
      for (int j = 0; j < 8; j++) {
        holes.append(" or (list[").append(i).append("] == ").append(j).append(')');
      }
      pigeons.append(" and (").append(holes).append(')');
      for (int k = 0; k < i; k++) {
        pigeons.append(" and list[").append(k).append("] != list[").append(i).append(']');
      }
    }
    assertThat(Solver.solve(List.of(new Encoder(names).holds(names.typed(pigeons.toString())))))
        .isNotInstanceOf(Solver.Impossible.class);
  }
}
