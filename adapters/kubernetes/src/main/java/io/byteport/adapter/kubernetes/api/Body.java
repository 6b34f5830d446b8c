package io.byteport.adapter.kubernetes.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** The bytes of an answer, never more of them than is allowed. Filled by one thread at a time. */
final class Body {
  private final int limit;
  private final boolean keepsEnd;
  private byte[] bytes = new byte[0];
  private int length;
  private int start;

  private Body(int limit, boolean keepsEnd) {
    this.limit = limit;
    this.keepsEnd = keepsEnd;
  }

  /** Takes all, and refuses what is longer. */
  static Body whole(int limit) {
    return new Body(limit, false);
  }

  /** Takes anything, and keeps its end. */
  static Body end(int limit) {
    return new Body(limit, true);
  }

  void add(List<ByteBuffer> buffers) throws IOException {
    for (ByteBuffer buffer : buffers) {
      if (keepsEnd) {
        keep(buffer);
      } else {
        append(buffer);
      }
    }
  }

  private void append(ByteBuffer buffer) throws IOException {
    int more = buffer.remaining();
    if (length + (long) more > limit) {
      throw new IOException("the answer is longer than " + limit + " bytes");
    }
    grow(length + more);
    buffer.get(bytes, length, more);
    length += more;
  }

  private void keep(ByteBuffer buffer) {
    int skip = Math.max(0, buffer.remaining() - limit);
    buffer.position(buffer.position() + skip);
    while (buffer.hasRemaining()) {
      if (length < limit) {
        int more = Math.min(buffer.remaining(), limit - length);
        grow(length + more);
        buffer.get(bytes, length, more);
        length += more;
      } else {
        int more = Math.min(buffer.remaining(), limit - start);
        buffer.get(bytes, start, more);
        start = (start + more) % limit;
      }
    }
  }

  private void grow(int wanted) {
    if (wanted > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(wanted, bytes.length * 2L)));
    }
  }

  byte[] toBytes() {
    byte[] ordered = new byte[length];
    System.arraycopy(bytes, start, ordered, 0, length - start);
    System.arraycopy(bytes, 0, ordered, length - start, start);
    return ordered;
  }
}
