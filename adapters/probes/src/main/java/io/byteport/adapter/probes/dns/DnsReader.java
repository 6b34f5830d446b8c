package io.byteport.adapter.probes.dns;

import io.byteport.adapter.probes.net.PlainText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Reads one answer of RFC 1035 section 4.1. Whatever the bytes are it ends, reads nothing outside
 * of them, and keeps a bounded number of records of bounded length.
 */
final class DnsReader {
  private static final int MOST_RECORDS = 256;
  private static final int LONGEST_TEXT = 4096;
  private static final int LONGEST_NAME = 255;
  private static final int QUERY_RESPONSE = 0x8000;
  private static final int TRUNCATED = 0x0200;

  private final byte[] bytes;
  private int at;

  private DnsReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @param query what was asked
   * @throws IOException if the bytes are no answer to it
   */
  static DnsAnswer read(byte[] bytes, byte[] query) throws IOException {
    return new DnsReader(bytes).answer(query);
  }

  /** Whether it can be an answer to a query: the same number, and marked as one. */
  static boolean answers(byte[] bytes, int length, byte[] query) {
    return length >= 12 && bytes[0] == query[0] && bytes[1] == query[1] && (bytes[2] & 0x80) != 0;
  }

  private DnsAnswer answer(byte[] query) throws IOException {
    int id = number(2);
    int flags = number(2);
    int questions = number(2);
    int answers = number(2);
    int authorities = number(2);
    at += 2;
    DnsReader asked = new DnsReader(query);
    boolean same = id == asked.number(2) && (flags & QUERY_RESPONSE) != 0 && questions <= 1;
    asked.at = 12;
    if (same && questions == 1) {
      same = name().equals(asked.name()) && number(2) == asked.number(2);
      at += 2;
    }
    if (!same) {
      throw new IOException("it answered something that was not asked");
    }
    boolean cut = (flags & TRUNCATED) != 0;
    return cut
        ? new DnsAnswer(flags & 0xF, true, List.of(), List.of())
        : new DnsAnswer(flags & 0xF, false, records(answers), records(authorities));
  }

  private List<DnsRecord> records(int count) throws IOException {
    List<DnsRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      DnsRecord next = next();
      if (records.size() < MOST_RECORDS) {
        records.add(next);
      }
    }
    return records;
  }

  private DnsRecord next() throws IOException {
    String owner = name();
    int type = number(2);
    at += 2;
    long ttl = number(4) & 0x7FFFFFFFL;
    int length = number(2);
    int end = at + length;
    if (end > bytes.length) {
      throw broken();
    }
    String text = text(type, end);
    at = end;
    return new DnsRecord(owner, type, Duration.ofSeconds(ttl), text);
  }

  private String text(int type, int end) throws IOException {
    if (type == DnsType.SOA) {
      return name() + " " + name();
    }
    DnsType known = DnsType.of(type).orElse(null);
    return switch (known) {
      case null -> "";
      case A, AAAA -> address(end);
      case CNAME, NS -> name();
      case MX -> number(2) + " " + name();
      case TXT -> strings(end);
      case CAA -> authorization(end);
    };
  }

  private String address(int end) throws IOException {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, end)).getHostAddress();
    } catch (UnknownHostException e) {
      throw broken();
    }
  }

  /** The strings of a TXT record, which are one text in pieces of 255 bytes. */
  private String strings(int end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (at < end) {
      int length = number(1);
      text.append(latin(length, end));
    }
    byte[] whole = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    return PlainText.line(new String(whole, StandardCharsets.UTF_8), LONGEST_TEXT);
  }

  /** Flags, tag and value, as RFC 8659 section 4.1 has them. */
  private String authorization(int end) throws IOException {
    int flags = number(1);
    String tag = latin(number(1), end);
    String value = latin(end - at, end);
    return PlainText.line(flags + " " + tag + " " + value, LONGEST_TEXT);
  }

  private String latin(int length, int end) throws IOException {
    if (length < 0 || at + length > end) {
      throw broken();
    }
    String text = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    at += length;
    return text;
  }

  /** A name in lower case; its pointers lead backwards only, so that it ends. */
  private String name() throws IOException {
    StringBuilder name = new StringBuilder();
    int from = at;
    int resume = -1;
    while (true) {
      int length = byteAt(from);
      if (length >= 0xC0) {
        int target = (length & 0x3F) << 8 | byteAt(from + 1);
        resume = resume < 0 ? from + 2 : resume;
        if (target >= from) {
          throw broken();
        }
        from = target;
        continue;
      }
      if (length > 63 || name.length() > LONGEST_NAME * 4) {
        throw broken();
      }
      from++;
      if (length == 0) {
        at = resume < 0 ? from : resume;
        return name.toString();
      }
      name.append(name.isEmpty() ? "" : ".");
      for (int i = 0; i < length; i++) {
        name.append(character(byteAt(from + i)));
      }
      from += length;
    }
  }

  /** As zone files write it: what could be mistaken is escaped. */
  private static String character(int one) {
    if (one > 0x20 && one < 0x7F && one != '.' && one != '\\' && one != '"') {
      return String.valueOf((char) one).toLowerCase(Locale.ROOT);
    }
    return one == '.' ? "\\." : "\\" + String.format(Locale.ROOT, "%03d", one);
  }

  private int byteAt(int index) throws IOException {
    if (index >= bytes.length) {
      throw broken();
    }
    return bytes[index] & 0xFF;
  }

  private int number(int size) throws IOException {
    int number = 0;
    for (int i = 0; i < size; i++) {
      number = number << 8 | byteAt(at + i);
    }
    at += size;
    return number;
  }

  private IOException broken() {
    return new IOException(
        "its answer is broken at byte "
            + at
            + ": "
            + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 16)));
  }
}
