package io.byteport.dsl.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeNotationTest {
  private static final Map<String, Type> NAMES =
      Map.of("Pod", RecordType.of("Pod", Map.of("name", Type.Scalar.STRING)));

  private static TypeNotation.Parsed parse(String text) {
    return TypeNotation.parse(text, name -> Optional.ofNullable(NAMES.get(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "string",
        "duration",
        "any",
        "Pod",
        "list<string>",
        "map<list<size>>",
        "series<number>",
        "enum(a, b)",
        "list<enum(one, two)>"
      })
  void a_type_prints_as_it_is_written(String text) {
    TypeNotation.Parsed parsed = parse(text);
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.type()).hasToString(text);
  }

  @Test
  void a_question_mark_lets_null_in() {
    assertThat(parse("size?").type()).hasToString("size or null");
    assertThat(parse("list<Pod?>").type()).hasToString("list<Pod or null>");
    assertThat(parse("enum(a)?").type().mayBeNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "strin, 0, 5",
    "list<strin>, 5, 10",
    "list, 4, 4",
    "list<string, 11, 11",
    "enum, 0, 4",
    "'enum(a, )', 8, 8",
    "string extra, 7, 12",
    "'', 0, 0",
    "'map<>', 4, 5"
  })
  void a_fault_is_told_where_it_is(String text, int start, int end) {
    assertThat(parse(text).problems())
        .first()
        .satisfies(
            problem -> {
              assertThat(problem.start()).isEqualTo(start);
              assertThat(problem.end()).isEqualTo(end);
            });
  }

  @Test
  void a_name_that_is_no_type_is_told_apart_from_other_faults() {
    assertThat(parse("list<Pot>").problems())
        .first()
        .extracting(TypeNotation.Problem::unknown)
        .isEqualTo("Pot");
    assertThat(parse("list<Pod").problems())
        .first()
        .extracting(TypeNotation.Problem::unknown)
        .isNull();
  }
}
