package io.byteport.cli.agent;

import io.byteport.engine.run.Timers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks regularly whether files have changed. It asks rather than waits to be told, since a mounted
 * configuration is exchanged as a whole behind links, of which no system tells. A change counts
 * once it has been the same for two looks, so that no half-written file is read.
 */
final class Look implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Timers timers;
  private final Supplier<List<Path>> places;
  private final Runnable changed;
  private List<String> known;
  private List<String> before;
  private boolean closed;
  private Timers.@Nullable Timer timer;

  /**
   * @param places files, and folders with the YAML files in them
   * @param changed is called on a thread of the timers
   */
  Look(Timers timers, Supplier<List<Path>> places, Runnable changed) {
    this.timers = timers;
    this.places = places;
    this.changed = changed;
    this.known = seen();
    this.before = known;
  }

  synchronized void start() {
    if (!closed) {
      timer = timers.at(timers.clock().instant().plus(EVERY), this::look);
    }
  }

  /** As the files are now they are known. */
  synchronized void know() {
    known = seen();
    before = known;
  }

  private void look() {
    boolean news;
    List<String> now = seen();
    synchronized (this) {
      news = !now.equals(known) && now.equals(before);
      before = now;
      if (news) {
        known = now;
      }
    }
    if (news) {
      changed.run();
    }
    start();
  }

  private List<String> seen() {
    List<String> seen = new ArrayList<>();
    for (Path place : places.get()) {
      try {
        for (Path file : Files.isDirectory(place) ? Shelf.files(place) : List.of(place)) {
          BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
          seen.add(file + " " + file.toRealPath() + " " + is.lastModifiedTime() + " " + is.size());
        }
      } catch (IOException gone) {
        seen.add(place + " cannot be read");
      }
    }
    return seen;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (timer != null) {
      timer.cancel();
    }
  }
}
