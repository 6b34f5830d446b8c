package io.byteport.adapter.kubernetes.api;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Passes on a stream of UTF-8 in pieces that end with a whole character. The client decodes each
 * piece by itself, so that a character which stands across two of them would be lost. Of one thread
 * at a time.
 */
final class WholeCharacters implements AsyncBody.Consumer<List<ByteBuffer>> {
  private final AsyncBody.Consumer<List<ByteBuffer>> next;
  private byte[] rest = new byte[0];

  WholeCharacters(AsyncBody.Consumer<List<ByteBuffer>> next) {
    this.next = next;
  }

  @Override
  public void consume(List<ByteBuffer> buffers, AsyncBody body) throws Exception {
    int length = rest.length + buffers.stream().mapToInt(ByteBuffer::remaining).sum();
    ByteBuffer all = ByteBuffer.allocate(length).put(rest);
    buffers.forEach(all::put);
    int whole = length - unfinished(all.array());
    rest = new byte[length - whole];
    System.arraycopy(all.array(), whole, rest, 0, rest.length);
    next.consume(List.of(ByteBuffer.wrap(all.array(), 0, whole)), body);
  }

  /** How many bytes at the end begin a character that goes on after them. */
  private static int unfinished(byte[] bytes) {
    for (int back = 1; back <= Math.min(3, bytes.length); back++) {
      int one = bytes[bytes.length - back] & 0xFF;
      if (one >= 0xC0) {
        int wanted = one >= 0xF0 ? 4 : one >= 0xE0 ? 3 : 2;
        return wanted > back ? back : 0;
      }
      if (one < 0x80) {
        return 0;
      }
    }
    return 0;
  }
}
