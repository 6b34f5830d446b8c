package io.byteport.dsl.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.expr.TypedExpr.RootKind;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeCheckerTest {

  private static RecordType record(String name, Object... fields) {
    Map<String, Type> types = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      types.put((String) fields[i], (Type) fields[i + 1]);
    }
    return RecordType.of(name, types);
  }

  private static final RecordType SESSION =
      record(
          "Session",
          "pid",
          Scalar.INTEGER,
          "state",
          new EnumType(List.of("active", "idle", "idle_in_transaction")),
          "since",
          Scalar.INSTANT,
          "queryFor",
          Scalar.DURATION.orNull(),
          "blocked",
          Scalar.BOOLEAN);
  private static final RecordType REF = record("Ref", "kind", Scalar.STRING, "name", Scalar.STRING);

  private static final Scope SCOPE =
      Scope.EMPTY
          .with("used", RootKind.FACT, Scalar.PERCENT)
          .with("size", RootKind.FACT, Scalar.SIZE)
          .with("limit", RootKind.FACT, Scalar.SIZE.orNull())
          .with("took", RootKind.FACT, Scalar.DURATION)
          .with("at", RootKind.FACT, Scalar.INSTANT)
          .with("n", RootKind.FACT, Scalar.INTEGER)
          .with("x", RootKind.FACT, Scalar.NUMBER)
          .with("name", RootKind.FACT, Scalar.STRING)
          .with("maybe", RootKind.FACT, Scalar.STRING.orNull())
          .with("ready", RootKind.FACT, Scalar.BOOLEAN)
          .with("known", RootKind.FACT, Scalar.BOOLEAN.orNull())
          .with("json", RootKind.FACT, Special.ANY)
          .with("broken", RootKind.FACT, Special.UNKNOWN)
          .with("sessions", RootKind.FACT, new ListType(SESSION))
          .with("blocker", RootKind.FACT, SESSION.orNull())
          .with("ref", RootKind.FACT, REF)
          .with("rss", RootKind.FACT, new SeriesType(Scalar.SIZE))
          .with("labels", RootKind.FACT, new MapType(Scalar.STRING))
          .with("platform", RootKind.FACT, new EnumType(List.of("render", "kubernetes")))
          .with(
              "params",
              RootKind.LANGUAGE,
              record(
                  "params",
                  "pattern",
                  Scalar.REGEX,
                  "word",
                  Scalar.STRING,
                  "floor",
                  Scalar.PERCENT))
          .with("now", RootKind.LANGUAGE, Scalar.INSTANT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          n + 1                        | integer
          n + 1.5                      | number
          n / 2                        | number
          -n                           | integer
          at - now                     | duration
          at + took                    | instant
          took + at                    | instant
          at - 5m                      | instant
          took * 2                     | duration
          2 * took                     | duration
          took / 1h                    | number
          took / 2                     | duration
          took * 50%                   | duration
          size * 1.5                   | size
          size * 75%                   | size
          size / 50%                   | size
          size / 1Gi                   | number
          size - 1Gi                   | size
          limit * 2                    | size
          used * 2                     | percent
          used + 5%                    | percent
          used / params.floor          | number
          limit                        | size or null
          blocker.pid                  | integer or null
          labels["x"]                  | string or null
          sessions[0]                  | Session or null
          json.a["b"][0]               | any
          n == null                    | boolean
          blocker == null              | boolean
          blocker.pid > 3              | boolean
          maybe == name                | boolean
          maybe ~= "x"                 | boolean
          name in ["a", "b"]           | boolean
          labels contains "x"          | boolean
          name contains "x"            | boolean
          platform == "render"         | boolean
          [platform, name]             | list<string>
          [1, 2.5]                     | list<number>
          [1, null]                    | list<integer or null>
          []                           | list<unknown>
          any(sessions, $.blocked)     | boolean
          count(sessions)              | integer
          count(sessions, $.blocked)   | integer
          filter(sessions, $.blocked)  | list<Session>
          map(sessions, $.pid)         | list<integer>
          map(sessions, $.queryFor)    | list<duration or null>
          first(sessions)              | Session or null
          first(sessions).pid          | integer or null
          take(sessions, -2)           | list<Session>
          tally(sessions, $.state)     | list<Tally>
          first(tally(sessions, $.state)).count | integer or null
          sum(sessions, $.pid)         | integer
          max(sessions, $.queryFor)    | duration or null
          max([n, 3])                  | integer
          max([limit])                 | size or null
          max(n, 2.5)                  | number
          max(limit, limit)            | size or null
          min(took, 5m)                | duration
          coalesce(limit, 1Gi)         | size
          coalesce(maybe, maybe)       | string or null
          coalesce(platform, "none")   | enum(render, kubernetes, none)
          coalesce(json.a, json.b)     | any
          coalesce(first(sessions), blocker) | Session or null
          share(size, limit)           | percent or null
          increase(n, 10m)             | integer
          rate(n, 10m)                 | number
          growth(rss, 2h)              | percent
          rising(map(sessions, $.pid)) | boolean
          quantile(rss, 0.99, 2h)      | size
          quantile([1, 2], 0.5)        | number
          correlation(rss, rss, 2h)    | number
          last(rss)                    | size or null
          age(at)                      | duration
          seconds(took)                | integer
          ceil(x)                      | integer
          pow(2, n)                    | number
          lower(maybe)                 | string or null
          split(name, ",")             | list<string>
          join(map(sessions, $.pid), ",") | string
          endpoints(name)              | list<Endpoint>
          number(json.a)               | number or null
          number("5")                  | number
          time(json.a)                 | instant or null
          stamp(at)                    | string
          text(n)                      | string
          """)
  void every_expression_has_a_type(String text, String type) {
    Checked<TypedExpr> checked = Sources.check(text, SCOPE, null);
    assertThat(Sources.described(checked.diagnostics())).isEmpty();
    assertThat(Problems.name(checked.value().orElseThrow().type())).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          used < 80               | EXPR_TYPE [80] expected a value of type percent to compare with `used`, found `80` of type integer
          80 > used               | EXPR_TYPE [80] expected a value of type percent to compare with `used`, found `80` of type integer
          took > 5                | EXPR_TYPE [5] expected a value of type duration to compare with `took`, found `5` of type integer
          took > "5m"             | EXPR_TYPE ["5m"] expected a value of type duration to compare with `took`, found `"5m"` of type string
          size == 5               | EXPR_TYPE [5] expected a value of type size to compare with `size`, found `5` of type integer
          used < size             | EXPR_TYPE [size] expected a value of type percent to compare with `used`, found `size` of type size
          used - 5                | EXPR_TYPE [-] expected operands that `-` is defined on, found `used` of type percent and `5` of type integer
          used * used             | EXPR_TYPE [*] expected operands that `*` is defined on, found `used` of type percent and `used` of type percent
          at + at                 | EXPR_TYPE [+] expected operands that `+` is defined on, found `at` of type instant and `at` of type instant
          at - 5                  | EXPR_TYPE [-] expected operands that `-` is defined on, found `at` of type instant and `5` of type integer
          name + "x"              | EXPR_TYPE [+] expected operands that `+` is defined on, found `name` of type string and `"x"` of type string
          name < "x"              | EXPR_TYPE [<] expected numbers, quantities or instants around `<`, found `name` of type string and `"x"` of type string
          ready < true            | EXPR_TYPE [<] expected numbers, quantities or instants around `<`, found `ready` of type boolean and `true` of type boolean
          -name                   | EXPR_TYPE [name] expected a number or a quantity after `-`, found `name` of type string
          not n                   | EXPR_TYPE [n] expected a condition, found `n` of type integer
          ready and null          | EXPR_TYPE [null] expected a condition, found `null`
          ready and known         | EXPR_NULLABLE_CONDITION [known] expected a condition that is true or false, found `known`, which may be null
          not blocker.blocked     | EXPR_NULLABLE_CONDITION [blocker.blocked] expected a condition that is true or false, found `blocker.blocked`, which may be null
          any(sessions, $.pid)    | EXPR_TYPE [$.pid] expected a condition, found `$.pid` of type integer
          usd < 80%               | EXPR_UNKNOWN_NAME [usd] expected a name in scope, found `usd`
          floor < 3               | EXPR_UNKNOWN_NAME [floor] expected a name in scope, found `floor`
          $ == 1                  | EXPR_UNKNOWN_NAME [$] expected `$` inside a list function, found it where there is no element
          blocker.pdi             | EXPR_UNKNOWN_FIELD [pdi] expected a field of `Session`, found `pdi`
          sessions.pid            | EXPR_UNKNOWN_FIELD [pid] expected a record before `.pid`, found `sessions` of type list<Session>
          labels.team             | EXPR_UNKNOWN_FIELD [team] expected a record before `.team`, found `labels` of type map<string>
          took.seconds            | EXPR_UNKNOWN_FIELD [seconds] expected a record before `.seconds`, found `took` of type duration
          ref["name"]             | EXPR_TYPE [ref["name"]] expected a list or map before `[`, found a record of type Ref
          sessions["a"]           | EXPR_TYPE ["a"] expected integer, found `"a"` of type string
          platform == "rendr"     | EXPR_TYPE ["rendr"] expected one of `render`, `kubernetes`, found `rendr`
          platform in ["render", "k8s"] | EXPR_TYPE ["k8s"] expected one of `render`, `kubernetes`, found `k8s`
          map(sessions, $.state) contains "idel" | EXPR_TYPE ["idel"] expected one of `active`, `idle`, `idle_in_transaction`, found `idel`
          n in ["1"]              | EXPR_TYPE [n] expected a value of type string to look for in `["1"]`, found `n` of type integer
          name in n               | EXPR_TYPE [n] expected a list, map or text to look into, found `n` of type integer
          json == "x"             | EXPR_TYPE [json] expected a value of a known type beside `==`, found `json` of type any
          json.a > 3              | EXPR_TYPE [json.a] expected a value of a known type beside `>`, found `json.a` of type any
          json and ready          | EXPR_TYPE [json] expected a condition, found `json` of type any
          ref == blocker          | EXPR_TYPE [blocker] expected a value of type Ref to compare with `ref`, found `blocker` of type Session or null
          name ~= name            | EXPR_CONSTANT_PATTERN [name] expected a literal pattern or a parameter of type regex, found `name` of type string
          name ~= params.word     | EXPR_CONSTANT_PATTERN [params.word] expected a literal pattern or a parameter of type regex, found `params.word` of type string
          matches(name, name)     | EXPR_CONSTANT_PATTERN [name] expected a literal pattern or a parameter of type regex, found `name` of type string
          name ~= "(a"            | EXPR_BAD_REGEX ["(a"] expected a regular expression of RE2's syntax, found missing closing ): `(a`
          name ~= "(?=a)"         | EXPR_BAD_REGEX ["(?=a)"] expected a regular expression of RE2's syntax, found invalid or unsupported Perl syntax: `(?=`
          n ~= "1"                | EXPR_TYPE [n] expected string, found `n` of type integer
          frist(sessions)         | EXPR_UNKNOWN_FUNCTION [frist] expected a function of the library, found `frist`
          count()                 | EXPR_ARGUMENTS [count()] expected `count(list, condition?)`, found 0 arguments
          any(sessions)           | EXPR_ARGUMENTS [any(sessions)] expected `any(list, condition)`, found 1 argument
          count(n)                | EXPR_ARGUMENTS [n] expected a list in `count(list, condition?)`, found `n` of type integer
          ceil(took)              | EXPR_ARGUMENTS [took] expected a number in `ceil(number)`, found `took` of type duration
          max(n, took)            | EXPR_ARGUMENTS [took] expected a value of type integer in `max(first, more, ...)`, found `took` of type duration
          coalesce(n, name)       | EXPR_ARGUMENTS [name] expected a value of type integer in `coalesce(first, more, ...)`, found `name` of type string
          growth([1, 2], 2h)      | EXPR_ARGUMENTS [[1, 2]] expected a series, since a list has no times in `growth(series, window?)`, found `[1, 2]` of type list<integer>
          [1, "a"]                | EXPR_TYPE ["a"] expected a list of one type, `integer` so far, found `"a"` of type string
          any(sessions, increase($.pid, 5m) > 3) | EXPR_NOT_ALLOWED [$.pid] expected a value over facts, found one of `$`, which has no history
          """)
  void a_misfit_is_named_where_it_stands(String text, String finding) {
    assertThat(Sources.described(Sources.check(text, SCOPE, null).diagnostics()))
        .containsExactly(finding);
  }

  @Test
  void an_unknown_is_reported_once_and_fits_everywhere_after_that() {
    for (String text :
        List.of(
            "broken.a.b < 3 and broken",
            "broken + 1 > broken",
            "any(broken, $.x == 1) or not broken",
            "max(broken, 3) in broken",
            "broken ~= broken",
            "coalesce(broken, 1) + 80%")) {
      assertThat(
              Sources.described(Sources.check(text, SCOPE, null).diagnostics()).stream()
                  .filter(d -> !d.contains("80%")))
          .as(text)
          .isEmpty();
    }
    assertThat(Sources.check("nowhere.a.b < 3 and not nowhere2", SCOPE, null).diagnostics())
        .hasSize(2);
    assertThat(Sources.check("count(nowhere, $.a == 1) > 3", SCOPE, null).diagnostics()).hasSize(1);
  }

  @Test
  void a_fix_turns_the_finding_into_what_was_meant() {
    assertThat(fixed("used < 80")).isEqualTo("used < 80%");
    assertThat(fixed("took > \"5m\"")).isEqualTo("took > 5m");
    assertThat(fixed("ready and known")).isEqualTo("ready and known == true");
    assertThat(fixed("usd < 80%")).isEqualTo("used < 80%");
    assertThat(fixed("used < floor")).isEqualTo("used < params.floor");
    assertThat(fixed("blocker.pdi == 3")).isEqualTo("blocker.pid == 3");
    assertThat(fixed("platform == \"rendr\"")).isEqualTo("platform == \"render\"");
    assertThat(fixed("frist(sessions) == null")).isEqualTo("first(sessions) == null");
  }

  private static String fixed(String text) {
    Diagnostic found = Sources.check(text, SCOPE, null).diagnostics().get(0);
    var fix = found.fixes().get(0);
    String mended =
        text.substring(0, fix.span().start())
            + fix.replacement()
            + text.substring(fix.span().end());
    assertThat(Sources.described(Sources.check(mended, SCOPE, null).diagnostics())).isEmpty();
    return mended;
  }

  @Test
  void a_condition_is_a_boolean_that_cannot_be_null() {
    for (String text : List.of("ready", "known == true", "used < 80%", "blocker.pid > 3", "true")) {
      assertThat(
              TypeChecker.checkCondition(Sources.file(text), Sources.read(text), SCOPE).hasErrors())
          .as(text)
          .isFalse();
    }
    for (String text : List.of("known", "n", "null", "\"true\"", "lower(maybe)")) {
      assertThat(
              TypeChecker.checkCondition(Sources.file(text), Sources.read(text), SCOPE).hasErrors())
          .as(text)
          .isTrue();
    }
  }

  @Test
  void what_a_place_expects_is_checked_and_words_become_what_they_spell() {
    assertThat(Sources.check("\"256Mi\"", SCOPE, Scalar.SIZE).value())
        .hasValueSatisfying(
            typed -> {
              assertThat(typed.type()).isEqualTo(Scalar.SIZE);
              assertThat(((TypedExpr.Literal) typed).value())
                  .isEqualTo(Value.of(new DataSize(256L << 20)));
            });
    assertThat(Sources.check("n", SCOPE, Scalar.NUMBER).hasErrors()).isFalse();
    assertThat(Sources.check("platform", SCOPE, Scalar.STRING).hasErrors()).isFalse();
    assertThat(Sources.check("\"render\"", SCOPE, new EnumType(List.of("render"))).hasErrors())
        .isFalse();
    assertThat(Sources.check("name", SCOPE, new EnumType(List.of("render"))).hasErrors()).isTrue();
    assertThat(Sources.check("name", SCOPE, Scalar.REGEX).hasErrors()).isTrue();
    assertThat(Sources.check("limit", SCOPE, Scalar.SIZE).hasErrors()).isTrue();
    assertThat(Sources.check("limit", SCOPE, Scalar.SIZE.orNull()).hasErrors()).isFalse();
    assertThat(Sources.check("json.a", SCOPE, Scalar.STRING).diagnostics().get(0).hint())
        .contains("text(x)");
  }

  @Test
  void the_names_that_an_expression_reaches_are_known_with_those_of_before() {
    Names names =
        Names.of(
            Sources.read(
                "any(sessions, $.pid in before.pids) and before.used > params.floor and"
                    + " labels[\"a\"] == name"));
    assertThat(names.roots()).containsExactly("sessions", "before", "params", "labels", "name");
    assertThat(names.factsBefore()).containsExactly("pids", "used");
    assertThat(names.facts(SCOPE)).containsExactly("sessions", "labels", "name");
    assertThat(names.members("params")).containsExactly("floor");
  }
}
