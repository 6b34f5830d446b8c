package io.byteport.adapter.cloud;

import io.byteport.adapter.cloud.http.EnvironmentProxies;
import io.byteport.adapter.cloud.http.Transport;
import io.byteport.adapter.cloud.machine.Machine;
import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.RecordCodec;
import io.byteport.engine.spi.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An adapter in front of a contract server, used as the engine uses it: inputs are values with the
 * catalogue's defaults filled in. Pauses are kept instead of waited for.
 */
final class Rig implements AutoCloseable {
  static final ActionCatalogue CATALOGUE =
      ClasspathCatalogue.load(Rig.class.getClassLoader()).value().orElseThrow();
  static final String TOKEN = "tok-3f9c0a7e5b";
  static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");

  final ContractServer server = new ContractServer();
  final List<Duration> pauses = new CopyOnWriteArrayList<>();
  final RecordCodec codec = new RecordCodec();
  Instant now = NOW;
  Duration timeout = Duration.ofSeconds(60);
  String intent = "run-1/step/1";
  private final CloudAdapter adapter;

  Rig(List<Inventory.Entry> entries, Map<String, String> environment, Path home) {
    List<Inventory.Entry> placed = new ArrayList<>();
    for (Inventory.Entry entry : entries) {
      Map<String, Value> settings = new LinkedHashMap<>(entry.settings());
      settings.replaceAll(
          (name, value) -> value.equals(Value.of("SERVER")) ? Value.of(server.url()) : value);
      placed.add(
          new Inventory.Entry(
              entry.kind(),
              entry.type(),
              entry.name(),
              entry.aliases(),
              settings,
              entry.credentials(),
              entry.labels(),
              entry.annotations()));
    }
    adapter =
        new CloudAdapter(
            new Inventory(placed),
            new Machine(environment, home),
            new Transport(new EnvironmentProxies(Map.of(), null), pauses::add, new Random(42)));
  }

  static Rig of(Inventory.Entry... entries) {
    return new Rig(List.of(entries), Map.of(), Path.of("/nonexistent"));
  }

  /** An entry whose address is the server's. */
  static Inventory.Entry entry(
      String kind, String name, Map<String, String> settings, Map<String, String> credentials) {
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("address", Value.of("SERVER"));
    settings.forEach((key, value) -> values.put(key, Value.of(value)));
    Map<String, Secret> secrets = new LinkedHashMap<>();
    credentials.forEach(
        (key, value) -> secrets.put(key, new Secret("the test", () -> value, known -> {})));
    return new Inventory.Entry(kind, kind, name, List.of(), values, secrets, Map.of(), Map.of());
  }

  static Inventory.Entry withToken(String kind, Map<String, String> settings) {
    return entry(kind, kind, settings, Map.of("token", TOKEN));
  }

  List<Action<?, ?>> actions() {
    return adapter.actions();
  }

  ActionContext context() {
    return new ActionContext(() -> now, timeout, intent);
  }

  /** Reads; null where nothing was found. */
  @SuppressWarnings("unchecked")
  @Nullable StructValue find(String name, Object... with)
      throws ActionException, InterruptedException {
    Action.Read<Record, Record> action = (Action.Read<Record, Record>) action(name);
    Record output = action.read(codec.read(with(name, with), action.inputType()), context());
    return output == null ? null : codec.write(output);
  }

  StructValue read(String name, Object... with) throws ActionException, InterruptedException {
    StructValue found = find(name, with);
    if (found == null) {
      throw new AssertionError(name + " found nothing");
    }
    return found;
  }

  Change change(String name, Object... with) {
    return new Change(name, with(name, with));
  }

  Action<?, ?> action(String name) {
    return adapter.actions().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** One change, step by step. */
  final class Change {
    private final Action.Change<Record, Record> action;
    private final Record input;
    private StructValue memo = StructValue.EMPTY;

    @SuppressWarnings("unchecked")
    private Change(String name, StructValue with) {
      action = (Action.Change<Record, Record>) action(name);
      input = codec.read(with, action.inputType());
    }

    Change prepared() throws ActionException, InterruptedException {
      memo = action.prepare(input, context());
      return this;
    }

    StructValue memo() {
      return memo;
    }

    Action.Changed<Record> changed() throws ActionException, InterruptedException {
      return action.change(input, memo, context());
    }

    StructValue made() throws ActionException, InterruptedException {
      return codec.write(changed().output());
    }

    Action.Probe probed() throws ActionException, InterruptedException {
      return action.probe(input, memo, context());
    }

    boolean settled() throws ActionException, InterruptedException {
      return action.settled(input, memo, context());
    }

    List<String> command() {
      return action.command(input);
    }
  }

  /** The inputs of an action: what is given, else the catalogue's defaults. */
  static StructValue with(String action, Object... given) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (ActionDescription.Input input : CATALOGUE.action(action).orElseThrow().inputs().values()) {
      if (input.defaultValue() != null) {
        values.put(input.name(), input.defaultValue());
      }
    }
    values.putAll(struct(given).fields());
    return new StructValue(values);
  }

  static StructValue struct(Object... fields) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      values.put((String) fields[i], value(fields[i + 1]));
    }
    return new StructValue(values);
  }

  static Value value(@Nullable Object object) {
    return switch (object) {
      case null -> Value.NULL;
      case Value value -> value;
      case String text -> Value.of(text);
      case Boolean flag -> Value.of(flag);
      case Integer number -> Value.of((double) number);
      case Duration duration -> Value.of(duration);
      case DataSize size -> Value.of(size);
      case List<?> list -> Value.of(list.stream().map(Rig::value).toList());
      default -> throw new IllegalArgumentException(object.toString());
    };
  }

  @Override
  public void close() {
    adapter.close();
    server.close();
  }
}
