package io.byteport.adapter.probes.dns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Queries in the form of RFC 1035 section 4.1, with the size of answers of RFC 6891. Pure. */
final class DnsMessage {
  static final int MOST_UDP = 1232;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int INTERNET = 1;
  private static final int OPT = 41;
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_NAME = 255;

  private DnsMessage() {}

  /**
   * A question for one name.
   *
   * @throws IllegalArgumentException if a label is empty or too long, or the whole name is
   */
  static byte[] query(int id, String name, int type) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    shorts(out, id, RECURSION_DESIRED, 1, 0, 0, 1);
    name(out, name);
    shorts(out, type, INTERNET);
    out.write(0); // the root owns the OPT record
    shorts(out, OPT, MOST_UDP, 0, 0, 0);
    return out.toByteArray();
  }

  private static void name(ByteArrayOutputStream out, String name) {
    String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    int before = out.size();
    if (!plain.isEmpty()) {
      for (String label : plain.toLowerCase(Locale.ROOT).split("\\.", -1)) {
        byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length == 0 || bytes.length > LONGEST_LABEL) {
          throw new IllegalArgumentException("a label has from 1 to 63 characters");
        }
        out.write(bytes.length);
        out.writeBytes(bytes);
      }
    }
    out.write(0);
    if (out.size() - before > LONGEST_NAME) {
      throw new IllegalArgumentException("a name has at most 253 characters");
    }
  }

  private static void shorts(ByteArrayOutputStream out, int... values) {
    for (int value : values) {
      out.write(value >>> 8);
      out.write(value);
    }
  }
}
