package io.byteport.adapter.host;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.RecordCodec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs actions of adapters by their names, with values of the language, as the engine does. */
public final class Station {
  private final RecordCodec codec = new RecordCodec();
  private final ActionContext context;
  private final Adapter adapter;

  /** One at whose clock it is always the same time. */
  public Station(Adapter adapter, Instant now) {
    this(adapter, InstantSource.fixed(now));
  }

  public Station(Adapter adapter, InstantSource clock) {
    this.adapter = adapter;
    this.context = new ActionContext(clock, Duration.ofMinutes(2), "test");
  }

  /**
   * Inputs by name and value, in turn; a value is a text, a boolean, a list of texts or a Value.
   */
  public static StructValue with(Object... inputs) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (int i = 0; i < inputs.length; i += 2) {
      fields.put((String) inputs[i], value(inputs[i + 1]));
    }
    return new StructValue(fields);
  }

  private static Value value(Object plain) {
    return switch (plain) {
      case Value value -> value;
      case Boolean flag -> Value.of(flag);
      case Integer number -> Value.of(number.doubleValue());
      case Duration duration -> Value.of(duration);
      case List<?> list -> Value.of(list.stream().map(Station::value).toList());
      default -> Value.of(String.valueOf(plain));
    };
  }

  /** What a read finds. */
  public @Nullable StructValue read(String action, StructValue inputs) throws Exception {
    return read((Action.Read<?, ?>) action(action), inputs);
  }

  private <I extends Record, O extends Record> @Nullable StructValue read(
      Action.Read<I, O> action, StructValue inputs) throws Exception {
    O output = action.read(codec.read(inputs, action.inputType()), context);
    return output == null ? null : codec.write(output);
  }

  /** What prepare notes. */
  public StructValue prepare(String action, StructValue inputs) throws Exception {
    return prepare((Action.Change<?, ?>) action(action), inputs);
  }

  private <I extends Record, O extends Record> StructValue prepare(
      Action.Change<I, O> action, StructValue inputs) throws Exception {
    return action.prepare(codec.read(inputs, action.inputType()), context);
  }

  /** The answer of a change and whether anything changed. */
  public record Done(StructValue output, boolean changed) {}

  /** Prepares and makes a change. */
  public Done change(String action, StructValue inputs) throws Exception {
    return change(action, inputs, prepare(action, inputs));
  }

  public Done change(String action, StructValue inputs, StructValue memo) throws Exception {
    return change((Action.Change<?, ?>) action(action), inputs, memo);
  }

  private <I extends Record, O extends Record> Done change(
      Action.Change<I, O> action, StructValue inputs, StructValue memo)
      throws ActionException, InterruptedException {
    Action.Changed<O> changed =
        action.change(codec.read(inputs, action.inputType()), memo, context);
    return new Done(codec.write(changed.output()), changed.changed());
  }

  public Action.Probe probe(String action, StructValue inputs, StructValue memo) throws Exception {
    return probe((Action.Change<?, ?>) action(action), inputs, memo);
  }

  private <I extends Record, O extends Record> Action.Probe probe(
      Action.Change<I, O> action, StructValue inputs, StructValue memo) throws Exception {
    return action.probe(codec.read(inputs, action.inputType()), memo, context);
  }

  public List<String> command(String action, StructValue inputs) {
    return command(action(action), inputs);
  }

  private <I extends Record> List<String> command(Action<I, ?> action, StructValue inputs) {
    return action.command(codec.read(inputs, action.inputType()));
  }

  private Action<?, ?> action(String name) {
    return adapter.actions().stream()
        .filter(action -> action.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
