package io.byteport.engine.signal;

/**
 * Hears how watches fare. Called on the watcher's work, one call at a time; must return quickly.
 */
public interface WatchListener {

  /** Hears nothing. */
  WatchListener SILENT =
      new WatchListener() {
        @Override
        public void degraded(String watch, String reason) {}

        @Override
        public void restored(String watch) {}

        @Override
        public void undelivered(Signal signal, String reason) {}
      };

  /**
   * A watch sees nothing; it goes on trying by itself.
   *
   * @param watch what is watched, as a person would name it: {@code host.unit (host: web-1, unit:
   *     kubelet)}
   */
  void degraded(String watch, String reason);

  /** There is nothing that a detector could watch: the inventory or the parameters name nothing. */
  default void idle(String watch, String reason) {
    degraded(watch, reason);
  }

  /** A watch that was degraded sees again. */
  void restored(String watch);

  /** Nobody could take a signal. It is kept and offered again. */
  void undelivered(Signal signal, String reason);
}
