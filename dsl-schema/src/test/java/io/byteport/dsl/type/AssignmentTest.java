package io.byteport.dsl.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssignmentTest {
  private static final EnumType AB = new EnumType(List.of("a", "b"));
  private static final EnumType ABC = new EnumType(List.of("a", "b", "c"));
  private static final RecordType REF =
      new RecordType("Ref")
          .complete(
              Map.of("kind", Scalar.STRING, "name", Scalar.STRING),
              List.of(),
              List.of("kind", "name"),
              Map.of("kind", Value.of("Pod")));
  private static final RecordType POD =
      new RecordType("Pod")
          .complete(
              Map.of("kind", Scalar.STRING, "name", Scalar.STRING, "uid", Scalar.STRING),
              List.of(REF),
              List.of("kind", "name"));
  private static final RecordType NAMED = RecordType.of("Named", Map.of("name", Scalar.STRING));

  @Test
  void a_type_fits_where_every_one_of_its_values_may_stand() {
    assertThat(Assignment.fits(Scalar.INTEGER, Scalar.NUMBER)).isTrue();
    assertThat(Assignment.fits(Scalar.NUMBER, Scalar.INTEGER)).isFalse();
    assertThat(Assignment.fits(AB, ABC)).isTrue();
    assertThat(Assignment.fits(ABC, AB)).isFalse();
    assertThat(Assignment.fits(AB, Scalar.STRING)).isTrue();
    assertThat(Assignment.fits(Scalar.STRING, AB)).isFalse();
    assertThat(Assignment.fits(Scalar.STRING, Scalar.PATH)).isTrue();
    assertThat(Assignment.fits(Scalar.STRING, Scalar.REGEX)).isFalse();
    assertThat(Assignment.fits(Scalar.SIZE.orNull(), Scalar.SIZE)).isFalse();
    assertThat(Assignment.fits(Scalar.SIZE, Scalar.SIZE.orNull())).isTrue();
    assertThat(Assignment.fits(Special.NULL, Scalar.SIZE.orNull())).isTrue();
    assertThat(Assignment.fits(new ListType(AB), new ListType(Scalar.STRING))).isTrue();
    assertThat(Assignment.fits(Special.ANY, Scalar.STRING)).isFalse();
    assertThat(Assignment.fits(Scalar.STRING, Special.ANY)).isTrue();
    assertThat(Assignment.fits(Special.UNKNOWN, Scalar.SIZE)).isTrue();
  }

  @Test
  void a_record_fits_what_it_is_and_what_asks_for_no_more_than_it_has() {
    assertThat(Assignment.fits(POD, REF)).isTrue();
    assertThat(Assignment.fits(REF, POD)).isFalse();
    assertThat(Assignment.fits(POD, NAMED)).isTrue();
    assertThat(Assignment.fits(NAMED, REF)).as("the kind has a default").isTrue();
    assertThat(Assignment.fits(NAMED, new MapType(Scalar.STRING))).isTrue();
    assertThat(Assignment.fits(Scalar.STRING, RecordType.inventory("Host"))).isTrue();
    assertThat(Assignment.fits(Scalar.STRING, NAMED)).isFalse();
  }

  @Test
  void two_types_have_the_narrowest_type_in_common() {
    assertThat(Assignment.join(Scalar.INTEGER, Scalar.NUMBER)).contains(Scalar.NUMBER);
    assertThat(Assignment.join(AB, new EnumType(List.of("c")))).contains(ABC);
    assertThat(Assignment.join(AB, Scalar.STRING)).contains(Scalar.STRING);
    assertThat(Assignment.join(Scalar.PATH, Scalar.DOMAIN)).contains(Scalar.STRING);
    assertThat(Assignment.join(Special.NULL, Scalar.SIZE)).contains(Scalar.SIZE.orNull());
    assertThat(Assignment.join(POD, REF)).contains(REF);
    assertThat(Assignment.join(new ListType(Special.UNKNOWN), new ListType(POD)))
        .contains(new ListType(POD));
    assertThat(Assignment.join(Scalar.SIZE, Scalar.PERCENT)).isEmpty();
    assertThat(Assignment.join(Scalar.STRING, Scalar.NUMBER)).isEmpty();
    assertThat(Assignment.join(Scalar.STRING, RecordType.inventory("Host"))).isEmpty();
  }

  @Test
  void only_what_can_be_equal_is_compared() {
    assertThat(Assignment.isComparable(AB, new EnumType(List.of("b", "z")))).isTrue();
    assertThat(Assignment.isComparable(AB, new EnumType(List.of("z")))).isFalse();
    assertThat(Assignment.isComparable(POD.orNull(), REF)).isTrue();
    assertThat(Assignment.isComparable(Special.NULL, Scalar.SIZE)).isTrue();
    assertThat(Assignment.isComparable(Special.ANY, Scalar.STRING)).isFalse();
    assertThat(Assignment.isComparable(Scalar.INTEGER, Scalar.PERCENT)).isFalse();
  }
}
