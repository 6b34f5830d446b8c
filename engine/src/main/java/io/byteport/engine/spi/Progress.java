package io.byteport.engine.spi;

/**
 * Hears what an action is doing while it does it: a pod evicted, a line that a program printed.
 * What is said is recorded, redacted and capped. Safe for several threads.
 */
@FunctionalInterface
public interface Progress {

  Progress UNHEARD = line -> {};

  /**
   * @param line without an end of line; longer ones are cut
   */
  void says(String line);
}
