package io.byteport.adapter.kubernetes.api;

import org.jspecify.annotations.Nullable;

/** Which objects a list is about; null means all. */
public record Selection(@Nullable String labels, @Nullable String fields) {
  public static final Selection ALL = new Selection(null, null);

  public static Selection labels(String selector) {
    return new Selection(selector, null);
  }

  public static Selection fields(String selector) {
    return new Selection(null, selector);
  }
}
