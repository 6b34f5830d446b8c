package io.byteport.dsl.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Checked;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TemplateParserTest {

  private static Checked<Template> parse(String text) {
    return TemplateParser.parse(Sources.file(text), text, Sources.map(text));
  }

  private static List<String> parts(String text) {
    return parse(text).value().orElseThrow().parts().stream()
        .map(
            part ->
                switch (part) {
                  case Template.Text t -> t.text();
                  case Template.Hole hole -> "<" + ExprPrinter.print(hole.expr()) + ">";
                })
        .toList();
  }

  @Test
  void text_and_expressions_alternate() {
    assertThat(parts("a ${b.c} and ${f(\"}\", '}')}!"))
        .containsExactly("a ", "<b.c>", " and ", "<f(\"}\", \"}\")>", "!");
    assertThat(parts("no holes, $5 and {x}")).containsExactly("no holes, $5 and {x}");
    assertThat(parts("")).isEmpty();
  }

  @Test
  void two_dollar_signs_before_a_brace_are_one_of_each() {
    assertThat(parts("cost: $${x} $$5 $$")).containsExactly("cost: ${x} $$5 $$");
  }

  @Test
  void a_text_that_is_one_hole_keeps_its_type() {
    assertThat(parse("${used}").value().orElseThrow().single()).isPresent();
    assertThat(parse(" ${used}").value().orElseThrow().single()).isEmpty();
    assertThat(parse("${used}${used}").value().orElseThrow().single()).isEmpty();
    assertThat(parse("used").value().orElseThrow().isConstant()).isTrue();
  }

  @Test
  void each_broken_hole_has_one_error_in_its_place() {
    assertThat(Sources.described(parse("${} ${a +} ${b").diagnostics()))
        .containsExactly(
            "EXPR_TEMPLATE [${}] expected an expression between `${` and `}`, found nothing",
            "EXPR_SYNTAX [] expected a value, found the end",
            "EXPR_TEMPLATE [${] expected `}` after `${`, found the end of the text");
  }

  @Test
  void a_quote_left_open_is_the_error_of_its_own_hole() {
    assertThat(Sources.described(parse("${a == \"b} and ${c}").diagnostics()).get(0))
        .startsWith("EXPR_SYNTAX [\"b] expected a closing quote");
  }

  @Property
  void no_text_makes_it_fail_and_what_has_no_hole_stays_as_it_is(@ForAll String text) {
    Checked<Template> parsed = parse(text);
    assertThat(parsed.value()).isPresent();
    if (!text.contains("${")) {
      assertThat(String.join("", parts(text))).isEqualTo(text);
    }
  }
}
