package io.byteport.adapter.sql;

import io.byteport.adapter.sql.connect.Pause;
import io.byteport.adapter.sql.model.Session;
import io.byteport.adapter.sql.model.SessionList;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionRegistry;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Inventory.Entry;
import io.byteport.engine.spi.RecordCodec;
import io.byteport.engine.spi.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** An adapter for some entries, called as the engine calls it: values in, values out. */
public final class Rig implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final RecordCodec codec = new RecordCodec();
  private final SqlAdapter adapter;
  private final ActionRegistry registry;
  private Duration timeout = Duration.ofSeconds(30);

  public Rig(Entry... entries) {
    this(Pause.real(), entries);
  }

  /**
   * @param pause what happens between two looks
   */
  public Rig(Pause pause, Entry... entries) {
    adapter = new SqlAdapter(new Inventory(List.of(entries)), pause);
    registry = new ActionRegistry(List.of(adapter));
  }

  public Rig within(Duration time) {
    timeout = time;
    return this;
  }

  /** An entry of the kind database with a password, if it is not empty. */
  public static Entry entry(
      String type, String name, Map<String, String> settings, String password) {
    Map<String, Value> values = new LinkedHashMap<>();
    settings.forEach((key, value) -> values.put(key, Value.of(value)));
    Map<String, Secret> credentials =
        password.isEmpty()
            ? Map.of()
            : Map.of("password", new Secret("a test", () -> password, value -> {}));
    return new Entry("database", type, name, List.of(), values, credentials, Map.of(), Map.of());
  }

  public ActionContext context() {
    return new ActionContext(Instant::now, timeout, "test");
  }

  @SuppressWarnings("unchecked") // inputs are made of the action's own input type
  private Action<Record, Record> action(String name) {
    return (Action<Record, Record>) registry.action(name).orElseThrow();
  }

  private Record input(String name, Map<String, ? extends Value> with) {
    return codec.read(Value.of(with), action(name).inputType());
  }

  /** Reads; null where the action found nothing. */
  @SuppressWarnings("unchecked") // the caller knows the output
  public <O extends Record> O read(String name, Map<String, ? extends Value> with)
      throws ActionException, InterruptedException {
    Action.Read<Record, Record> read = (Action.Read<Record, Record>) action(name);
    return (O) read.read(input(name, with), context());
  }

  private Action.Change<Record, Record> changing(String name) {
    return (Action.Change<Record, Record>) action(name);
  }

  public StructValue prepare(String name, Map<String, ? extends Value> with)
      throws ActionException, InterruptedException {
    return changing(name).prepare(input(name, with), context());
  }

  /** Prepares and changes. */
  public Action.Changed<Record> change(String name, Map<String, ? extends Value> with)
      throws ActionException, InterruptedException {
    return changing(name).change(input(name, with), prepare(name, with), context());
  }

  /** Changes with what was noted before. */
  public Action.Changed<Record> change(
      String name, Map<String, ? extends Value> with, StructValue memo)
      throws ActionException, InterruptedException {
    return changing(name).change(input(name, with), memo, context());
  }

  public Action.Probe probe(String name, Map<String, ? extends Value> with, StructValue memo)
      throws ActionException, InterruptedException {
    return changing(name).probe(input(name, with), memo, context());
  }

  public List<String> command(String name, Map<String, ? extends Value> with) {
    return action(name).command(input(name, with));
  }

  public List<Session> sessions(String database) throws ActionException, InterruptedException {
    return this.<SessionList>read("sql.sessions", Map.of("database", Value.of(database))).list();
  }

  /** What {@code sql.cancel} and {@code sql.terminate} take. */
  public Map<String, Value> on(String database, Session session) {
    return Map.of("database", Value.of(database), "session", codec.write(session));
  }

  public static String text(Value value) {
    return value instanceof TextValue text ? text.value() : "not a text: " + value;
  }

  /**
   * Asks again and again until something is so; fails after a minute. Between two questions lies
   * more than the tenth of a second for which InnoDB tells its transactions from memory: who asks
   * faster is never told anything new.
   */
  public static void await(String what, Callable<Boolean> holds) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (!holds.call()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      if (new Semaphore(0).tryAcquire(250, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody else knows this semaphore");
      }
    }
  }

  @Override
  public void close() {
    adapter.close();
  }
}
