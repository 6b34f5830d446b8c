package io.byteport.cli.report;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A file's name as other programs find the file.
 *
 * @param text relative to a folder and with {@code /} between the parts where the file lies inside
 *     that folder, else absolute
 * @param uri the same as a URI reference; one with the scheme {@code file} where it is absolute
 * @param inside whether the file lies inside the folder
 */
record SourcePath(String text, String uri, boolean inside) {

  /**
   * @param root the folder
   * @param name as the user gave it; a name that is no path stands as it is
   */
  static SourcePath of(Path root, String name) {
    try {
      Path base = root.toAbsolutePath().normalize();
      Path path = base.resolve(name).normalize();
      return path.startsWith(base)
          ? inside(joined(base.relativize(path)))
          : new SourcePath(path.toString(), path.toUri().toString(), false);
    } catch (InvalidPathException notAPath) {
      return inside(name);
    }
  }

  private static SourcePath inside(String path) {
    String uri =
        Arrays.stream(path.split("/", -1))
            .map(SourcePath::encoded)
            .collect(Collectors.joining("/"));
    return new SourcePath(path, uri, true);
  }

  private static String joined(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .map(Path::toString)
        .collect(Collectors.joining("/"));
  }

  /** Everything but letters, digits and {@code - _ .} in percents, so that nothing is a scheme. */
  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
