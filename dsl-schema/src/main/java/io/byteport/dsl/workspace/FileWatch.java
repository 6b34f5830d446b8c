package io.byteport.dsl.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does something once, and again whenever YAML files or patterns of git change in some folders.
 * Folders that come later are watched too; hidden ones and those of builds are not. Changes that
 * come close together count as one.
 */
public final class FileWatch {
  private static final long QUIET_MILLIS = 100;
  private static final int MOST_WAITS = 20;

  private final List<Path> roots;
  private final Map<WatchKey, Path> folders = new HashMap<>();
  private final Map<Path, Set<Path>> single = new HashMap<>();

  /**
   * @param roots folders with all that is in them, and single files
   */
  public FileWatch(List<Path> roots) {
    this.roots = roots.stream().map(root -> root.toAbsolutePath().normalize()).toList();
  }

  /**
   * Runs the pass, then waits for changes and runs it again, until the thread is interrupted, whose
   * mark then stays. What changes during a pass leads to another.
   *
   * @throws IOException if the system cannot watch
   */
  public void run(Runnable pass) throws IOException {
    try (WatchService service = roots.getFirst().getFileSystem().newWatchService()) {
      for (Path root : roots) {
        if (Files.isDirectory(root)) {
          register(service, root);
        } else if (root.getParent() != null) {
          single.computeIfAbsent(root.getParent(), any -> new HashSet<>()).add(root);
          register(service, root.getParent(), true);
        }
      }
      while (true) {
        pass.run();
        boolean changed = false;
        while (!changed) {
          changed = settled(service, service.take());
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ClosedWatchServiceException closed) {
      throw new IOException("the folders cannot be watched any more", closed);
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  /** Takes events until none comes for a while; whether any of them matters. */
  private boolean settled(WatchService service, WatchKey first)
      throws IOException, InterruptedException {
    boolean changed = false;
    @Nullable WatchKey key = first;
    for (int waits = 0; key != null && waits < MOST_WAITS; waits++) {
      changed |= take(service, key);
      key = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
    }
    if (key != null) {
      changed |= take(service, key);
    }
    return changed;
  }

  private boolean take(WatchService service, WatchKey key) throws IOException {
    boolean changed = false;
    Path folder = folders.get(key);
    for (WatchEvent<?> event : key.pollEvents()) {
      if (folder == null || !(event.context() instanceof Path name)) {
        changed = true; // more happened than the system could tell
        continue;
      }
      Path path = folder.resolve(name);
      boolean appeared = event.kind().equals(StandardWatchEventKinds.ENTRY_CREATE);
      if (isSingle(folder)) {
        changed |= single.getOrDefault(folder, Set.of()).contains(path);
      } else if (appeared && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        changed |= isWatched(name.toString());
        register(service, path);
      } else {
        changed |= matters(name.toString(), event.kind());
      }
    }
    if (!key.reset()) {
      folders.remove(key);
    }
    return changed;
  }

  /** Whether only some files of a folder are watched, and it lies in no folder that is. */
  private boolean isSingle(Path folder) {
    return single.containsKey(folder)
        && roots.stream().noneMatch(root -> Files.isDirectory(root) && folder.startsWith(root));
  }

  /** What vanished may have been a folder; its name does not tell. */
  private static boolean matters(String name, WatchEvent.Kind<?> kind) {
    boolean yaml = Selector.isYaml(name) && !name.startsWith(".");
    boolean vanished = kind.equals(StandardWatchEventKinds.ENTRY_DELETE) && isWatched(name);
    return yaml || vanished || name.equals(".gitignore");
  }

  private static boolean isWatched(String name) {
    return !name.startsWith(".") && !Selector.isOfBuild(name);
  }

  private void register(WatchService service, Path root) throws IOException {
    boolean isRoot = roots.contains(root);
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            boolean named = isRoot && folder.equals(root);
            if (!named && !isWatched(String.valueOf(folder.getFileName()))) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            register(service, folder, named);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException failure) {
            return FileVisitResult.CONTINUE; // gone again, or not for us: the pass tells
          }
        });
  }

  private void register(WatchService service, Path folder, boolean mustExist) throws IOException {
    try {
      WatchKey key =
          folder.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
      folders.put(key, folder);
    } catch (NoSuchFileException gone) {
      if (mustExist) {
        throw gone;
      }
    }
  }
}
