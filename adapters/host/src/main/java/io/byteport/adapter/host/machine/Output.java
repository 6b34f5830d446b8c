package io.byteport.adapter.host.machine;

import java.nio.charset.StandardCharsets;

/** What a program wrote to one of its outputs: all of it, or the end. Immutable. */
public final class Output {
  public static final Output NONE = new Output(new byte[0], 0);

  private final byte[] bytes;
  private final long total;

  /**
   * @param bytes the end of what was written; becomes the output's own
   * @param total how many bytes were written
   */
  Output(byte[] bytes, long total) {
    this.bytes = bytes;
    this.total = total;
  }

  /** What was kept. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Whether the beginning was dropped because there was more than the cap. */
  public boolean isCut() {
    return total > bytes.length;
  }

  /** How many bytes the program wrote, kept or not. */
  public long total() {
    return total;
  }

  /**
   * What was kept as text; what is no UTF-8 becomes U+FFFD, half a character at the cut is left
   * out.
   */
  public String text() {
    int start = 0;
    if (isCut()) {
      while (start < bytes.length && start < 4 && (bytes[start] & 0xC0) == 0x80) {
        start++;
      }
    }
    return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return text();
  }
}
