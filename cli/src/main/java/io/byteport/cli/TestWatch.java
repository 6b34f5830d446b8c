package io.byteport.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does something once, and again whenever a YAML file changes in one of several folders. Changes
 * that come close together count as one.
 */
final class TestWatch {
  private static final long QUIET_MILLIS = 100;

  private final Set<Path> folders;

  TestWatch(Collection<Path> folders) {
    this.folders = new LinkedHashSet<>(folders);
  }

  /**
   * Runs the pass, then waits for changes and runs it again, until the thread is interrupted, whose
   * mark then stays.
   *
   * @throws IOException if the system cannot watch
   */
  void run(Runnable pass) throws IOException {
    try (WatchService service = FileSystems.getDefault().newWatchService()) {
      for (Path folder : folders) {
        folder.register(
            service,
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_MODIFY,
            StandardWatchEventKinds.ENTRY_DELETE);
      }
      while (true) {
        pass.run();
        await(service);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns after something has changed and nothing more changes. */
  private static void await(WatchService service) throws InterruptedException {
    boolean changed = false;
    while (!changed) {
      changed = isOfYaml(service.take());
    }
    WatchKey more = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
    while (more != null) {
      isOfYaml(more);
      more = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private static boolean isOfYaml(WatchKey key) {
    boolean yaml = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      yaml |= isYaml(event.context());
    }
    key.reset();
    return yaml;
  }

  private static boolean isYaml(@Nullable Object name) {
    return name == null || name.toString().endsWith(".yaml") || name.toString().endsWith(".yml");
  }
}
