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

/** Waits until a YAML file in one of several folders changes. Used by one thread. */
final class TestWatch implements AutoCloseable {
  /** Editors write a file in several steps; what follows within this is the same change. */
  private static final long QUIET_MILLIS = 150;

  private final WatchService service;
  private final Set<Path> folders = new LinkedHashSet<>();

  TestWatch() throws IOException {
    service = FileSystems.getDefault().newWatchService();
  }

  /** Watches these folders too. */
  void watch(Collection<Path> more) throws IOException {
    for (Path folder : more) {
      if (folders.add(folder.toAbsolutePath())) {
        folder.register(
            service,
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_MODIFY,
            StandardWatchEventKinds.ENTRY_DELETE);
      }
    }
  }

  /** Returns after something has changed and nothing more changes. */
  void await() throws InterruptedException {
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

  @Override
  public void close() throws IOException {
    service.close();
  }
}
