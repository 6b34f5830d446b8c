package io.byteport.dsl.value;

/**
 * An amount of memory or disk.
 *
 * @param bytes number of bytes, negative for a difference
 */
public record DataSize(long bytes) implements Comparable<DataSize> {
  @Override
  public int compareTo(DataSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** As people write it: {@code 256Mi}. */
  @Override
  public String toString() {
    return Quantities.print(this);
  }
}
