package io.byteport.engine.spi;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The actions and watches of some adapters, by dotted name. Safe for several threads. */
public final class ActionRegistry {
  private volatile Known known;

  private record Known(Map<String, Action<?, ?>> actions, Map<String, WatchSource> watches) {}

  /**
   * @throws IllegalArgumentException if two adapters have an action, or a watch, of the same name
   */
  public ActionRegistry(List<? extends Adapter> adapters) {
    this.known = known(adapters);
  }

  /**
   * From now on these do what the same actions of others did; what is being done goes on.
   *
   * @throws IllegalArgumentException as above; nothing is otherwise then
   */
  public void use(List<? extends Adapter> adapters) {
    known = known(adapters);
  }

  private static Known known(List<? extends Adapter> adapters) {
    Map<String, Action<?, ?>> actions = new TreeMap<>();
    Map<String, WatchSource> watches = new TreeMap<>();
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
    return new Known(actions, watches);
  }

  public Optional<Action<?, ?>> action(String name) {
    return Optional.ofNullable(known.actions().get(name));
  }

  /** What can be followed without polling; empty where the read can only be polled. */
  public Optional<WatchSource> watch(String action) {
    return Optional.ofNullable(known.watches().get(action));
  }

  /** All actions by name. */
  public Collection<Action<?, ?>> actions() {
    return Collections.unmodifiableCollection(known.actions().values());
  }
}
