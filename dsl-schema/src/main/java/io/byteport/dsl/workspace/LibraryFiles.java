package io.byteport.dsl.workspace;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.include.Libraries;
import io.byteport.dsl.settings.SettingsLoader;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Libraries beside the file that includes them, else in the nearest folder above it, no further up
 * than the folder of its settings or of its repository, else among those that come with BytePort.
 * What comes with BytePort looks nowhere else. A file is read once, and again when it has changed.
 * Safe for use by several threads.
 */
public final class LibraryFiles implements Libraries {
  private final Function<Path, Checked<SourceFile>> read;
  private final Shipped shipped;
  private final Map<Version, Checked<SourceFile>> known = new ConcurrentHashMap<>();
  private final Map<Path, List<Path>> folders = new ConcurrentHashMap<>();
  private @Nullable Map<String, SourceFile> library;

  /** A file as it was last written, so that a process that goes on sees what becomes of it. */
  private record Version(Path file, FileTime written, long size) {
    static Version of(Path file) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Version(file, now.lastModifiedTime(), now.size());
      } catch (IOException gone) {
        return new Version(file, FileTime.fromMillis(0), 0); // which reading it tells
      }
    }
  }

  /** What comes with BytePort. */
  public interface Shipped {
    /** What the names of its files begin with. */
    String PREFIX = "library:";

    /** Its libraries; their files are called as others are. */
    List<SourceFile> libraries() throws IOException;
  }

  public LibraryFiles(Shipped shipped) {
    this(path -> ReadFile.of(ReadFile.shortest(path)).source(), shipped);
  }

  /**
   * @param read gives the text of a file that exists
   */
  private LibraryFiles(Function<Path, Checked<SourceFile>> read, Shipped shipped) {
    this.read = read;
    this.shipped = shipped;
  }

  /** The same libraries, whose texts are told by somebody who has some of them at hand. */
  public LibraryFiles reading(Function<Path, Checked<SourceFile>> other) {
    return new LibraryFiles(other, shipped);
  }

  @Override
  public Optional<Checked<SourceFile>> find(SourceFile from, String id) {
    for (Path folder : folders(from)) {
      Path file = folder.resolve(id + SUFFIX);
      if (folder.equals(file.normalize().getParent()) && Files.isRegularFile(file)) {
        return Optional.of(known.computeIfAbsent(Version.of(file), any -> read.apply(file)));
      }
    }
    return Optional.ofNullable(library().get(id)).map(file -> new Checked<>(file, List.of()));
  }

  @Override
  public Collection<String> known(SourceFile from) {
    TreeSet<String> ids = new TreeSet<>(library().keySet());
    for (Path folder : folders(from)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
        files.forEach(file -> ids.add(id(file.getFileName().toString())));
      } catch (IOException | DirectoryIteratorException unreadable) {
        return ids; // they only serve a hint
      }
    }
    return ids;
  }

  private static String id(String name) {
    return name.substring(
        Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1,
        name.length() - SUFFIX.length());
  }

  private synchronized Map<String, SourceFile> library() {
    if (library == null) {
      Map<String, SourceFile> all = new ConcurrentHashMap<>();
      try {
        shipped.libraries().forEach(file -> all.put(id(file.name()), file));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
      library = all;
    }
    return library;
  }

  /** Where the libraries of a file may lie, the nearest first. */
  private List<Path> folders(SourceFile from) {
    if (from.name().startsWith(Shipped.PREFIX)) {
      return List.of();
    }
    Path folder = Path.of(from.name()).toAbsolutePath().normalize().getParent();
    return folder == null ? List.of() : folders.computeIfAbsent(folder, LibraryFiles::upwards);
  }

  private static List<Path> upwards(Path folder) {
    List<Path> folders = new ArrayList<>();
    for (Path at = folder; at != null; at = at.getParent()) {
      folders.add(at);
      if (Files.exists(at.resolve(SettingsLoader.FILE_NAME)) || Files.exists(at.resolve(".git"))) {
        return folders;
      }
    }
    return List.of(folder);
  }
}
