package io.byteport.adapter.probes.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.engine.spi.ActionException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PromqlTest {

  @Test
  void a_name_is_filled_as_a_string() throws Exception {
    assertThat(
            Promql.bind(
                "sum(rate(x_total{service=$service, code=~\"5..\"}[5m])) / sum(y{service !="
                    + " $service})",
                Map.of("service", "api", "other", "unused")))
        .isEqualTo(
            "sum(rate(x_total{service=\"api\", code=~\"5..\"}[5m])) / sum(y{service != \"api\"})");
  }

  @Test
  void after_a_match_it_is_escaped_as_a_regular_expression_too() throws Exception {
    assertThat(Promql.bind("x{a=~$v,b!~$v}", Map.of("v", "a.b|.*")))
        .isEqualTo("x{a=~\"a\\\\.b\\\\|\\\\.\\\\*\",b!~\"a\\\\.b\\\\|\\\\.\\\\*\"}");
  }

  @Test
  void what_would_end_the_string_does_not() throws Exception {
    assertThat(
            Promql.bind(
                "x{a=$v}", Map.of("v", "\"} or vector(1) #\\\n\u0000\u001b[2J`'" + (char) 0xD800)))
        .isEqualTo("x{a=\"\\\"} or vector(1) #\\\\\\x0a\\x00\\x1b[2J`'\\ufffd\"}");
  }

  @Test
  void strings_and_comments_are_left_as_they_are() throws Exception {
    String query = "x{a=~\"^a$v$\", b='$v', c=`$v\\`} # costs $v";
    assertThat(Promql.bind(query, Map.of())).isEqualTo(query);
  }

  @Test
  void a_name_stands_only_where_a_value_of_a_label_does() {
    for (String query :
        List.of(
            "$v",
            "rate(x[$v])",
            "x{$v=\"a\"}",
            "x == $v",
            "x{a==$v}",
            "x{a=$v\"b\"}",
            "x{a=$v $v}",
            "x{a=\"b\"} * $v}",
            "x{a=$}",
            "topk($v, x{a=\"b\"})")) {
      assertThatThrownBy(() -> Promql.bind(query, Map.of("v", "1")))
          .as(query)
          .isInstanceOf(ActionException.class)
          .hasMessageContaining("stands where no value of a label can");
    }
  }

  @Test
  void a_name_without_a_value_and_a_value_without_end_are_refused() {
    assertThatThrownBy(() -> Promql.bind("x{a=$v}", Map.of()))
        .hasMessageContaining("names `$v`, which `bind` gives no value");
    assertThatThrownBy(() -> Promql.bind("x{a=$v}", Map.of("v", "y".repeat(5000))))
        .hasMessageContaining("longer than 4096");
  }

  /** Reads what was bound as the language Go reads a string. */
  @Property(tries = 2000)
  void whatever_the_value_it_comes_back_as_that_value_and_nothing_follows(@ForAll String value)
      throws Exception {
    if (value.length() > 4096) {
      return;
    }
    String bound = Promql.bind("x{a=$v}", Map.of("v", value));
    StringBuilder read = new StringBuilder();
    int at = 5;
    while (bound.charAt(at) != '"') {
      if (bound.charAt(at) != '\\') {
        read.append(bound.charAt(at));
        at++;
      } else {
        char kind = bound.charAt(at + 1);
        int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : 0;
        String code = bound.substring(at + 2, at + 2 + digits);
        read.append(digits == 0 ? kind : (char) Integer.parseInt(code, 16));
        at += 2 + digits;
      }
    }
    assertThat(bound.substring(at)).isEqualTo("\"}");
    assertThat(read.toString()).isEqualTo(withoutHalves(value));
  }

  private static String withoutHalves(String value) {
    StringBuilder whole = new StringBuilder();
    value
        .codePoints()
        .forEach(
            point ->
                whole.appendCodePoint(
                    Character.getType(point) == Character.SURROGATE ? 0xFFFD : point));
    return whole.toString();
  }
}
