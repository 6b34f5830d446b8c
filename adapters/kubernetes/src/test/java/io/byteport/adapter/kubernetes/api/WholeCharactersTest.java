package io.byteport.adapter.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class WholeCharactersTest {
  private static final AsyncBody NO_BODY =
      new AsyncBody() {
        @Override
        public void consume() {}

        @Override
        public CompletableFuture<Void> done() {
          return new CompletableFuture<>();
        }

        @Override
        public void cancel() {}
      };

  @Property(tries = 500)
  void each_piece_can_be_decoded_by_itself(
      @ForAll @StringLength(max = 60) String text, @ForAll @IntRange(min = 1, max = 7) int piece)
      throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder decoded = new StringBuilder();
    WholeCharacters whole =
        new WholeCharacters(
            (buffers, body) ->
                buffers.forEach(one -> decoded.append(StandardCharsets.UTF_8.decode(one))));
    for (int at = 0; at < bytes.length; at += piece) {
      whole.consume(
          List.of(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at))), NO_BODY);
    }
    assertThat(decoded.toString()).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
  }
}
