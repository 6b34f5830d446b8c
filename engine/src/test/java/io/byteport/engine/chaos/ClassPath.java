package io.byteport.engine.chaos;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * This JVM's class path for JVMs that start often: folders are packed into jars, since only classes
 * from jars can be kept ready in a shared archive. The first JVM that ends by itself writes the
 * archive.
 */
final class ClassPath {
  private static final List<String> OPTIONS = pack();

  private ClassPath() {}

  /** Options of {@code java}, the class path among them. */
  static List<String> options() {
    return OPTIONS;
  }

  private static List<String> pack() {
    try {
      Path folder = Files.createTempDirectory("chaos-classes");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      List<String> jars = new ArrayList<>();
      for (String entry :
          System.getProperty("java.class.path")
              .split(java.util.regex.Pattern.quote(File.pathSeparator))) {
        Path path = Path.of(entry);
        if (Files.isDirectory(path)) {
          Path jar = folder.resolve(jars.size() + ".jar");
          jar(path, jar);
          jars.add(jar.toString());
        } else if (Files.exists(path)) {
          jars.add(entry);
        }
      }
      return List.of(
          "-XX:+AutoCreateSharedArchive",
          "-XX:SharedArchiveFile=" + folder.resolve("classes.jsa"),
          "-Xlog:cds=off",
          "-Xlog:cds+dynamic=off",
          "-cp",
          String.join(File.pathSeparator, jars));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void jar(Path folder, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> files = Files.walk(folder)) {
      for (Path one : files.filter(entry -> !entry.equals(folder)).toList()) {
        // Folders too: what looks for all files of one folder would not find it otherwise.
        String name = folder.relativize(one).toString().replace('\\', '/');
        out.putNextEntry(new JarEntry(Files.isDirectory(one) ? name + "/" : name));
        if (Files.isRegularFile(one)) {
          Files.copy(one, out);
        }
        out.closeEntry();
      }
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path one : files.toList()) {
        Files.delete(one);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
