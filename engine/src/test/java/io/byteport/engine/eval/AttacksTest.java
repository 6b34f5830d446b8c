package io.byteport.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both walls in front of MVEL, each as if the other were absent. */
class AttacksTest {

  private static final Typed NAMES =
      new Typed()
          .fact("number", Scalar.NUMBER, Value.of(7))
          .fact("flag", Scalar.BOOLEAN, Value.TRUE)
          .fact("word", Scalar.STRING, Value.of("abc"))
          .fact("list", new ListType(Scalar.NUMBER), Value.of(List.of(Value.of(1), Value.of(2))));

  private final MvelGate gate = new MvelGate();

  static List<String> attacks() throws Exception {
    try (var in = AttacksTest.class.getResourceAsStream("attacks.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void the_table_is_long() throws Exception {
    assertThat(attacks()).hasSizeGreaterThan(120).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void the_front_end_refuses_it_with_a_finding_in_its_place(String attack) {
    Checked<TypedExpr> checked = NAMES.check(attack);
    assertThat(checked.value()).isEmpty();
    assertThat(checked.diagnostics())
        .isNotEmpty()
        .allSatisfy(
            finding -> {
              assertThat(finding.code().id()).startsWith("BP-EXPR-");
              assertThat(finding.span().end())
                  .isLessThanOrEqualTo(attack.codePointCount(0, attack.length()));
              assertThat(finding.message()).isNotBlank();
            });
    assertThat(checked.diagnostics().stream().map(Diagnostic::span).distinct())
        .as("no two findings in one place")
        .hasSameSizeAs(checked.diagnostics());
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void the_gate_refuses_it_given_directly(String attack) {
    refused(attack);
    refused("(" + attack + ")");
    refused("(v0 + " + attack + ")");
    refused("(v0 == v1) " + attack);
    refused("(v0 == v1);" + attack);
  }

  private void refused(String text) {
    assertThatThrownBy(() -> gate.evaluate(text, 1.0, 2.0)).isInstanceOf(MvelGate.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "v0",
        "1.0",
        "(v0)",
        "(v0 + v1",
        "v0 + v1)",
        "(v0 + v1))",
        "((v0 + v1)",
        "(v0+v1)",
        "(v0  + v1)",
        " (v0 + v1)",
        "(v0 + v1) ",
        "(v0 + v1)\n",
        "(v0 + 1)",
        "(v0 + .5)",
        "(v0 + 5.)",
        "(v0 + 1.0d)",
        "(v0 + -1.0)",
        "(v + v1)",
        "(v0x + v1)",
        "(V0 + v1)",
        "(v0 + v12345)",
        "(x0 + v1)",
        "(v01 + v1)",
        "(v0 + 02.0)",
        "(v0 = v1)",
        "(v0 += v1)",
        "(v0 && v1)",
        "(v0 || v1)",
        "(v0 in v1)",
        "(v0 is v1)",
        "(v0 ~= v1)",
        "(v0 strsim v1)",
        "(v0 soundslike v1)",
        "(v0 % v1)",
        "(v0 # v1)",
        "(v0 instanceof v1)",
        "(v0 . v1)",
        "(v0 ? v1)",
        "(v0 ; v1)",
        "(v0.class == v1)",
        "(v0[0] == v1)",
        "(v0() == v1)",
        "(v0 == v1 == v2)",
        "(v0 + v1 + v2)",
        "(v0 ==v1)",
        "(v0 == 'a')",
        "(v0 == \"a\")",
        "(v٠ + v1)",
        "(v0\u0000+ v1)",
        "(v0 \\u002b v1)"
      })
  void the_gate_takes_nothing_but_its_own_form(String text) {
    refused(text);
  }

  @Test
  void the_gate_computes_what_is_of_its_form() {
    assertThat(gate.evaluate("(v0 + v1)", 1.0, 2.0)).isEqualTo(3.0);
    assertThat(gate.evaluate("((v0 * 100.0) / (0.0 - v1))", 1.0, 2.0)).isEqualTo(-50.0);
    assertThat(gate.evaluate("(v0 contains v1)", List.of("a", "b"), "b")).isEqualTo(true);
  }

  @Test
  void random_texts_pass_only_if_they_are_of_that_form() {
    Random random = new Random(1);
    String alphabet = "()v01. +-*/=!<>contais;[]{}\"'$#@,\\u";
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text =
          new StringBuilder(random.nextBoolean() ? "(v0 + v1)" : "(v0 == (v1 * 2.0))");
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        int at = random.nextInt(text.length());
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, c);
          case 1 -> text.insert(at, c);
          default -> text.deleteCharAt(at);
        }
      }
      try {
        gate.evaluate(text.toString(), 1.0, 2.0);
      } catch (MvelGate.Refused | IllegalArgumentException refused) {
        continue;
      }
      assertThat(text.toString())
          .matches(
              "\\((v[0-9]+|[0-9]+\\.[0-9]+|\\(.*\\)) (\\+|-|\\*|/|==|!=|<|<=|>|>=|contains)"
                  + " (v[0-9]+|[0-9]+\\.[0-9]+|\\(.*\\))\\)");
    }
  }

  @Test
  void too_long_and_too_deep_texts_are_refused_before_mvel_sees_them() {
    refused("(".repeat(15_000));
    refused("(v0 + ".repeat(3_000) + "v1" + ")".repeat(3_000));
    refused("(v0 + ".repeat(200) + "v1" + ")".repeat(200));
  }

  @Test
  void a_text_without_a_variable_for_every_name_is_not_evaluated() {
    assertThatThrownBy(() -> gate.evaluate("(v0 + v7)", 1.0, 2.0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void only_plain_values_are_bound() {
    for (Object value :
        List.of(
            new Random(1), 5, Runtime.getRuntime(), List.of(String.class), new Object[] {1.0})) {
      assertThatThrownBy(() -> gate.evaluate("(v0 == v1)", value, 1.0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void values_that_look_like_code_remain_values() {
    for (String value :
        List.of(
            "Runtime.getRuntime()",
            "v0",
            "1 + 1",
            "\"",
            "') or true",
            "${x}",
            "\\u0041",
            "System.exit(1)",
            "null",
            "true",
            "empty")) {
      Typed names =
          new Typed()
              .fact("word", Scalar.STRING, Value.of(value))
              .fact("other", Scalar.STRING, Value.of("x"));
      assertThat(names.verdict("word == other")).isEqualTo("false");
      assertThat(names.verdict("word == word")).isEqualTo("true");
      assertThat(names.verdict("word in [other, word]")).isEqualTo("true");
      assertThat(names.verdict("word contains other"))
          .isEqualTo(String.valueOf(value.contains("x")));
    }
  }

  @Test
  void a_pattern_that_would_hang_a_backtracking_engine_is_quick() {
    Typed names = new Typed().fact("word", Scalar.STRING, Value.of("a".repeat(200_000) + "!"));
    assertThat(names.verdict("word ~= \"^(a+)+$\"")).isEqualTo("false");
    assertThat(names.verdict("matches(word, \"(a|aa)+\")")).isEqualTo("false");
  }

  @Test
  void the_front_end_survives_random_texts_and_what_it_lets_through_evaluates() {
    Random random = new Random(7);
    String[] pieces = {
      "number",
      "flag",
      "word",
      "list",
      "(",
      ")",
      "[",
      "]",
      ".",
      ",",
      "$",
      "==",
      "<",
      "+",
      "-",
      "*",
      "/",
      "and",
      "or",
      "not",
      "in",
      "contains",
      "~=",
      "\"a\"",
      "5",
      "2.5",
      "80%",
      "5m",
      "1Gi",
      "any",
      "first",
      "max",
      "null",
      "true",
      "x",
      "!",
      "=",
      "{",
      "}",
      ";",
      "'",
      "\\",
      "?",
      ":"
    };
    Evaluator evaluator = new Evaluator();
    int passed = 0;
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int words = 1 + random.nextInt(8); words > 0; words--) {
        text.append(pieces[random.nextInt(pieces.length)]).append(random.nextBoolean() ? " " : "");
      }
      Checked<TypedExpr> checked = NAMES.check(text.toString());
      assertThat(checked.value().isPresent()).isNotEqualTo(checked.hasErrors());
      if (checked.value().isPresent()) {
        passed++;
        assertThat(evaluator.evaluate(checked.value().get(), NAMES)).isNotNull();
      }
    }
    assertThat(passed).isGreaterThan(500);
  }
}
