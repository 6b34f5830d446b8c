package io.byteport.engine.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordCodecTest {
  private final RecordCodec codec = new RecordCodec();

  enum Kind {
    @Word("Deployment")
    DEPLOYMENT,
    @Word("cri-o")
    CRI_O,
    LIVENESS,
    IDLE_IN_TRANSACTION
  }

  record Inner(String name, @Nullable Integer count) {}

  record Everything(
      String text,
      boolean flag,
      @Nullable Boolean maybeFlag,
      int number,
      long large,
      double real,
      @Nullable Double maybeReal,
      Duration duration,
      DataSize size,
      Percent percent,
      Instant instant,
      Kind kind,
      List<Inner> list,
      List<@Nullable String> gaps,
      Map<String, Duration> map,
      Inner inner,
      @Nullable Inner maybeInner,
      Value any) {}

  record Checked(int port) {
    Checked {
      if (port < 1) {
        throw new IllegalArgumentException("a port is positive");
      }
    }
  }

  record Text(String text) {}

  record Number(int number) {}

  record OfKind(Kind kind) {}

  record Nested(Inner inner, List<Inner> all) {}

  private static final Everything RECORD =
      new Everything(
          "t",
          true,
          null,
          7,
          1L << 40,
          1.5,
          2.5,
          Duration.ofMinutes(5),
          new DataSize(1024),
          new Percent(80),
          Instant.parse("2026-03-01T12:00:00Z"),
          Kind.CRI_O,
          List.of(new Inner("a", 1), new Inner("b", null)),
          java.util.Arrays.asList("x", null),
          Map.of("k", Duration.ofSeconds(1)),
          new Inner("in", 3),
          null,
          Value.of(List.of(Value.of(1), Value.NULL)));

  @Test
  void aRecordIsReadAsItWasWritten() {
    assertThat(codec.read(codec.write(RECORD), Everything.class)).isEqualTo(RECORD);
  }

  @Test
  void quantitiesBecomeValuesOfTheirKind() {
    StructValue value = codec.write(RECORD);

    assertThat(value.get("duration")).isEqualTo(Value.of(Duration.ofMinutes(5)));
    assertThat(value.get("size")).isEqualTo(Value.of(new DataSize(1024)));
    assertThat(value.get("percent")).isEqualTo(Value.of(new Percent(80)));
    assertThat(value.get("number")).isEqualTo(Value.of(7));
    assertThat(value.get("maybeFlag")).isEqualTo(Value.NULL);
    assertThat(value.fields().keySet()).startsWith("text", "flag", "maybeFlag", "number");
  }

  @ParameterizedTest
  @CsvSource({
    "DEPLOYMENT, Deployment",
    "CRI_O, cri-o",
    "LIVENESS, liveness",
    "IDLE_IN_TRANSACTION, idle_in_transaction"
  })
  void anEnumConstantIsItsWord(Kind kind, String word) {
    assertThat(codec.write(new OfKind(kind)).get("kind")).isEqualTo(Value.of(word));
    assertThat(codec.read(struct("kind", Value.of(word)), OfKind.class).kind()).isEqualTo(kind);
  }

  @Test
  void whatIsMissingIsNullWhereItMayBe() {
    assertThat(codec.read(struct("name", Value.of("a")), Inner.class))
        .isEqualTo(new Inner("a", null));
    assertThatThrownBy(() -> codec.read(StructValue.EMPTY, Inner.class))
        .isInstanceOf(RecordMismatchException.class)
        .hasMessage("`name` is missing");
    assertThatThrownBy(() -> codec.read(struct("number", Value.NULL), Number.class))
        .hasMessage("`number` is missing");
  }

  @Test
  void anInputThatTheActionDoesNotHaveIsRefused() {
    assertThatThrownBy(
            () -> codec.read(struct("text", Value.of("a")).with("force", Value.TRUE), Text.class))
        .hasMessage("`force` is not an input; there are [text]");
  }

  @Test
  void aRicherRecordMayStandForAPlainerOne() {
    StructValue rich = struct("name", Value.of("a")).with("more", Value.TRUE);

    assertThat(codec.read(struct("inner", rich).with("all", Value.of(List.of(rich))), Nested.class))
        .isEqualTo(new Nested(new Inner("a", null), List.of(new Inner("a", null))));
  }

  @Test
  void aTextStandsForARecordThatNeedsNothingButAName() {
    record Cluster(String name, @Nullable String region) {}
    record Pod(Cluster cluster) {}

    assertThat(codec.read(struct("cluster", Value.of("prod")), Pod.class))
        .isEqualTo(new Pod(new Cluster("prod", null)));
    assertThatThrownBy(
            () ->
                codec.read(
                    struct("inner", Value.of(1)).with("all", Value.ListValue.EMPTY), Nested.class))
        .hasMessage("`inner` must be a record, but is the number 1");
  }

  @Test
  void aMismatchNamesThePlaceWhatWasExpectedAndWhatWasFound() {
    assertThatThrownBy(() -> codec.read(struct("text", Value.of(1)), Text.class))
        .hasMessage("`text` must be text, but is the number 1");
    assertThatThrownBy(() -> codec.read(struct("number", Value.of(1.5)), Number.class))
        .hasMessage(
            "`number` must be an integer from -2147483648 to 2147483647, but is the number 1.5");
    assertThatThrownBy(() -> codec.read(struct("number", Value.of(3e9)), Number.class))
        .isInstanceOf(RecordMismatchException.class);
    assertThatThrownBy(() -> codec.read(struct("kind", Value.of("deployment")), OfKind.class))
        .hasMessage(
            "`kind` must be one of [Deployment, cri-o, liveness, idle_in_transaction], but is the"
                + " text \"deployment\"");
    StructValue nested =
        struct("inner", struct("name", Value.of("a")))
            .with("all", Value.of(List.of(struct("name", Value.TRUE))));
    assertThatThrownBy(() -> codec.read(nested, Nested.class))
        .hasMessage("`all[0].name` must be text, but is true");
  }

  @Test
  void whatTheConstructorRefusesIsAMismatch() {
    assertThatThrownBy(() -> codec.read(struct("port", Value.of(0)), Checked.class))
        .isInstanceOf(RecordMismatchException.class)
        .hasMessage("the input is not valid: a port is positive");
  }

  @Test
  void numbersThatTheLanguageCannotHoldAreRefused() {
    record Real(double real) {}
    record Large(long large) {}

    assertThatThrownBy(() -> codec.write(new Real(Double.NaN)))
        .hasMessage("`real` must be a finite number, but is NaN");
    assertThatThrownBy(() -> codec.write(new Large(Long.MAX_VALUE)))
        .isInstanceOf(RecordMismatchException.class);
  }

  private static StructValue struct(String name, Value value) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put(name, value);
    return new StructValue(fields);
  }
}
