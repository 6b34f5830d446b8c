package io.byteport.engine.spi;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import java.util.Map;

/** A read whose elements can be followed as they change, without polling. */
public interface WatchSource {

  /** The dotted name of the read. */
  String action();

  /**
   * Starts to follow. Elements arrive on threads of the source, one at a time for each key.
   *
   * @param with the read's inputs; references left out mean everything in reach
   * @return closes the watch
   */
  AutoCloseable start(StructValue with, Listener listener);

  /** Takes what a watch sees. Must return quickly. */
  interface Listener {

    /**
     * An element as it is now.
     *
     * @param key identifies the element over its life
     * @param element of the type that the catalogue says
     * @param labels the labels of a signal that it would make
     */
    void changed(String key, Value element, Map<String, String> labels);

    void gone(String key);

    /** The watch is blind until the next {@code changed}; it goes on by itself. */
    void degraded(String reason);
  }
}
