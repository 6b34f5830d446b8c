package io.byteport.cli.agent;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.run.CallGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many calls at a time reach one entry of the inventory; further ones wait, in the order in
 * which they come. Measures every call.
 */
final class ConnectionGate implements CallGate {
  private final ActionCatalogue catalogue;
  private final Metrics metrics;
  private final int atOnce;
  private final Map<String, Semaphore> entries = new ConcurrentHashMap<>();

  /**
   * @param atOnce 1 at least
   */
  ConnectionGate(ActionCatalogue catalogue, Metrics metrics, int atOnce) {
    this.catalogue = catalogue;
    this.metrics = metrics;
    this.atOnce = atOnce;
  }

  @Override
  public Place enter(String action, StructValue input) throws InterruptedException {
    List<Semaphore> taken = new ArrayList<>();
    try {
      // In one order, so that no two calls wait for each other.
      for (String entry : reached(action, input)) {
        Semaphore places = entries.computeIfAbsent(entry, any -> new Semaphore(atOnce, true));
        take(places, entry);
        taken.add(places);
      }
    } catch (InterruptedException e) {
      taken.forEach(Semaphore::release);
      throw e;
    }
    return new Taken(action, taken);
  }

  private void take(Semaphore places, String entry) throws InterruptedException {
    if (places.tryAcquire()) {
      return;
    }
    long began = System.nanoTime();
    places.acquire();
    metrics.time(
        Metric.ACTION_WAITS,
        Duration.ofNanos(System.nanoTime() - began),
        entry.substring(0, entry.indexOf('/')));
  }

  /** The places that one call has. Belongs to one thread. */
  private final class Taken implements Place {
    private final String action;
    private final List<Semaphore> places;

    Taken(String action, List<Semaphore> places) {
      this.action = action;
      this.places = places;
    }

    @Override
    public Call begin() {
      long began = System.nanoTime();
      return failure ->
          metrics.called(action, Duration.ofNanos(System.nanoTime() - began), failure);
    }

    @Override
    public void close() {
      places.forEach(Semaphore::release);
      places.clear();
    }
  }

  /** The entries of the inventory that an input names, such as {@code Database/appdb}. */
  private TreeSet<String> reached(String action, StructValue input) {
    TreeSet<String> reached = new TreeSet<>();
    ActionDescription description = catalogue.action(action).orElse(null);
    if (description != null) {
      description
          .inputs()
          .forEach((name, declared) -> add(declared.type(), input.get(name), reached));
    }
    return reached;
  }

  private static void add(@Nullable Type type, Value value, TreeSet<String> reached) {
    if (type == null || !(type.nonNull() instanceof RecordType record)) {
      return;
    }
    if (record.isInventory()) {
      Value name = value instanceof StructValue struct ? struct.get("name") : Value.NULL;
      reached.add(record.name() + "/" + (name instanceof Value.TextValue text ? text.value() : ""));
    } else {
      record
          .fields()
          .forEach(
              (field, of) ->
                  add(
                      of,
                      value instanceof StructValue struct ? struct.get(field) : Value.NULL,
                      reached));
    }
  }
}
