package io.byteport.adapter.cloud.http;

/**
 * How much of an answer is read into memory.
 *
 * @param bytes at most so much
 * @param keepsEnd whether the end of a longer one is kept; else a longer one is a failure
 */
public record Limit(int bytes, boolean keepsEnd) {
  /** For answers that are data: 8 MiB, and no part of more. */
  public static final Limit DEFAULT = new Limit(8 << 20, false);

  /** For texts of which the end matters. */
  public static Limit end(int bytes) {
    return new Limit(bytes, true);
  }
}
