package io.byteport.dsl.expr;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExprLayoutTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " becomes ",
      quoteCharacter = '`',
      textBlock =
          """
          a&&b||!c becomes a and b or not c
          ( a ) becomes a
          ((a and b)) or c becomes (a and b) or c
          a and (b or c) becomes a and (b or c)
          (a or b) or c becomes a or b or c
          a or (b or c) becomes a or (b or c)
          (a > 1) and (b<2) becomes a > 1 and b < 2
          not(a == b) becomes not (a == b)
          not(a) becomes not a
          not ( f(a) ) becomes not f(a)
          !a == b becomes (not a) == b
          !(a == b) becomes not (a == b)
          (a*b)+c becomes a * b + c
          a*(b+c) becomes a * (b + c)
          a-(b-c) becomes a - (b - c)
          (a-b)-c becomes a - b - c
          -a- -1 becomes -a - -1
          -(a+b) becomes -(a + b)
          any( x , $.y=='z' ) becomes any(x, $.y == 'z')
          take(x,-20) becomes take(x, -20)
          a [ "b" ] . c becomes a["b"].c
          a in[1,2] becomes a in [1, 2]
          a contains(b) becomes a contains b
          x >= 24h and y<0.70 and z!=1.0Gi becomes x >= 24h and y < 0.70 and z != 1.0Gi
          (a~="(?i)x  y").z becomes (a ~= "(?i)x  y").z
          f((a)) becomes f(a)
          [(a),((b))] becomes [a, b]
          a[(b)] becomes a[b]
          """)
  void an_expression_gets_words_single_spaces_and_useful_parentheses(
      String written, String expected) {
    assertThat(ExprLayout.of(written)).isEqualTo(expected);
    assertThat(ExprLayout.of(expected)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a &&", "a  b", "", "  ", "\"open", "a ? b : c", "${a}", "a  ; b"})
  void what_is_no_expression_stays_as_it_is(String text) {
    assertThat(ExprLayout.of(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nand b", "any(x,\n  $.y\n    or $.z)", "a ==\n\"b\n c\""})
  void line_breaks_stay_with_the_indentation_after_them(String text) {
    assertThat(ExprLayout.of(text)).isEqualTo(text);
  }

  @Property
  void the_meaning_stays_and_the_layout_is_final(@ForAll("expressions") String written) {
    assertThat(ExprLayout.parsed(written)).as(written).isPresent();
    String laidOut = ExprLayout.of(written);
    assertThat(SameMeaning.of(tree(written), tree(laidOut))).as(laidOut).isTrue();
    assertThat(ExprLayout.of(laidOut)).isEqualTo(laidOut);
    assertThat(laidOut).doesNotContain("&&", "||", "!a", "( ", " )", "  ");
  }

  @Property
  void the_canonical_print_means_the_same(@ForAll("expressions") String written) {
    assertThat(SameMeaning.of(tree(written), tree(ExprPrinter.print(tree(written))))).isTrue();
  }

  private static Expr tree(String text) {
    return ExprLayout.parsed(text).orElseThrow();
  }

  @Provide
  Arbitrary<String> expressions() {
    return expression(4);
  }

  private static Arbitrary<String> expression(int depth) {
    Arbitrary<String> operand =
        Arbitraries.of(
            "a",
            "b.c",
            "$",
            "1",
            "0.70",
            "24h",
            "256Mi",
            "80%",
            "\"x y\"",
            "'z'",
            "true",
            "null",
            "a[\"k\"]",
            "f(a,b)",
            "[ 1,2 ]",
            "(  a )",
            "-1",
            "now");
    if (depth == 0) {
      return operand;
    }
    Arbitrary<String> inner = expression(depth - 1);
    Arbitrary<String> grouped = inner.map(text -> "( " + text + ")");
    Arbitrary<String> space = Arbitraries.of(" ", "  ");
    return Arbitraries.oneOf(
        operand,
        grouped,
        grouped.map(text -> "(" + text + ")"),
        grouped.map(text -> "not" + text),
        grouped.map(text -> "!" + text),
        grouped.map(text -> "-" + text),
        inner.map(text -> "any(x," + text + ")"),
        Combinators.combine(
                grouped,
                space,
                Arbitraries.of(
                    "&&", "||", "and", "or", "==", "<", "~=", "in", "contains", "+", "-", "*", "/"),
                grouped)
            .as((left, gap, operator, right) -> left + gap + operator + gap + right),
        Combinators.combine(operand, Arbitraries.of("&&", "or", ">="), operand)
            .as((left, operator, right) -> left + " " + operator + " " + right));
  }
}
