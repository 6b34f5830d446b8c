package io.byteport.dsl.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.expr.Fragment.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FragmentTest {
  private static Fragment at(String marked) {
    return Fragment.at(marked.replace("‸", ""), marked.codePointCount(0, marked.indexOf('‸')));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          ‸; OPERAND; ``; ``; ``
          po‸d; OPERAND; pod; ``; ``
          pod.re‸; FIELD; re; pod; ``
          a.b["c"].d(e).f‸; FIELD; f; a.b["c"].d(e); ``
          (a + b).‸; FIELD; ``; (a + b); ``
          x and first(list).na‸; FIELD; na; first(list); ``
          pod ‸; OPERATOR; ``; ``; ``
          pod an‸; OPERATOR; an; ``; ``
          not ‸; OPERAND; ``; ``; ``
          phase == ‸; OPERAND; ``; ``; phase
          phase == "Ru‸nning"; TEXT; Running; ``; phase
          phase == "Ru‸; TEXT; Ru; ``; phase
          phase in ["a", "b‸"]; TEXT; b; ``; phase
          a - b > 15‸; UNIT; 15; ``; a - b
          15m‸; UNIT; 15m; ``; ``
          labels["ap‸p"]; KEY; app; labels; ``
          labels['‸; KEY; ``; labels; ``
          "😀" == x.‸; FIELD; ``; x; ``
          a ? b.‸; FIELD; ``; b; ``
          """)
  void what_stands_before_a_place(
      String marked, Kind kind, String typed, String receiver, String compared) {
    Fragment fragment = at(marked);
    assertThat(fragment.kind()).isEqualTo(kind);
    assertThat(fragment.typed()).isEqualTo(typed);
    assertThat(fragment.receiver() == null ? "" : fragment.part(fragment.receiver()))
        .isEqualTo(receiver);
    assertThat(fragment.compared() == null ? "" : fragment.part(fragment.compared().operand()))
        .isEqualTo(compared);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          f(‸; f; 0; ``
          f(a, ‸; f; 1; a
          f(g(a, b), c, ‸; f; 2; g(a, b)
          f(a, [1, 2‸; f; 1; a
          f(a, (b + ‸; f; 1; a
          f(")", ‸; f; 1; `")"`
          """)
  void the_call_that_holds_a_place(String marked, String function, int argument, String first) {
    Fragment fragment = at(marked);
    Fragment.Call call = fragment.calls().getLast();
    assertThat(call.function()).isEqualTo(function);
    assertThat(call.argument()).isEqualTo(argument);
    assertThat(argument == 0 ? "" : fragment.part(call.first()).strip()).isEqualTo(first);
  }
}
