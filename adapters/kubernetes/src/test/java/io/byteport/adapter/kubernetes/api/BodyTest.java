package io.byteport.adapter.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BodyTest {

  @Property(tries = 500)
  void the_end_is_what_the_whole_ends_with(
      @ForAll @Size(max = 8) List<@Size(max = 20) byte[]> parts,
      @ForAll @IntRange(min = 1, max = 30) int limit)
      throws IOException {
    Body body = Body.end(limit);
    for (byte[] part : parts) {
      body.add(List.of(ByteBuffer.wrap(part)));
    }
    byte[] all = concatenated(parts);
    assertThat(body.toBytes())
        .isEqualTo(Arrays.copyOfRange(all, Math.max(0, all.length - limit), all.length));
  }

  @Property(tries = 300)
  void the_whole_is_taken_or_refused(
      @ForAll @Size(max = 8) List<@Size(max = 20) byte[]> parts,
      @ForAll @IntRange(min = 1, max = 100) int limit)
      throws IOException {
    Body body = Body.whole(limit);
    byte[] all = concatenated(parts);
    if (all.length <= limit) {
      for (byte[] part : parts) {
        body.add(List.of(ByteBuffer.wrap(part)));
      }
      assertThat(body.toBytes()).isEqualTo(all);
    } else {
      assertThatIOException()
          .isThrownBy(
              () -> {
                for (byte[] part : parts) {
                  body.add(List.of(ByteBuffer.wrap(part)));
                }
              })
          .withMessageContaining("longer than " + limit + " bytes");
    }
  }

  private static byte[] concatenated(List<byte[]> parts) {
    ByteBuffer all = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(all::put);
    return all.array();
  }
}
