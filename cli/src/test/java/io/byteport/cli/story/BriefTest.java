package io.byteport.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BriefTest {
  private static Value list(String last) {
    List<Value> items = new ArrayList<>(List.of(Value.of("a"), Value.of("b")));
    items.add(Value.of(last));
    return Value.of(items);
  }

  @Test
  void a_list_that_a_journal_has_cut_is_as_long_as_it_was() {
    assertThat(Brief.of(list("… and 81 more"), 80)).isEqualTo("83 items: a; b; … and 81 more");
    assertThat(Brief.of(Value.of(Map.of("x", list("… and 81 more"), "y", Value.of(true))), 80))
        .contains("x (83 items)");
    assertThat(Brief.of(list("c"), 80)).isEqualTo("3 items: a; b; c");
  }

  @Test
  void a_number_has_as_many_decimals_as_in_every_message() {
    assertThat(Brief.of(Value.of(0.02107258279678927), 80)).isEqualTo("0.0211");
    assertThat(Brief.of(Value.of(40), 80)).isEqualTo("40");
  }
}
