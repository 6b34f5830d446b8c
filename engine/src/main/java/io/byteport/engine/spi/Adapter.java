package io.byteport.engine.spi;

import java.util.List;

/**
 * One way to reach the world: its actions and what of it can be watched. Opens connections when
 * first used; safe for several threads.
 */
public interface Adapter extends AutoCloseable {

  List<Action<?, ?>> actions();

  /** Empty where polling is all there is. */
  List<WatchSource> watches();

  @Override
  void close();
}
