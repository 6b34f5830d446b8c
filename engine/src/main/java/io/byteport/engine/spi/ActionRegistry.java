package io.byteport.engine.spi;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The actions and watches of some adapters, by dotted name. Immutable. */
public final class ActionRegistry {
  private final Map<String, Action<?, ?>> actions = new TreeMap<>();
  private final Map<String, WatchSource> watches = new TreeMap<>();

  /**
   * @throws IllegalArgumentException if two adapters have an action, or a watch, of the same name
   */
  public ActionRegistry(List<? extends Adapter> adapters) {
    for (Adapter adapter : adapters) {
      for (Action<?, ?> action : adapter.actions()) {
        if (actions.put(action.name(), action) != null) {
          throw new IllegalArgumentException(
              "two adapters have the action `" + action.name() + "`");
        }
      }
      for (WatchSource watch : adapter.watches()) {
        if (watches.put(watch.action(), watch) != null) {
          throw new IllegalArgumentException("two adapters watch `" + watch.action() + "`");
        }
      }
    }
  }

  public Optional<Action<?, ?>> action(String name) {
    return Optional.ofNullable(actions.get(name));
  }

  /** What can be followed without polling; empty where the read can only be polled. */
  public Optional<WatchSource> watch(String action) {
    return Optional.ofNullable(watches.get(action));
  }

  /** All actions by name. */
  public Collection<Action<?, ?>> actions() {
    return Collections.unmodifiableCollection(actions.values());
  }
}
