package io.byteport.lsp;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made when it is first asked for, once. Safe for use by several threads. */
final class Lazy<T> implements Supplier<T> {
  private @Nullable Supplier<T> maker;
  private @Nullable T value;

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    T made = value;
    if (made == null) {
      if (maker == null) {
        throw new IllegalStateException("made nothing");
      }
      made = maker.get();
      value = made;
      maker = null;
    }
    return made;
  }
}
