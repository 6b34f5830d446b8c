package io.byteport.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.expr.TemplateParser;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.expr.TypedExpr.RootKind;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuePrinterTest {

  private static String print(Value value) {
    return ValuePrinter.print(value, Special.ANY);
  }

  @Test
  void a_value_prints_as_people_write_it() {
    assertThat(print(Value.NULL)).isEqualTo("-");
    assertThat(print(Value.of(new DataSize(256L << 20)))).isEqualTo("256Mi");
    assertThat(print(Value.of(Duration.ofSeconds(90)))).isEqualTo("1m30s");
    assertThat(print(Value.of(new Percent(83.44)))).isEqualTo("83.4%");
    assertThat(print(Value.of(1_000_000))).isEqualTo("1000000");
    assertThat(print(Value.of(12.333333333))).isEqualTo("12.3333");
    assertThat(print(Value.of(0.0000123456))).isEqualTo("0.00001235");
    assertThat(print(Value.of(0.1 + 0.2))).isEqualTo("0.3");
    assertThat(print(Value.of(0))).isEqualTo("0");
    assertThat(print(Value.of(Instant.parse("2026-11-21T03:00:00.987Z"))))
        .isEqualTo("2026-11-21T03:00:00Z");
    assertThat(print(Value.of(List.of(Value.of("a"), Value.NULL, Value.of(true)))))
        .isEqualTo("a, -, true");
  }

  @Test
  void a_record_prints_as_its_key_and_one_without_as_its_fields() {
    RecordType workload =
        new RecordType("Workload")
            .complete(
                Map.of(
                    "cluster",
                    Scalar.STRING.orNull(),
                    "kind",
                    Scalar.STRING,
                    "name",
                    Scalar.STRING,
                    "replicas",
                    Scalar.INTEGER),
                List.of(),
                List.of("cluster", "kind", "name"),
                Map.of("kind", Value.of("Deployment")));
    Map<String, Value> api = new LinkedHashMap<>();
    api.put("name", Value.of("api"));
    api.put("replicas", Value.of(3));
    assertThat(ValuePrinter.print(Value.of(api), workload)).isEqualTo("Deployment/api");
    api.put("cluster", Value.of("eu"));
    assertThat(ValuePrinter.print(Value.of(List.of(Value.of(api))), new ListType(workload)))
        .isEqualTo("eu/Deployment/api");
    assertThat(print(Value.of(api))).isEqualTo("name api, replicas 3, cluster eu");
  }

  @Test
  void a_template_prints_null_as_a_dash_and_the_unavailable_as_its_reason() {
    Typed names =
        new Typed()
            .fact("used", Scalar.PERCENT, Value.of(new Percent(91)))
            .fact("none", Scalar.STRING.orNull(), Value.NULL)
            .unavailable("disk", Scalar.PERCENT, "no ssh")
            .name(RootKind.LANGUAGE, "confidence", Scalar.NUMBER, Evaluation.of(Value.of(0.9)));
    assertThat(
            text(
                names,
                "${used} of $${x}, ${none}, ${disk}, ${disk - 3%}, conf ${confidence},"
                    + " ${stamp(now)}"))
        .isEqualTo("91% of ${x}, -, disk: no ssh, disk: no ssh, conf 0.90, 2026-11-21T03:00:00Z");
  }

  private static String text(Typed names, String text) {
    Template template =
        TemplateParser.parse(new SourceFile("t", text), text, SourceMap.straight(0, text.length()))
            .value()
            .orElseThrow();
    return new TemplateEvaluator(new Evaluator()).text(template, expr -> typed(names, expr), names);
  }

  private static TypedExpr typed(Typed names, io.byteport.dsl.expr.Expr expr) {
    return names.typed(ExprPrinter.print(expr));
  }
}
