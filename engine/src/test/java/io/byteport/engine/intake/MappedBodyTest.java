package io.byteport.engine.intake;

import static io.byteport.engine.signal.Runbooks.EVALUATOR;
import static io.byteport.engine.signal.Runbooks.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.agent.AgentConfiguration.Choice;
import io.byteport.dsl.agent.AgentConfiguration.Mapping;
import io.byteport.dsl.agent.AgentConfiguration.Rule;
import io.byteport.dsl.check.LanguageTypes;
import io.byteport.dsl.expr.ExprParser;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.TypeChecker;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.expr.TypedExpr.RootKind;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.Type.Special;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.source.Alert;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MappedBodyTest {
  private static final Scope ITEM =
      Scope.EMPTY
          .with("body", RootKind.LOCAL, Special.ANY)
          .with("item", RootKind.LOCAL, Special.ANY);

  private static final Mapping ICINGA =
      new Mapping(
          expr("body.notifications"),
          expr("text(item.state_type) == \"SOFT\""),
          List.of(
              new Choice("resolved", expr("text(item.state) == \"OK\"")),
              new Choice("firing", expr("true"))),
          List.of(
              new Choice("critical", expr("text(item.state) == \"CRITICAL\"")),
              new Choice("info", expr("text(item.state) == \"OK\""))),
          expr("join([text(item.service), text(item.host)], \" on \")"),
          expr("number(item.value)"),
          expr("time(item.at)"),
          expr("item.link"),
          expr("join([text(item.host), text(item.service)], \"/\")"),
          labels());

  private static Map<String, TypedExpr> labels() {
    Map<String, TypedExpr> labels = new LinkedHashMap<>();
    labels.put("check", expr("item.service"));
    labels.put("database", expr("item.vars.database"));
    labels.put("threads", expr("item.threads"));
    return labels;
  }

  private static TypedExpr expr(String text) {
    return expr(text, ITEM);
  }

  private static TypedExpr expr(String text, Scope scope) {
    SourceFile file = new SourceFile("mapping", text);
    return TypeChecker.check(
            file,
            ExprParser.parse(file, text, SourceMap.straight(0, text.length()))
                .value()
                .orElseThrow(),
            scope,
            null)
        .value()
        .orElseThrow();
  }

  private static List<Alert> read(Mapping mapping, String json) {
    return new MappedBody(mapping, EVALUATOR, () -> NOON)
        .apply(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void each_item_that_says_something_is_an_alert() {
    List<Alert> alerts =
        read(
            ICINGA,
            """
            {"notifications": [
              {"service": "pg connections", "host": "db-1", "state": "CRITICAL", "value": "97.5",
               "at": "2026-11-21T11:58:00Z", "link": "https://icinga.example.com/1",
               "vars": {"database": "orders"}, "threads": 12},
              {"service": "disk", "host": "db-1", "state": "WARNING", "state_type": "SOFT"},
              {"service": "load", "host": "db-2", "state": "OK", "at": "yesterday"}]}
            """);
    assertThat(alerts)
        .containsExactly(
            new Alert(
                null,
                "pg connections on db-1",
                Signal.Severity.CRITICAL,
                Signal.Status.FIRING,
                Map.of("check", "pg connections", "database", "orders", "threads", "12"),
                Instant.parse("2026-11-21T11:58:00Z"),
                "97.5",
                "db-1/pg connections",
                "https://icinga.example.com/1"),
            new Alert(
                null,
                "load on db-2",
                Signal.Severity.INFO,
                Signal.Status.RESOLVED,
                Map.of("check", "load"),
                NOON,
                null,
                "db-2/load",
                null));
  }

  private static Mapping bare(String title) {
    return new Mapping(
        null, null, List.of(), List.of(), expr(title), null, null, null, null, Map.of());
  }

  @Test
  void a_body_without_a_list_is_the_one_item_and_what_it_does_not_say_has_a_default() {
    Alert alert = read(bare("item.title"), "{\"title\": \"The queue is long\\nvery\"}").getFirst();
    assertThat(alert)
        .isEqualTo(
            new Alert(
                null,
                "The queue is long",
                Signal.Severity.WARNING,
                Signal.Status.FIRING,
                Map.of(),
                NOON,
                null,
                "The queue is long\nvery",
                null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                              | expected JSON",
        "                               | expected JSON, found nothing",
        "{} trailing                    | expected JSON",
        "{}                             | expected a list where `items` looks, found nothing",
        "{\"notifications\": 7}         | expected a list where `items` looks, found a value",
        "{\"notifications\": {\"a\":1}} | expected a list where `items` looks, found a value",
        "[]                             | expected a list where `items` looks, found",
      })
  void what_cannot_be_mapped_is_refused_with_the_reason(String body, String reason) {
    assertThatThrownBy(() -> read(ICINGA, body == null ? "" : body))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(reason);
  }

  @Test
  void an_item_of_which_nobody_can_tell_what_it_is_about_is_refused() {
    assertThatThrownBy(() -> read(bare("item.title"), "{\"other\": 1}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("item 1: expected a title or a label, found neither");
  }

  @Test
  void what_a_stranger_sends_is_data_whatever_it_looks_like() {
    Alert alert =
        read(bare("item.title"), "{\"title\": \"${now} $size\", \"$record\": {}}").getFirst();
    assertThat(alert.title()).isEqualTo("${now} $size");
  }

  @Test
  void rules_name_an_alert_before_the_table_and_the_first_that_holds_counts() {
    Scope signal = Scope.EMPTY.with("signal", RootKind.LANGUAGE, LanguageTypes.signal(null));
    Span at = new Span(0, 1);
    SourceRules rules =
        new SourceRules(
            "webhook",
            List.of(
                new Rule(expr("signal.labels[\"check\"] == \"other\"", signal), "other", at),
                new Rule(expr("signal.value > 90", signal), "db_pool_saturated", at),
                new Rule(expr("signal.severity == \"high\"", signal), "late", at)),
            SourceRules.Unnamed.RECORD,
            false,
            Duration.ZERO);
    Naming naming = new Naming(EVALUATOR);
    Alert alert = Rig.alert("table", "a", Signal.Status.FIRING);
    assertThat(naming.name(alert, rules, NOON).signal().type()).isEqualTo("db_pool_saturated");
    assertThat(naming.name(alert, SourceRules.of("webhook", SourceRules.Unnamed.RECORD), NOON))
        .extracting(name -> name.signal().type())
        .isEqualTo("table");
  }
}
