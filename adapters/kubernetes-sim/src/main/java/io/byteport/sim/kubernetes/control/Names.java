package io.byteport.sim.kubernetes.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.byteport.sim.kubernetes.store.Json;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;

/** Names as the control plane makes them: hashes of templates and seeded random suffixes. */
final class Names {
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private final Random random;

  Names(long seed) {
    random = new Random(seed ^ 0x5DEECE66DL);
  }

  /** Five characters, different with every call. */
  String suffix() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  /** Sixteen hexadecimal digits, different with every call. */
  String hex() {
    return String.format("%016x", random.nextLong());
  }

  /** An address that does not stand for a pod yet. */
  String address(int ordinal) {
    return "10.244." + (ordinal / 250 % 250) + "." + (ordinal % 250 + 2);
  }

  /** The same characters for the same pod template. */
  static String hash(JsonNode template) {
    CRC32 crc = new CRC32();
    crc.update(Json.bytes(template));
    long value = crc.getValue();
    crc.update("#".getBytes(StandardCharsets.US_ASCII));
    value = value << 16 ^ crc.getValue();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      text.append(ALPHABET.charAt((int) Long.remainderUnsigned(value, ALPHABET.length())));
      value = Long.divideUnsigned(value, ALPHABET.length());
    }
    return text.toString();
  }
}
