package io.byteport.adapter.host;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Inventory.Entry;
import io.byteport.engine.spi.RecordCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Runs actions as the engine does: values in, values out. */
final class Rig implements AutoCloseable {
  private static final ActionCatalogue CATALOGUE =
      ClasspathCatalogue.load(Rig.class.getClassLoader()).value().orElseThrow();

  private final HostAdapter adapter;
  private final RecordCodec codec = new RecordCodec();
  final List<String> heard = new CopyOnWriteArrayList<>();
  private final ActionContext context =
      new ActionContext(InstantSource.system(), Duration.ofSeconds(60), "intent-1", heard::add);

  private Rig(Inventory inventory) {
    adapter = new HostAdapter(inventory);
  }

  /** What `shell.run` may run in tests that do not say otherwise. */
  static final Value PROGRAMS =
      value(List.of("printf **", "cat **", "true", "no-such-program", "sh **", "sleep **"));

  /** With this machine alone, under the name localhost. */
  static Rig here() {
    return with(Map.of("programs", PROGRAMS));
  }

  static Rig of(Entry... entries) {
    return new Rig(new Inventory(List.of(entries)));
  }

  /** This machine with settings of its own, texts or lists of texts. */
  static Rig with(Map<String, Object> settings) {
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("local", Value.of(true));
    settings.forEach((key, value) -> values.put(key, value(value)));
    return of(
        new Entry("host", "host", "localhost", List.of(), values, Map.of(), Map.of(), Map.of()));
  }

  static Value value(Object object) {
    return switch (object) {
      case Value value -> value;
      case String text -> Value.of(text);
      case Boolean flag -> Value.of(flag);
      case Number number -> Value.of(number.doubleValue());
      case Duration duration -> Value.of(duration);
      case io.byteport.dsl.value.DataSize size -> Value.of(size);
      case java.time.Instant instant -> Value.of(instant);
      case List<?> list -> Value.of(list.stream().map(Rig::value).toList());
      case Map<?, ?> map -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        map.forEach((key, each) -> fields.put((String) key, value(each)));
        yield Value.of(fields);
      }
      default -> throw new IllegalArgumentException("no value: " + object);
    };
  }

  /** Names and values, in turn; the host is localhost unless named. */
  static StructValue inputs(Object... namesAndValues) {
    StructValue inputs = StructValue.EMPTY.with("host", Value.of("localhost"));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      inputs = inputs.with((String) namesAndValues[i], value(namesAndValues[i + 1]));
    }
    return inputs;
  }

  /** With the defaults of the catalogue. */
  private static StructValue defaulted(String name, Object... namesAndValues) {
    StructValue inputs = inputs(namesAndValues);
    for (ActionDescription.Input input : CATALOGUE.action(name).orElseThrow().inputs().values()) {
      if (input.defaultValue() != null && !inputs.fields().containsKey(input.name())) {
        inputs = inputs.with(input.name(), input.defaultValue());
      }
    }
    return inputs;
  }

  /** What a change returned, and whether it changed anything. */
  record Done(StructValue output, boolean changed) {
    double number(String field) {
      return ((Value.NumberValue) output.get(field)).value();
    }

    long bytes(String field) {
      return ((Value.SizeValue) output.get(field)).value().bytes();
    }
  }

  @Nullable StructValue read(String name, Object... inputs)
      throws ActionException, InterruptedException {
    return readWith((Action.Read<?, ?>) action(name), defaulted(name, inputs));
  }

  private <I extends Record, O extends Record> @Nullable StructValue readWith(
      Action.Read<I, O> action, StructValue inputs) throws ActionException, InterruptedException {
    O found = action.read(codec.read(inputs, action.inputType()), context);
    return found == null ? null : codec.write(found);
  }

  /** Prepares and changes. */
  Done change(String name, Object... inputs) throws ActionException, InterruptedException {
    return changeWith((Action.Change<?, ?>) action(name), defaulted(name, inputs));
  }

  private <I extends Record, O extends Record> Done changeWith(
      Action.Change<I, O> action, StructValue inputs) throws ActionException, InterruptedException {
    I input = codec.read(inputs, action.inputType());
    StructValue memo = action.prepare(input, context);
    Action.Changed<O> changed = action.change(input, memo, context);
    return new Done(codec.write(changed.output()), changed.changed());
  }

  StructValue prepare(String name, Object... inputs) throws ActionException, InterruptedException {
    return prepareWith((Action.Change<?, ?>) action(name), defaulted(name, inputs));
  }

  private <I extends Record> StructValue prepareWith(Action.Change<I, ?> action, StructValue inputs)
      throws ActionException, InterruptedException {
    return action.prepare(codec.read(inputs, action.inputType()), context);
  }

  Done changeAfter(StructValue memo, String name, Object... inputs)
      throws ActionException, InterruptedException {
    return changeAfterWith((Action.Change<?, ?>) action(name), memo, defaulted(name, inputs));
  }

  private <I extends Record, O extends Record> Done changeAfterWith(
      Action.Change<I, O> action, StructValue memo, StructValue inputs)
      throws ActionException, InterruptedException {
    Action.Changed<O> changed =
        action.change(codec.read(inputs, action.inputType()), memo, context);
    return new Done(codec.write(changed.output()), changed.changed());
  }

  Action.Probe probe(StructValue memo, String name, Object... inputs)
      throws ActionException, InterruptedException {
    return probeWith((Action.Change<?, ?>) action(name), memo, defaulted(name, inputs));
  }

  private <I extends Record> Action.Probe probeWith(
      Action.Change<I, ?> action, StructValue memo, StructValue inputs)
      throws ActionException, InterruptedException {
    return action.probe(codec.read(inputs, action.inputType()), memo, context);
  }

  /** The command as an operator would see it. */
  List<String> command(String name, Object... inputs) {
    return commandWith(action(name), defaulted(name, inputs));
  }

  private <I extends Record> List<String> commandWith(Action<I, ?> action, StructValue inputs) {
    return action.command(codec.read(inputs, action.inputType()));
  }

  List<Action<?, ?>> actions() {
    return adapter.actions();
  }

  private Action<?, ?> action(String name) {
    return adapter.actions().stream()
        .filter(action -> action.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static String text(@Nullable StructValue struct, String field) {
    return struct != null && struct.get(field) instanceof Value.TextValue text ? text.value() : "";
  }

  static List<String> texts(Value list) {
    return ((Value.ListValue) list)
        .items().stream().map(each -> ((Value.TextValue) each).value()).toList();
  }

  static List<StructValue> structs(Value list) {
    return ((Value.ListValue) list).items().stream().map(StructValue.class::cast).toList();
  }

  static List<Object> list(Object... items) {
    return Arrays.asList(items);
  }

  @Override
  public void close() {
    adapter.close();
  }
}
