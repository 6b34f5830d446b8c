package io.byteport.engine.chaos;

import io.byteport.engine.journal.FencedException;
import io.byteport.engine.journal.RunStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Consumer;

/** A store that tells of what is written to it, and of what it refuses. */
final class WatchedStore {
  private static final Set<String> WRITES =
      Set.of(
          "open",
          "openDue",
          "append",
          "appendSoon",
          "check",
          "reserve",
          "finish",
          "close",
          "delivered",
          "recordNotice",
          "post",
          "discard");

  private WatchedStore() {}

  /**
   * @param faults passes {@code write} before and {@code written} after each write
   * @param refused hears which call was refused to a process that lost its runs
   */
  static RunStore of(RunStore store, Faults faults, Consumer<String> refused) {
    return (RunStore)
        Proxy.newProxyInstance(
            WatchedStore.class.getClassLoader(),
            new Class<?>[] {RunStore.class},
            (proxy, method, arguments) -> {
              boolean writes =
                  WRITES.contains(method.getName()) && arguments != null && arguments.length > 0;
              if (writes) {
                faults.at("write");
              }
              Object result;
              try {
                result = method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                if (e.getCause() instanceof FencedException) {
                  refused.accept(method.getName());
                }
                throw e.getCause();
              }
              if (writes) {
                faults.at("written");
              }
              if (method.getName().equals("reserve")) {
                faults.at("reserved");
              }
              if (method.getName().equals("holdsLease") && Boolean.FALSE.equals(result)) {
                refused.accept("holdsLease");
              }
              return result;
            });
  }
}
