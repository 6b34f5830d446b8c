package io.byteport.dsl.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionsTest {
  private static final List<String> NAMES =
      List.of(
          "escalate", "minConfidence", "logs", "uses", "until", "workload", "when", "with", "id");

  @ParameterizedTest
  @CsvSource({
    "excalate,escalate",
    "escalte,escalate",
    "esaclate,escalate",
    "min_confidence,minConfidence",
    "MINCONFIDENCE,minConfidence",
    "lgos,logs",
    "use,uses",
    "untill,until",
    "workloads,workload",
    "wehn,when",
    "ID,id"
  })
  void a_slip_of_the_finger_finds_its_name(String slip, String name) {
    assertThat(Suggestions.nearest(slip, NAMES)).contains(name);
    assertThat(Suggestions.hint(slip, NAMES)).isEqualTo("did you mean `" + name + "`?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"colour", "notify", "xy", "", "verification", "logs"})
  void another_word_finds_none(String word) {
    assertThat(Suggestions.nearest(word, NAMES)).isEmpty();
    assertThat(Suggestions.hint(word, NAMES)).isNull();
  }

  @Test
  void a_tie_goes_to_the_first_in_the_alphabet() {
    assertThat(Suggestions.nearest("xa", List.of("xc", "xb"))).contains("xb");
  }

  @Test
  void very_long_names_are_not_compared() {
    String name = "x".repeat(10_000);
    assertThat(Suggestions.nearest(name, List.of(name + "y"))).isEmpty();
  }
}
