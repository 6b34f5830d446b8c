package io.byteport.dsl.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;
import io.byteport.dsl.source.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExprParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a or b and c                    | a or b and c
          (a or b) and c                  | (a or b) and c
          a && !c                         | a and not c
          not a == b                      | not a == b
          !a == b                         | (not a) == b
          not (a and b)                   | not (a and b)
          not not a                       | not not a
          a - b - c                       | a - b - c
          a - (b - c)                     | a - (b - c)
          (a + b) * c                     | (a + b) * c
          a + (b * c)                     | a + b * c
          a / b / c                       | a / b / c
          a / (b * c)                     | a / (b * c)
          -a.b * -2                       | -a.b * -2
          -(a + b)                        | -(a + b)
          -(-a)                           | -(-a)
          a < b + 1 and c                 | a < b + 1 and c
          (a < b) == c                    | (a < b) == c
          a in [1, 2] or b contains "x"   | a in [1, 2] or b contains "x"
          text ~= '^a\\\\d'               | text ~= "^a\\\\d"
          any(x, $.ready and $["k"] == 1) | any(x, $.ready and $["k"] == 1)
          a.in.contains.and.null          | a.in.contains.and.null
          f(a)(b)                         | !EXPR_SYNTAX
          [[1], []][0]                    | [[1], []][0]
          1h30m + 90s                     | 1h30m + 1m30s
          0.5 * 1536Mi                    | 0.5 * 1536Mi
          80%+5.5%                        | 80% + 5.5%
          1000k                           | 1M
          """)
  void an_expression_has_one_canonical_form(String written, String canonical) {
    if (canonical.startsWith("!")) {
      assertThat(Sources.parse(written).diagnostics())
          .extracting(d -> d.code().name())
          .containsExactly(canonical.substring(1));
      return;
    }
    String printed = ExprPrinter.print(Sources.read(written));
    assertThat(printed).isEqualTo(canonical);
    assertThat(ExprPrinter.print(Sources.read(printed))).isEqualTo(canonical);
  }

  @Test
  void bars_are_read_as_or_and_printed_as_the_word() {
    assertThat(ExprPrinter.print(Sources.read("a || b && c"))).isEqualTo("a or b and c");
  }

  @Test
  void every_node_knows_where_it_stands() {
    String text = "(used - 5%) < limit and not any(pods.items, $.ready)";
    SourceFile file = Sources.file(text);
    Expr.Logical and = (Expr.Logical) Sources.read(text);
    assertThat(file.text(and.span())).isEqualTo(text);
    assertThat(file.text(and.operatorSpan())).isEqualTo("and");
    Expr.Comparison less = (Expr.Comparison) and.left();
    assertThat(file.text(less.span())).isEqualTo("(used - 5%) < limit");
    assertThat(file.text(less.left().span())).isEqualTo("used - 5%");
    Expr.Call call = (Expr.Call) ((Expr.Not) and.right()).operand();
    assertThat(file.text(call.nameSpan())).isEqualTo("any");
    Expr.Field items = (Expr.Field) call.arguments().get(0);
    assertThat(file.text(items.span())).isEqualTo("pods.items");
    assertThat(file.text(items.nameSpan())).isEqualTo("items");
  }

  @Test
  void spans_are_those_of_the_file_not_of_the_value() {
    // the value  s == "é" and ??  stands in the file in double quotes, with escapes
    String fileText = "when: \"s == \\\"\\u00e9\\\" and ?\"";
    String value = "s == \"é\" and ?";
    int[] starts = new int[value.length()];
    int[] ends = new int[value.length()];
    int at = 7;
    for (int i = 0; i < value.length(); i++) {
      int length = value.charAt(i) == '"' ? 2 : value.charAt(i) == 'é' ? 6 : 1;
      starts[i] = at;
      at += length;
      ends[i] = at;
    }
    SourceFile file = new SourceFile("x.yaml", fileText);
    Checked<Expr> parsed = ExprParser.parse(file, value, new SourceMap(starts, ends, at));
    Diagnostic error = parsed.diagnostics().get(0);
    assertThat(error.span()).isEqualTo(new Span(27, 28));
    assertThat(file.text(error.span())).isEqualTo("?");
  }

  @Test
  void a_broken_expression_yields_a_tree_and_one_error() {
    for (String text :
        List.of("a and", "a and pod.", "any(x, ", "a == = b", "[1, 2", "f(,)", ")", "a b c")) {
      Checked<Expr> parsed = Sources.parse(text);
      assertThat(parsed.value()).as(text).isPresent();
      assertThat(parsed.diagnostics()).as(text).hasSize(1);
    }
    Expr.Logical and = (Expr.Logical) Sources.parse("a and pod.").value().orElseThrow();
    assertThat(and.left()).isInstanceOf(Expr.Name.class);
    assertThat(and.right()).isInstanceOf(Expr.Field.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a b                | EXPR_SYNTAX       | b    | text stands in double quotes
          a < b < c          | EXPR_SYNTAX       | <    | write `a < b and b < c`, or put one comparison into parentheses
          a == not b         | EXPR_SYNTAX       | not  | put the negated part into parentheses, as in `a == (not b)`
          a not in b         | EXPR_NOT_ALLOWED  | not  | write `not (a in b)`
          a = b              | EXPR_NOT_ALLOWED  | =    | write `==` to compare; nothing can be assigned
          a === b            | EXPR_NOT_ALLOWED  | ===  | write `==`
          a ? b : c          | EXPR_NOT_ALLOWED  | ?    | use a choice: a list of `value` and `when`
          a ** b             | EXPR_NOT_ALLOWED  | **   | write `pow(a, b)`
          a % b              | EXPR_NOT_ALLOWED  | %    | a percent stands right behind its number, as in `80%`; there is no remainder
          a & b              | EXPR_NOT_ALLOWED  | &    | write `and`
          a AND b            | EXPR_NOT_ALLOWED  | AND  | write `and`
          a is null          | EXPR_NOT_ALLOWED  | is   | compare with `==`
          s.startsWith("x")  | EXPR_NOT_ALLOWED  | startsWith | write `startsWith(value, ...)`
          a > 5min           | EXPR_BAD_QUANTITY | 5min | did you mean `5m`?
          a > 256MB          | EXPR_BAD_QUANTITY | 256MB | did you mean `256M`?
          a > 9007199254740993000 | EXPR_BAD_QUANTITY | 9007199254740993000 | ``
          a == "b            | EXPR_SYNTAX       | "b   | ``
          a == "\\d"          | EXPR_SYNTAX       | \\d   | write `\\\\` for a backslash, in a pattern too
          a == "\\u0000"      | EXPR_SYNTAX       | \\u0000 | leave the invisible character out
          a == “b”           | EXPR_SYNTAX       | “    | put text into straight quotes
          a ≥ b              | EXPR_SYNTAX       | ≥    | write `>=`
          аb == 1            | EXPR_SYNTAX       | а    | names and numbers are written in ASCII; this character only looks familiar
          "a${b}"            | EXPR_NOT_ALLOWED  | ${   | write `join([a, b], "")`, or `$` and `{` apart, as in `[$]{`, in a pattern
          """)
  void what_the_language_lacks_is_refused_where_it_stands_with_what_to_write_instead(
      String text, DiagnosticCode code, String at, String hint) {
    List<Diagnostic> found = Sources.parse(text).diagnostics();
    assertThat(found).hasSize(1);
    Diagnostic error = found.get(0);
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.file().text(error.span())).isEqualTo(at);
    assertThat(error.hint() == null ? "" : error.hint()).isEqualTo(hint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\n\t"})
  void nothing_is_not_an_expression(String text) {
    assertThat(Sources.described(Sources.parse(text).diagnostics()))
        .singleElement()
        .asString()
        .startsWith("EXPR_SYNTAX")
        .endsWith("expected an expression, found nothing");
  }

  @Test
  void too_long_and_too_deep_expressions_are_refused_and_never_overflow() {
    List<String> texts =
        List.of(
            "a".repeat(ExprParser.MAX_LENGTH + 1),
            "(".repeat(1_900) + "a" + ")".repeat(1_900),
            "[".repeat(1_900) + "]".repeat(1_900),
            "-".repeat(1) + "(-".repeat(1_000) + "a" + ")".repeat(1_000),
            "not ".repeat(900) + "a",
            "!".repeat(3_900) + "a",
            "a" + " + a".repeat(900),
            "a" + ".b".repeat(1_500),
            "a" + "[a".repeat(1_000) + "]".repeat(1_000),
            "f(".repeat(1_000) + ")".repeat(1_000));
    for (String text : texts) {
      assertThat(Sources.parse(text).diagnostics())
          .as(text.substring(0, 20))
          .extracting(Diagnostic::code)
          .containsExactly(DiagnosticCode.EXPR_TOO_COMPLEX);
    }
  }

  static List<String> corpus() throws Exception {
    try (var in = ExprParserTest.class.getResourceAsStream("corpus.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void expressions_as_runbooks_write_them_are_read_and_printed_unchanged(String text) {
    assertThat(ExprPrinter.print(Sources.read(text))).isEqualTo(text);
  }
}
