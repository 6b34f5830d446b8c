package io.byteport.cli;

import io.byteport.dsl.include.Libraries;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.workspace.LibraryFiles;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The runbooks that come with BytePort. Reads the class path once for each call. */
final class Library {
  /** What the names of its files begin with. */
  static final String PREFIX = LibraryFiles.Shipped.PREFIX;

  private static final String ROOT = "byteport/runbooks";

  private Library() {}

  /**
   * All shipped runbooks, ordered by path.
   *
   * @throws IOException if the program's own jar cannot be read
   */
  static List<SourceFile> runbooks() throws IOException {
    return files(Library::isRunbook);
  }

  /**
   * What the shipped runbooks include, ordered by path.
   *
   * @throws IOException if the program's own jar cannot be read
   */
  static List<SourceFile> shared() throws IOException {
    return files(Library::isShared);
  }

  /**
   * The tests of the shipped runbooks, ordered by path.
   *
   * @throws IOException if the program's own jar cannot be read
   */
  static List<SourceFile> tests() throws IOException {
    return files(Library::isTest);
  }

  /**
   * A file of fixtures.
   *
   * @param path as its name goes on after {@link #PREFIX}
   * @throws IOException if the program's own jar cannot be read
   */
  static Optional<SourceFile> fixtures(String path) throws IOException {
    return files(Library::isFixtures).stream()
        .filter(file -> file.name().equals(PREFIX + path))
        .findFirst();
  }

  private static List<SourceFile> files(Predicate<Path> wanted) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    for (URL root : Collections.list(Library.class.getClassLoader().getResources(ROOT))) {
      files.addAll(read(root, wanted));
    }
    return List.copyOf(files);
  }

  private static List<SourceFile> read(URL root, Predicate<Path> wanted) throws IOException {
    try {
      if (!(root.openConnection() instanceof JarURLConnection inJar)) {
        return read(Path.of(root.toURI()), wanted);
      }
      // By its path: what is opened by URI is known to the whole process and cannot be opened
      // twice.
      Path path = Path.of(inJar.getJarFileURL().toURI());
      try (FileSystem jar = FileSystems.newFileSystem(path)) {
        return read(jar.getPath(ROOT), wanted);
      }
    } catch (URISyntaxException e) {
      throw new IOException("not a readable place: " + root, e);
    }
  }

  private static List<SourceFile> read(Path root, Predicate<Path> wanted) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(wanted).sorted().toList()) {
        files.add(new SourceFile(PREFIX + root.relativize(path), Files.readString(path)));
      }
    }
    return files;
  }

  /** Whether a file may hold a runbook, going by its name. */
  static boolean isRunbook(Path path) {
    return name(path).endsWith(".yaml") && !isTest(path) && !isFixtures(path) && !isShared(path);
  }

  /** Whether a file holds tests, going by its name. */
  static boolean isTest(Path path) {
    return name(path).endsWith(".test.yaml");
  }

  /** Whether a file holds what tests share, going by its name. */
  static boolean isFixtures(Path path) {
    return name(path).endsWith(".fixtures.yaml");
  }

  /** Whether a file holds what runbooks share, going by its name. */
  static boolean isShared(Path path) {
    return name(path).endsWith(Libraries.SUFFIX);
  }

  private static String name(Path path) {
    return path.getFileName() == null ? "" : path.getFileName().toString();
  }

  /** Whether a file names an id at all, so that looking one up need not check every file. */
  static boolean mayDeclare(SourceFile file, String id) {
    return file.text().contains(id);
  }
}
