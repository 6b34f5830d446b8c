package io.byteport.dsl.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiteralCoercionTest {

  private static Value fits(Value value, Type type) {
    return switch (LiteralCoercion.coerce(value, type)) {
      case LiteralCoercion.Fits fits -> fits.value();
      case LiteralCoercion.Misfit misfit -> throw new AssertionError(misfit.message());
    };
  }

  private static String misfit(Value value, Type type) {
    return switch (LiteralCoercion.coerce(value, type)) {
      case LiteralCoercion.Fits fits -> throw new AssertionError("fits: " + fits.value());
      case LiteralCoercion.Misfit misfit ->
          misfit.path() + "|" + misfit.message() + "|" + misfit.hint();
    };
  }

  @Test
  void texts_become_what_they_spell() {
    assertThat(fits(Value.of("15s"), Scalar.DURATION)).isEqualTo(Value.of(Duration.ofSeconds(15)));
    assertThat(fits(Value.of("256Mi"), Scalar.SIZE)).isEqualTo(Value.of(new DataSize(256L << 20)));
    assertThat(fits(Value.of("80%"), Scalar.PERCENT)).isEqualTo(Value.of(new Percent(80)));
    assertThat(fits(Value.of("2026-11-21T03:00:00Z"), Scalar.INSTANT))
        .isEqualTo(Value.of(Instant.parse("2026-11-21T03:00:00Z")));
    assertThat(fits(Value.of("5"), Scalar.INTEGER)).isEqualTo(Value.of(5));
    assertThat(fits(Value.of("true"), Scalar.BOOLEAN)).isEqualTo(Value.TRUE);
    assertThat(fits(Value.of("idle"), new EnumType(List.of("active", "idle"))))
        .isEqualTo(Value.of("idle"));
    assertThat(fits(Value.of(List.of(Value.of("5m"))), new ListType(Scalar.DURATION)))
        .isEqualTo(Value.of(List.of(Value.of(Duration.ofMinutes(5)))));
    assertThat(fits(Value.NULL, Scalar.SIZE.orNull())).isEqualTo(Value.NULL);
    assertThat(fits(Value.of("appdb"), RecordType.inventory("Database")))
        .isEqualTo(Value.of("appdb"));
  }

  @Test
  void a_misfit_says_what_was_expected_and_how_to_write_it() {
    assertThat(misfit(Value.of(80), Scalar.PERCENT))
        .isEqualTo("|expected a percent, found the number `80`|write `80%`");
    assertThat(misfit(Value.of(15), Scalar.DURATION))
        .isEqualTo(
            "|expected a duration, found the number `15`|say the unit, as in `15s` or `1h30m`");
    assertThat(misfit(Value.of("256MB"), Scalar.SIZE))
        .isEqualTo("|expected a size, found `256MB`|say the unit, as in `256Mi` or `2G`");
    assertThat(misfit(Value.of(1.5), Scalar.INTEGER))
        .isEqualTo("|expected an integer, found the number `1.5`|null");
    assertThat(misfit(Value.of("(a"), Scalar.REGEX))
        .isEqualTo(
            "|expected a regular expression, found one that does not compile: missing closing ):"
                + " `(a`|null");
    assertThat(misfit(Value.of("x"), new EnumType(List.of("a", "b"))))
        .isEqualTo("|expected one of `a`, `b`, found `x`|null");
    assertThat(misfit(Value.NULL, Scalar.SIZE)).startsWith("|expected a size, found null");
  }

  @Test
  void a_misfit_inside_says_where() {
    RecordType probe = RecordType.of("Probe", Map.of("delays", new ListType(Scalar.DURATION)));
    Value delays = Value.of(List.of(Value.of("5s"), Value.of(6)));
    assertThat(misfit(Value.of(Map.of("delays", delays)), probe))
        .startsWith("delays.1|expected a duration, found the number `6`");
    assertThat(misfit(Value.of(Map.of("delay", delays)), probe))
        .startsWith("delay|expected a field of `Probe`, found `delay`");
    assertThat(misfit(Value.of(Map.of("a", Value.of(1))), new MapType(Scalar.STRING)))
        .startsWith("a|expected a string, found the number `1`|put it into quotes");
  }

  @Test
  void a_series_is_points_in_time_or_the_answers_of_functions_over_it() {
    SeriesType sizes = new SeriesType(Scalar.SIZE);
    Value answers = Value.of(Map.of("growth", Value.of(new Percent(34))));
    assertThat(fits(answers, sizes)).isEqualTo(answers);
    Value point =
        Value.of(Map.of("at", Value.of("2026-11-21T03:00:00Z"), "value", Value.of("1Gi")));
    assertThat(fits(Value.of(List.of(point)), sizes).toString()).contains("SizeValue");
  }
}
