package io.byteport.cli.world;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/** A world that has not begun. */
public interface Setting {
  /** The time at which it begins. */
  Instant startAt();

  /**
   * Begins.
   *
   * @param clock stands at {@link #startAt} or later, and is moved by the caller
   * @param folder an existing one for what the world keeps; the caller deletes it
   * @throws IOException if a server cannot be started or a file not be written
   */
  World start(InstantSource clock, Path folder) throws IOException;
}
