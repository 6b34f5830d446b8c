package io.byteport.engine.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.action.ActionDescription.Input;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.value.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CatalogueConformanceTest {
  private final CatalogueConformance conformance = new CatalogueConformance();

  enum Probe {
    LIVENESS,
    READINESS
  }

  record In(String name, @Nullable Duration after, int count, Probe probe, List<String> labels) {}

  record Item(String key, double value) {}

  record Out(boolean ready, List<Item> items, Map<String, String> labels, @Nullable Out next) {}

  record Look(Class<In> inputType, Class<Out> outputType) implements Action.Read<In, Out> {
    Look() {
      this(In.class, Out.class);
    }

    @Override
    public String name() {
      return "test.look";
    }

    @Override
    public List<String> command(In input) {
      return List.of();
    }

    @Override
    public @Nullable Out read(In input, ActionContext context) {
      return null;
    }
  }

  private final Map<String, Input> inputs = new LinkedHashMap<>();
  private final Map<String, Type> item = new LinkedHashMap<>();
  private final Map<String, Type> output = new LinkedHashMap<>();

  CatalogueConformanceTest() {
    input("name", Scalar.STRING, true, null);
    input("after", Scalar.DURATION, false, null);
    input("count", Scalar.INTEGER, false, Value.of(3));
    input("probe", new Type.EnumType(List.of("liveness", "readiness")), true, null);
    input("labels", new Type.ListType(Scalar.STRING), true, null);
    item.put("key", Scalar.STRING);
    item.put("value", Scalar.NUMBER);
    output.put("ready", Scalar.BOOLEAN);
    output.put("labels", new Type.MapType(Scalar.STRING));
  }

  @Test
  void anActionThatIsAsDescribedHasNoDifferences() {
    assertThat(differences(Effect.READ)).isEmpty();
  }

  @Test
  void everyDifferenceIsNamed() {
    input("name", Scalar.INTEGER, true, null);
    input("after", Scalar.DURATION, true, null);
    input("probe", new Type.EnumType(List.of("liveness", "startup")), true, null);
    input("labels", new Type.ListType(Scalar.STRING.orNull()), true, null);
    input("force", Scalar.BOOLEAN, false, null);
    inputs.remove("count");
    item.put("value", Scalar.PERCENT);
    item.put("unit", Scalar.STRING);
    output.put("ready", Scalar.BOOLEAN.orNull());

    assertThat(differences(Effect.CHANGE))
        .containsExactlyInAnyOrder(
            "`test.look` is described as CHANGE, but Java reads",
            "`test.look`: `name` is integer in the catalogue, but java.lang.String in Java",
            "`test.look`: `after` is @Nullable in Java, but never null in the catalogue",
            "`test.look`: `probe` may be `startup` in the catalogue, which Java does not know",
            "`test.look`: `probe` may be `readiness` in Java, which the catalogue does not know",
            "`test.look`: `labels[]` may be null in the catalogue, but is not @Nullable in Java",
            "`test.look`: `force` is an input of the catalogue without a component in Java",
            "`test.look`: `count` is a component in Java, but no input of the catalogue",
            "`test.look`: `output.items[].value` is percent in the catalogue, but double in Java",
            "`test.look`: `output.items[].unit` is a field of Item without a component in Java",
            "`test.look`: `output.ready` may be null in the catalogue, but is not @Nullable in"
                + " Java");
  }

  private List<String> differences(Effect effect) {
    RecordType out = new RecordType("Out");
    Map<String, Type> fields = new LinkedHashMap<>(output);
    fields.put("items", new Type.ListType(RecordType.of("Item", item)));
    fields.put("next", new Type.NullableType(out));
    out.complete(fields, List.of(), List.of());
    ActionDescription description =
        new ActionDescription(
            "test.look",
            "",
            effect,
            false,
            inputs,
            out,
            Map.of(),
            List.of(),
            "",
            null,
            null,
            null,
            null);
    return conformance.differences(new Look(), description);
  }

  private void input(String name, Type type, boolean required, @Nullable Value defaultValue) {
    inputs.put(name, new Input(name, type, required, defaultValue, null));
  }
}
