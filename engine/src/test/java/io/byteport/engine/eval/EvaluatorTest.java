package io.byteport.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.expr.Functions;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.expr.TypedExpr.RootKind;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {

  private static final RecordType POD =
      new RecordType("Pod")
          .complete(
              fields(
                  "namespace",
                  Scalar.STRING,
                  "name",
                  Scalar.STRING,
                  "restarts",
                  Scalar.INTEGER,
                  "limit",
                  Scalar.SIZE.orNull()),
              List.of(),
              List.of("namespace", "name"));

  private static Map<String, Type> fields(Object... fields) {
    Map<String, Type> types = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      types.put((String) fields[i], (Type) fields[i + 1]);
    }
    return types;
  }

  private static Value pod(String name, int restarts, Value limit) {
    return Value.of(
        Map.of(
            "namespace",
            Value.of("prod"),
            "name",
            Value.of(name),
            "restarts",
            Value.of(restarts),
            "limit",
            limit));
  }

  private static Value size(long bytes) {
    return Value.of(new DataSize(bytes));
  }

  private static Typed names() {
    return new Typed()
        .fact("yes", Scalar.BOOLEAN, Value.TRUE)
        .fact("no", Scalar.BOOLEAN, Value.FALSE)
        .unavailable("dunno", Scalar.BOOLEAN, "no ssh")
        .unavailable("gone", Scalar.NUMBER, "timeout")
        .fact("none", Scalar.NUMBER.orNull(), Value.NULL)
        .fact("nil", Scalar.STRING.orNull(), Value.NULL)
        .fact("five", Scalar.INTEGER, Value.of(5))
        .fact("zero", Scalar.INTEGER, Value.of(0))
        .fact("used", Scalar.PERCENT, Value.of(new Percent(83.4)))
        .fact("ten", Scalar.STRING, Value.of("10"))
        .fact("word", Scalar.STRING, Value.of("5"))
        .fact("pod", POD, pod("web-1", 7, Value.NULL))
        .fact("other", POD, pod("web-1", 9, size(1)))
        .fact("lost", POD.orNull(), Value.NULL)
        .unavailable("unread", POD, "connection refused")
        .fact(
            "pods",
            new ListType(POD),
            Value.of(
                List.of(
                    pod("a", 1, size(1L << 30)),
                    pod("b", 5, Value.NULL),
                    pod("c", 3, size(1L << 20)))))
        .fact("empty", new ListType(POD), Value.of(List.of()))
        .fact("nothing", new ListType(POD).orNull(), Value.NULL)
        .fact("labels", new MapType(Scalar.STRING), Value.of(Map.of("team", Value.of("dba"))))
        .fact(
            "json",
            Special.ANY,
            Value.of(Map.of("state", Value.of("OK"), "value", Value.of("12.5"), "n", Value.of(3))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          yes and yes      | true
          yes and no       | false
          yes and dunno    | undecided (dunno: no ssh)
          no and dunno     | false
          dunno and no     | false
          dunno and dunno  | undecided (dunno: no ssh)
          no or no         | false
          no or dunno      | undecided (dunno: no ssh)
          dunno or yes     | true
          yes or dunno     | true
          dunno or no      | undecided (dunno: no ssh)
          not dunno        | undecided (dunno: no ssh)
          not yes          | false
          dunno or gone > 3 | undecided (dunno: no ssh; gone: timeout)
          dunno and gone > 3 and no | false
          """)
  void the_skeleton_is_kleenes(String text, String verdict) {
    assertThat(names().verdict(text)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          none == null               | true
          none != null               | false
          five == null               | false
          null == null               | true
          gone == null               | undecided (gone: timeout)
          none == 5                  | false
          none != 5                  | true
          none == none               | false
          none != none               | true
          none < 5                   | false
          none >= 5                  | false
          not (none >= 5)            | true
          none < gone                | undecided (gone: timeout)
          none + 1 == 1              | undecided (none: is null)
          -none                      | undecided (none: is null)
          none + gone                | undecided (none: is null; gone: timeout)
          nil ~= "x"                 | false
          nil in ["a"]               | false
          "a" in [nil, "a"]          | true
          nil contains "a"           | false
          lost.name                  | -
          lost.name == "web-1"       | false
          lost.restarts + 1          | undecided (lost.restarts: is null)
          unread.name                | undecided (unread: connection refused)
          unread.name == null        | undecided (unread: connection refused)
          unread == lost             | undecided (unread: connection refused)
          pod.limit > 1Gi            | false
          labels["team"]             | dba
          labels["owner"]            | -
          pods[0].name               | a
          pods[9].name               | -
          pods[-1]                   | -
          coalesce(none, five, gone) | 5
          coalesce(none, gone, five) | undecided (gone: timeout)
          coalesce(none, none)       | -
          lower(nil)                 | -
          max(none, five)            | 5
          max(none, none)            | -
          max(five, gone)            | undecided (gone: timeout)
          any(nothing, $.restarts > 1) == true | false
          count(nothing)             | -
          share(five, zero)          | undecided (share(five, zero): divides by zero)
          five / zero                | undecided (five / zero: divides by zero)
          1 / (1 / (five - 5))       | undecided (1 / (five - 5): divides by zero)
          five / zero > 3 or yes     | true
          pow(10, 400)               | undecided (pow(10, 400): is out of range)
          9000000000000000 * 1000000000000000 * 9000000000000000 * pow(10, 300) | undecided (9000000000000000 * 1000000000000000 * 9000000000000000 * pow(10, 300): is out of range)
          1Pi * 100000               | undecided (1Pi * 100000: is out of range)
          """)
  void null_is_known_and_unavailable_is_not(String text, String verdict) {
    assertThat(names().verdict(text)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          7 < 16 - 5                 | true
          2 < 3 * five               | true
          9 >= 5 - five              | true
          five / 2                   | 2.5
          1 / 2                      | 0.5
          2 + 3 * 4 - 6 / 2          | 11
          -(five - 8) * 2            | 6
          0.1 + 0.2                  | 0.3
          zero * -1 == 0             | true
          zero * -1 in [0]           | true
          map([0], $ * -1) == [0]    | true
          0% * -1 == 0%              | true
          0.1 + 0.2 == 0.3           | false
          word == "5"                | true
          word == "5.0"              | false
          ten == "1e1"               | false
          ten == "10"                | true
          "10.0" == ten              | false
          word in ["5.0", "05"]      | false
          5 in [5.0, 6]              | true
          now - 5m                   | 2026-11-21T02:55:00Z
          now - (now - 90s)          | 1m30s
          (now - 1h) + 30m == now - 30m | true
          90m / 1h                   | 1.5
          1h * 50%                   | 30m
          1Gi * 75%                  | 768Mi
          1Gi / 50%                  | 2Gi
          512Mi / 1Gi                | 0.5
          used / 2                   | 41.7%
          used - 80% > 3%            | true
          80% / 40%                  | 2
          1Gi - 2Gi                  | -1Gi
          pod == other               | true
          pod != other               | false
          pod in pods                | false
          pods contains first(pods)  | true
          [1, 2] == [1, 2]           | true
          [1, 2] == [2, 1]           | false
          [ten, "a"] == ["10,a"]     | false
          [ten, "a"] == ["10", "a"]  | true
          labels contains "team"     | true
          labels contains "dba"      | false
          "abc" contains "b"         | true
          "a.c" ~= "^a\\\\.c$"         | true
          any(pods, $.restarts > 4)  | true
          all(pods, $.restarts > 4)  | false
          count(pods, $.limit == null) | 1
          map(pods, $.name)          | a, b, c
          map(pods, $.limit)         | 1Gi, -, 1Mi
          max(pods, $.limit)         | 1Gi
          min(pods, $.limit)         | 1Mi
          max(empty, $.limit)        | -
          sum(empty, $.restarts)     | 0
          sum(pods, $.restarts)      | 9
          first(pods, $.restarts > 2) | prod/b
          last(pods, $.restarts > 2).name | c
          filter(pods, any(pods, $.name == "a") and $.restarts < 4) | prod/a, prod/c
          text(json.state) == "OK"   | true
          number(json.value) * 2     | 25
          number(json.n)             | 3
          number(json.state)         | undecided (number(json.state): is not a number)
          number(json.none)          | -
          time("yesterday")          | undecided (time("yesterday"): is not an instant)
          time(1795230000) == now    | true
          time("1795230000000") == now | true
          days(47h59m)               | 1
          seconds(-1500ms)           | -2
          round(-2.5)                | -2
          age(now - 90s)             | 1m30s
          """)
  void values_come_out_as_people_would_compute_them(String text, String verdict) {
    assertThat(names().verdict(text)).isEqualTo(verdict);
  }

  @Test
  void a_condition_that_is_undecided_for_one_element_decides_nothing_unless_others_do() {
    Typed names =
        names()
            .fact(
                "rows",
                new ListType(RecordType.of("Row", fields("n", Scalar.NUMBER.orNull()))),
                Value.of(
                    List.of(
                        Value.of(Map.of("n", Value.NULL)), Value.of(Map.of("n", Value.of(9))))));
    assertThat(names.verdict("any(rows, $.n + 1 > 3)")).isEqualTo("true");
    assertThat(names.verdict("any(rows, $.n + 1 > 30)")).isEqualTo("undecided ($.n: is null)");
    assertThat(names.verdict("all(rows, $.n + 1 > 30)")).isEqualTo("false");
    assertThat(names.verdict("count(rows, $.n + 1 > 3)")).startsWith("undecided");
    assertThat(names.verdict("last(rows, $.n + 1 > 3).n")).isEqualTo("9");
    assertThat(names.verdict("first(rows, $.n + 1 > 3).n")).startsWith("undecided");
    assertThat(names.verdict("count(rows, $.n > 3)")).isEqualTo("1");
  }

  @Test
  void every_example_of_the_library_is_true() {
    Typed names =
        new Typed()
            .fact("restarts", Scalar.INTEGER, Value.of(7))
            .sample("2026-11-21T02:49:00Z", Map.of("restarts", Evaluation.of(Value.of(2))));
    Functions.all()
        .forEach(
            function ->
                function
                    .examples()
                    .forEach(
                        example ->
                            assertThat(names.verdict(example.expression()))
                                .as(example.expression())
                                .isEqualTo(example.result())));
  }

  @Test
  void what_is_typed_is_also_implemented() {
    assertThat(new TreeSet<>(new Library().names())).isEqualTo(new TreeSet<>(Functions.names()));
  }

  @Test
  void an_increase_is_undecided_until_it_was_watched_for_the_whole_window() {
    Typed names =
        new Typed()
            .fact("restarts", Scalar.INTEGER, Value.of(3))
            .sample("2026-11-21T02:52:00Z", Map.of("restarts", Evaluation.of(Value.of(1))));
    assertThat(names.verdict("increase(restarts, 10m)"))
        .isEqualTo("undecided (increase(restarts, 10m): has not been watched for 10m yet)");
    assertThat(names.verdict("increase(restarts, 8m)")).isEqualTo("2");
    assertThat(names.verdict("increase(restarts, 5m) == 2")).isEqualTo("true");
    assertThat(names.verdict("increase(restarts, 0s) == 2")).startsWith("undecided");
  }

  @Test
  void a_counter_that_falls_has_begun_again_and_a_failed_read_is_skipped() {
    Typed names =
        new Typed()
            .fact("restarts", Scalar.INTEGER, Value.of(2))
            .sample("2026-11-21T02:40:00Z", Map.of("restarts", Evaluation.of(Value.of(10))))
            .sample("2026-11-21T02:50:00Z", Map.of("restarts", Evaluation.of(Value.of(12))))
            .sample(
                "2026-11-21T02:55:00Z",
                Map.of("restarts", Evaluation.because("restarts", "timeout")))
            .sample("2026-11-21T02:57:00Z", Map.of("restarts", Evaluation.of(Value.of(1))));
    assertThat(names.verdict("increase(restarts, 10m)")).isEqualTo("2");
    assertThat(names.verdict("rate(restarts, 10m) * 600")).isEqualTo("2");
    assertThat(names.verdict("increase(restarts * 2, 20m)")).isEqualTo("8");
  }

  @Test
  void functions_over_a_series_look_at_the_window_before_its_newest_point() {
    Typed names =
        new Typed()
            .fact("rss", new SeriesType(Scalar.SIZE), series(100, 100, 100, 200, 300, 400))
            .fact("load", new SeriesType(Scalar.NUMBER), numbers(9, 9, 9, 2, 3, 4));
    assertThat(names.verdict("growth(rss, 2m)")).isEqualTo("100%");
    assertThat(names.verdict("growth(rss)")).isEqualTo("300%");
    assertThat(names.verdict("quantile(rss, 0.5, 2m)")).isEqualTo("300Mi");
    assertThat(names.verdict("last(rss)")).isEqualTo("400Mi");
    assertThat(names.verdict("max(rss, $ * 2)")).isEqualTo("800Mi");
    assertThat(names.verdict("count(rss, $ > 150Mi)")).isEqualTo("3");
    assertThat(names.verdict("rising(rss)")).isEqualTo("true");
    assertThat(names.verdict("correlation(rss, load, 2m)")).isEqualTo("1");
    assertThat(names.verdict("correlation(rss, load, 1m)")).startsWith("undecided");
    assertThat(names.verdict("quantile(rss, 1.5)")).startsWith("undecided");
  }

  private static Value series(long... mebibytes) {
    return points(java.util.Arrays.stream(mebibytes).mapToObj(n -> size(n << 20)).toList());
  }

  private static Value numbers(double... values) {
    return points(java.util.Arrays.stream(values).mapToObj(n -> (Value) Value.of(n)).toList());
  }

  private static Value points(List<Value> values) {
    return Value.of(
        java.util.stream.IntStream.range(0, values.size())
            .mapToObj(
                i ->
                    (Value)
                        Value.of(
                            Map.of(
                                "at",
                                    Value.of(
                                        Typed.NOW.minus(Duration.ofMinutes(values.size() - i))),
                                "value", values.get(i))))
            .toList());
  }

  @Test
  void a_series_may_be_given_by_what_functions_over_it_answer() {
    Value answers =
        Value.of(
            Map.of(
                "growth",
                Value.of(new Percent(34)),
                "quantile",
                size(900L << 20),
                "correlation",
                Value.of(0.1)));
    Typed names =
        new Typed()
            .fact("rss", new SeriesType(Scalar.SIZE), answers)
            .fact("load", new SeriesType(Scalar.NUMBER), Value.of(Map.of()));
    assertThat(names.verdict("growth(rss, 2h)")).isEqualTo("34%");
    assertThat(names.verdict("quantile(rss, 0.99, 2h) * 2")).isEqualTo("1.76Gi");
    assertThat(names.verdict("correlation(rss, load, 2h)")).isEqualTo("0.1");
    assertThat(names.verdict("last(rss)")).startsWith("undecided");
  }

  @Test
  void endpoints_are_addresses_with_a_port_and_not_times_or_source_lines() {
    String log =
        "2026-11-21 03:00:00 main.go:42 dial tcp 10.0.0.5:5432: connect: connection refused;"
            + " redis:6379 redis:6379 [fd00::1]:53 http://api.example.com:8080/x"
            + " postgres://u:123@db.prod:5433/x status:503 x:99999";
    Typed names = new Typed().fact("log", Scalar.STRING, Value.of(log));
    assertThat(names.verdict("endpoints(log)"))
        .isEqualTo("10.0.0.5:5432, redis:6379, fd00::1:53, api.example.com:8080, db.prod:5433");
  }

  @Test
  void an_explanation_shows_the_verdict_of_each_part_of_the_same_evaluation() {
    Typed names = names();
    String text = "used >= 85% or dunno and not (five * 2 > 3)";
    Explanation explanation = new Evaluator().explain(names.typed(text), names);
    assertThat(tree(explanation, ""))
        .isEqualTo(
            """
            used >= 85% or dunno and not five * 2 > 3: false
              used >= 85%: false
                used: 83.4%
                85%: 85%
              dunno and not five * 2 > 3: false
                dunno: no ssh
                not five * 2 > 3: false
                  five * 2 > 3: true
                    five * 2: 10
                      five: 5
                      2: 2
                    3: 3
            """
                .replace("dunno: no ssh", "dunno: dunno: no ssh"));
    assertThat(explanation.evaluation()).isEqualTo(names.evaluate(text));
  }

  private static String tree(Explanation explanation, String indent) {
    StringBuilder out =
        new StringBuilder(indent)
            .append(explanation.text())
            .append(": ")
            .append(ValuePrinter.print(explanation.evaluation(), Special.ANY))
            .append('\n');
    explanation.children().forEach(child -> out.append(tree(child, indent + "  ")));
    return out.toString();
  }

  @Test
  void an_environment_that_breaks_its_word_makes_a_verdict_undecided_and_not_an_exception() {
    Typed names =
        new Typed()
            .fact("flag", Scalar.BOOLEAN, Value.NULL)
            .fact("number", Scalar.NUMBER, Value.of("seven"))
            .fact("list", new ListType(Scalar.NUMBER), Value.of(3));
    assertThat(names.verdict("not flag")).startsWith("undecided");
    assertThat(names.verdict("number > 3")).startsWith("undecided");
    assertThat(names.verdict("number + 3")).startsWith("undecided");
    assertThat(names.verdict("count(list)")).isEqualTo("0");
  }

  @Test
  void only_the_names_that_an_expression_reaches_are_asked_for() {
    Typed names = names();
    TypedExpr typed = names.typed("coalesce(five, gone) == 5");
    Environment strict =
        new Environment() {
          @Override
          public Evaluation root(String name) {
            assertThat(name).isEqualTo("five");
            return names.root(name);
          }

          @Override
          public java.time.Instant now() {
            return Typed.NOW;
          }
        };
    assertThat(new Evaluator().evaluate(typed, strict).isTrue()).isTrue();
  }

  @Test
  void a_name_may_answer_for_each_of_its_fields() {
    Typed names =
        new Typed()
            .name(
                RootKind.LANGUAGE,
                "before",
                RecordType.of("before", fields("a", Scalar.NUMBER, "b", Scalar.NUMBER)),
                Evaluation.of(Value.NULL));
    Environment environment =
        new Environment() {
          @Override
          public Evaluation root(String name) {
            return names.root(name);
          }

          @Override
          public Evaluation member(String root, String field) {
            return field.equals("a")
                ? Evaluation.of(Value.of(1))
                : Evaluation.because("before.b", "timeout");
          }

          @Override
          public java.time.Instant now() {
            return Typed.NOW;
          }
        };
    assertThat(new Evaluator().evaluate(names.typed("before.a == 1"), environment).isTrue())
        .isTrue();
    assertThat(new Evaluator().evaluate(names.typed("before.b == 1"), environment))
        .isInstanceOf(Evaluation.Undecided.class);
  }
}
