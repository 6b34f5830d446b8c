package io.byteport.sim.host.system;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file, a directory or a link, whatever its names. Mutable; guarded by the machine. */
public final class Inode {
  /** What it is. */
  public enum Kind {
    FILE,
    DIRECTORY,
    LINK
  }

  private static final int BLOCK = 4096;
  private static final int UNITS = BLOCK / 512;
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private final long number;
  private final Kind kind;
  private final int device;
  private final Instant since;
  private long size;
  private byte @Nullable [] content;
  private Instant modifiedAt;
  private int names = 1;
  private long growsPerHour;
  private double compressesTo = 10;
  private String mode = "644";
  private String owner = "root";

  Inode(long number, Kind kind, int device, Instant now) {
    this.number = number;
    this.kind = kind;
    this.device = device;
    this.since = now;
    this.modifiedAt = now;
    if (kind == Kind.DIRECTORY) {
      mode = "755";
      size = BLOCK;
    }
  }

  public long number() {
    return number;
  }

  public Kind kind() {
    return kind;
  }

  /** The filesystem that it is on, as {@code stat -c %d} says. */
  public int device() {
    return device;
  }

  public int names() {
    return names;
  }

  void isCalledOnceMore(int more) {
    names += more;
  }

  /** In bytes, at a time. */
  public long size(Instant now) {
    return size
        + Math.round(
            (double) growsPerHour * Math.max(0, Duration.between(since, now).toMillis()) / HOUR);
  }

  /** What it takes on disk, in units of 512 bytes: whole blocks of 4096. */
  public long blocks(Instant now) {
    return switch (kind) {
      case LINK -> 0;
      case DIRECTORY -> UNITS;
      case FILE -> (size(now) + BLOCK - 1) / BLOCK * UNITS;
    };
  }

  /** When it was written to last; what grows is written to all the time. */
  public Instant modifiedAt(Instant now) {
    return growsPerHour > 0 ? now : modifiedAt;
  }

  void wasModified(Instant time) {
    modifiedAt = time;
  }

  /** What it holds; bytes that nobody wrote down are `x`. Where a link leads. */
  public byte[] content(int most, Instant now) {
    if (content != null) {
      return Arrays.copyOf(content, Math.min(content.length, most));
    }
    byte[] filler = new byte[(int) Math.min(most, size(now))];
    Arrays.fill(filler, (byte) 'x');
    return filler;
  }

  /** All of what it holds, which must be small. */
  public String text(Instant now) {
    return new String(content(1 << 20, now), StandardCharsets.UTF_8);
  }

  void holds(byte[] bytes) {
    content = bytes.clone();
    size = bytes.length;
  }

  void measures(long bytes, long perHour) {
    size = bytes;
    growsPerHour = perHour;
  }

  /** Is written to no more; another file is instead. */
  void restsFor(Inode other, Instant now) {
    other.growsPerHour = growsPerHour;
    size = size(now);
    modifiedAt = modifiedAt(now);
    growsPerHour = 0;
  }

  public double compressesTo() {
    return compressesTo;
  }

  void compressesTo(double percent) {
    compressesTo = percent;
  }

  public String mode() {
    return mode;
  }

  public void mode(String octal) {
    mode = octal;
  }

  public String owner() {
    return owner;
  }

  public void owner(String name) {
    owner = name;
  }
}
