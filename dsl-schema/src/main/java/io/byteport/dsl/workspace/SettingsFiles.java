package io.byteport.dsl.workspace;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.settings.Settings;
import io.byteport.dsl.settings.SettingsLoader;
import io.byteport.dsl.source.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings that hold in each folder, every file of them read once. Those with errors set
 * nothing. Safe for use by several threads.
 */
public final class SettingsFiles {
  private final boolean on;
  private final @Nullable Path only;
  private final Map<Path, Optional<Path>> nearest = new ConcurrentHashMap<>();
  private final Map<Path, Loaded> loaded = new ConcurrentHashMap<>();

  /** Settings with the folder that their patterns are relative to. */
  private record Loaded(Path folder, Settings settings, FileReport report) {}

  private SettingsFiles(boolean on, @Nullable Path only) {
    this.on = on;
    this.only = only;
  }

  /** {@code byteport.yaml} in the folder or the nearest above it. */
  public static SettingsFiles nearest() {
    return new SettingsFiles(true, null);
  }

  /** One file for all folders. */
  public static SettingsFiles only(Path file) {
    return new SettingsFiles(true, file);
  }

  public static SettingsFiles none() {
    return new SettingsFiles(false, null);
  }

  /** What holds for the files in a folder. */
  public Settings in(Path folder) {
    Loaded found = find(folder);
    return found == null ? Settings.NONE : found.settings();
  }

  /** Whether something that lies directly in a folder is passed over. */
  boolean exclude(Path folder, Path child, boolean isFolder) {
    Loaded found = find(folder);
    if (found == null) {
      return false;
    }
    Path absolute = child.toAbsolutePath().normalize();
    return absolute.startsWith(found.folder())
        && found
            .settings()
            .exclude()
            .judge(GitIgnore.slashed(found.folder(), absolute), isFolder)
            .orElse(false);
  }

  /** What was found in the files that were read so far. */
  List<FileReport> reports() {
    return loaded.values().stream().map(Loaded::report).toList();
  }

  private @Nullable Loaded find(Path folder) {
    if (!on) {
      return null;
    }
    Path file = only != null ? only : above(folder.toAbsolutePath().normalize()).orElse(null);
    return file == null ? null : loaded.computeIfAbsent(file, SettingsFiles::load);
  }

  private Optional<Path> above(Path folder) {
    Optional<Path> known = nearest.get(folder);
    if (known == null) {
      Path here = folder.resolve(SettingsLoader.FILE_NAME);
      Path parent = folder.getParent();
      known =
          Files.isRegularFile(here)
              ? Optional.of(here)
              : parent == null || Files.exists(folder.resolve(".git"))
                  ? Optional.empty()
                  : above(parent);
      nearest.put(folder, known);
    }
    return known;
  }

  private static Loaded load(Path file) {
    ReadFile read = ReadFile.of(ReadFile.shortest(file));
    SourceFile source = read.source().valueOrNull();
    Checked<Settings> checked =
        source == null
            ? new Checked<>(null, read.source().diagnostics())
            : SettingsLoader.load(source);
    Path folder = file.toAbsolutePath().normalize().getParent();
    return new Loaded(
        folder == null ? file : folder,
        checked.value().orElse(Settings.NONE),
        new FileReport(read.sourceOrEmpty(), checked.diagnostics()));
  }
}
