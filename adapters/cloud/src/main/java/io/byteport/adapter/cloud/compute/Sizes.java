package io.byteport.adapter.cloud.compute;

import io.byteport.dsl.value.DataSize;

/** Sizes of volumes, which providers count in whole gibibytes. */
public final class Sizes {
  private static final long GIB = 1L << 30;

  private Sizes() {}

  /** Rounded down. */
  static long gibibytes(DataSize size) {
    return size.bytes() / GIB;
  }

  public static DataSize ofGibibytes(long count) {
    return new DataSize(Math.multiplyExact(count, GIB));
  }
}
