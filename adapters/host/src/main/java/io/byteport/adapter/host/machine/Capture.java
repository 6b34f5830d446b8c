package io.byteport.adapter.host.machine;

import io.byteport.engine.spi.Progress;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes what a program writes: keeps the last bytes and tells each line as it is complete. Safe for
 * several threads.
 */
final class Capture extends OutputStream {
  private static final int LONGEST_LINE = 2_000;

  private final byte[] ring;
  private final Progress progress;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final byte[] mark;
  private final ByteArrayOutputStream greeting = new ByteArrayOutputStream();
  private int matched;
  private boolean begun;
  private long total;

  /**
   * @param cap how many bytes are kept
   * @param mark what comes before the end of a line that has this is no output of the program, but
   *     of the way there; empty where everything is. Its first character stands in it only once
   */
  Capture(int cap, Progress progress, String mark) {
    this.ring = new byte[cap];
    this.progress = progress;
    this.mark = mark.getBytes(StandardCharsets.US_ASCII);
    this.begun = mark.isEmpty();
  }

  @Override
  public synchronized void write(int b) {
    take((byte) b);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      take(bytes[i]);
    }
  }

  private void take(byte b) {
    if (!begun) {
      greet(b);
      return;
    }
    ring[(int) (total++ % ring.length)] = b;
    if (b == '\n') {
      endOfLine();
    } else if (line.size() < LONGEST_LINE) {
      line.write(b);
    }
  }

  private void greet(byte b) {
    if (matched == mark.length && b == '\n') {
      begun = true;
    } else if (matched < mark.length) {
      matched = b == mark[matched] ? matched + 1 : b == mark[0] ? 1 : 0;
      if (matched == mark.length) {
        greeting.reset();
      } else if (greeting.size() < LONGEST_LINE) {
        greeting.write(b);
      }
    } else if (greeting.size() < LONGEST_LINE) {
      greeting.write(b);
    }
  }

  private void endOfLine() {
    if (line.size() > 0) {
      progress.says(printable(line.toString(StandardCharsets.UTF_8)));
    }
    line.reset();
  }

  /** Without what a terminal would obey. */
  private static String printable(String text) {
    return text.replaceAll("\u001b\\[[0-9;?]*[ -/]*[@-~]", "")
        .replace("\t", "  ")
        .replaceAll("\\p{Cntrl}", "");
  }

  /** Whether the mark came, after which everything is the program's own output. */
  synchronized boolean hasBegun() {
    return begun;
  }

  /** What stands behind the mark in its line; without a mark up to now, all that came. */
  synchronized String greeting() {
    return greeting.toString(StandardCharsets.UTF_8).strip();
  }

  /** How many bytes of output came up to now. */
  synchronized long total() {
    return total;
  }

  /** What has come up to now. */
  synchronized Output output() {
    int kept = (int) Math.min(total, ring.length);
    byte[] bytes = new byte[kept];
    int first = (int) ((total - kept) % ring.length);
    for (int i = 0; i < kept; i++) {
      bytes[i] = ring[(first + i) % ring.length];
    }
    return new Output(bytes, total);
  }

  /** Tells the last line although it has no end. */
  @Override
  public synchronized void close() {
    endOfLine();
  }
}
