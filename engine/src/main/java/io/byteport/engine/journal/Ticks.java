package io.byteport.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A clock that nobody sets: it only says how much time lies between two looks at it.
 *
 * @param nanos goes on steadily; safe for several threads
 * @param boot what it counts since, so that looks of two processes can be compared where that is
 *     the same; null where they cannot
 */
public record Ticks(LongSupplier nanos, @Nullable String boot) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  /** Of this machine: where it says so (on Linux), since it was started. */
  public static Ticks ofMachine() {
    return new Ticks(System::nanoTime, bootId());
  }

  /** Of a clock that is known to be right, such as a virtual one. */
  public static Ticks of(InstantSource clock) {
    return new Ticks(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos(), null);
  }

  private static @Nullable String bootId() {
    try {
      return Files.isReadable(BOOT_ID) ? Files.readString(BOOT_ID).strip() : null;
    } catch (IOException notThere) {
      return null; // then the looks of two processes are not compared
    }
  }
}
