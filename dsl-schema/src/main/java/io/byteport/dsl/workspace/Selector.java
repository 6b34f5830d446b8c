package io.byteport.dsl.workspace;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.settings.PathPattern;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds the files that paths on the command line mean. A file that is named always counts. In
 * folders and for patterns every YAML file counts but what git ignores, what settings exclude,
 * hidden ones and those in folders of builds. Links to folders are not followed there, as git does
 * not, so that no circle has to be feared. Used once, by one thread.
 */
public final class Selector {
  private static final Set<String> OF_BUILDS = Set.of("target", "node_modules");
  private static final String WILDCARDS = "*?[";

  private final SettingsFiles settings;
  private final boolean gitIgnore;
  private final Map<Path, Chosen> chosen = new HashMap<>();
  private final List<Diagnostic> unreadable = new ArrayList<>();

  /**
   * A file.
   *
   * @param path as messages call it
   * @param named whether the user named it, so that it counts whatever is in it
   */
  public record Chosen(Path path, boolean named) {}

  /**
   * What was chosen.
   *
   * @param files each once, by name
   * @param unreadable a finding for each folder that cannot be looked into
   */
  public record Selection(List<Chosen> files, List<Diagnostic> unreadable) {
    public Selection {
      files = List.copyOf(files);
      unreadable = List.copyOf(unreadable);
    }
  }

  /**
   * @param gitIgnore whether what git ignores is passed over
   */
  public Selector(SettingsFiles settings, boolean gitIgnore) {
    this.settings = settings;
    this.gitIgnore = gitIgnore;
  }

  /**
   * @param paths files, folders and patterns; none means the current folder
   * @throws NoSuchFileException if there is no such file or folder, or nothing fits a pattern
   */
  public Selection select(List<String> paths) throws NoSuchFileException {
    for (String word : paths.isEmpty() ? List.of("") : paths) {
      add(word);
    }
    List<Chosen> files = new ArrayList<>(chosen.values());
    files.sort((one, other) -> one.path().toString().compareTo(other.path().toString()));
    return new Selection(files, unreadable);
  }

  private void add(String word) throws NoSuchFileException {
    Path path = path(word);
    if (Files.isDirectory(path)) {
      walk(path.normalize(), any -> true);
    } else if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      choose(path, true);
    } else if (isPattern(word)) {
      expand(word);
    } else {
      throw missing(word, "no such file or folder");
    }
  }

  private static Path path(String word) throws NoSuchFileException {
    try {
      return Path.of(word);
    } catch (InvalidPathException notAPath) {
      throw missing(word, "not a path: " + notAPath.getReason());
    }
  }

  private static NoSuchFileException missing(String word, String reason) {
    return new NoSuchFileException(word, null, reason);
  }

  /** Looks into the folder before the first wildcard. */
  private void expand(String word) throws NoSuchFileException {
    int cut = beforeWildcards(word);
    Path folder = path(word.substring(0, cut)).normalize();
    PathPattern pattern = PathPattern.parse("/" + word.substring(cut)).orElse(null);
    if (!Files.isDirectory(folder) || pattern == null || !pattern.canMatch()) {
      throw missing(word, "no such file or folder");
    }
    Path base = folder.toAbsolutePath().normalize();
    int before = chosen.size();
    int[] fitting = {0};
    walk(
        folder,
        file -> {
          boolean fits = fits(pattern, base, file.toAbsolutePath().normalize());
          fitting[0] += fits ? 1 : 0;
          return fits;
        });
    if (fitting[0] == 0 && chosen.size() == before && unreadable.isEmpty()) {
      throw missing(word, "no YAML file fits this pattern");
    }
  }

  private static int beforeWildcards(String word) {
    int wildcard = 0;
    while (wildcard < word.length() && WILDCARDS.indexOf(word.charAt(wildcard)) < 0) {
      wildcard++;
    }
    return word.lastIndexOf('/', wildcard) + 1;
  }

  /**
   * What to watch for paths: the files and folders themselves, and for a pattern the folder before
   * its first wildcard.
   */
  public static List<Path> roots(List<String> paths) throws NoSuchFileException {
    List<Path> roots = new ArrayList<>();
    for (String word : paths.isEmpty() ? List.of("") : paths) {
      Path path = path(word);
      boolean pattern = !Files.exists(path) && isPattern(word);
      roots.add(pattern ? path(word.substring(0, beforeWildcards(word))) : path);
    }
    return roots;
  }

  private static boolean isPattern(String word) {
    return word.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
  }

  /** Whether a pattern matches a file or a folder that it lies in. */
  private static boolean fits(PathPattern pattern, Path base, Path file) {
    String path = GitIgnore.slashed(base, file);
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      if (pattern.matches(path.substring(0, slash), true)) {
        return true;
      }
    }
    return pattern.matches(path, false);
  }

  private void walk(Path folder, Predicate<Path> wanted) {
    walk(folder, gitIgnore ? GitIgnore.in(folder) : GitIgnore.OFF, wanted);
  }

  private void walk(Path folder, GitIgnore ignored, Predicate<Path> wanted) {
    for (Path child : children(folder)) {
      String name = child.getFileName().toString();
      boolean isFolder = Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
      boolean isYaml = isYaml(name) && mayBeRead(child);
      if (name.startsWith(".") || !(isFolder || isYaml)) {
        continue;
      }
      boolean passedOver =
          ignored.ignores(child, isFolder) || settings.exclude(folder, child, isFolder);
      if (passedOver) {
        continue;
      }
      if (!isFolder) {
        if (wanted.test(child)) {
          choose(child, false);
        }
      } else if (!isOfBuild(name)) {
        walk(child, ignored.enter(child), wanted);
      }
    }
  }

  /** A file, or a link to one or to nothing; not a folder, a pipe or a device. */
  private static boolean mayBeRead(Path path) {
    return Files.isRegularFile(path) || (Files.isSymbolicLink(path) && !Files.exists(path));
  }

  static boolean isOfBuild(String name) {
    return OF_BUILDS.contains(name);
  }

  static boolean isYaml(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".yaml") || lower.endsWith(".yml");
  }

  private List<Path> children(Path folder) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(child -> children.add(child.normalize()));
    } catch (DirectoryIteratorException broken) {
      cannotRead(folder, new IOException(broken.getMessage(), broken));
    } catch (IOException broken) {
      cannotRead(folder, broken);
    }
    Collections.sort(children);
    return children;
  }

  private void cannotRead(Path folder, IOException broken) {
    String name = folder.toString().isEmpty() ? "." : folder.toString();
    unreadable.add(
        Diagnostic.of(
            DiagnosticCode.FILE_UNREADABLE,
            new SourceFile(name, ""),
            Span.START,
            broken instanceof AccessDeniedException
                ? "expected a folder that can be looked into, found that this user may not"
                : "expected a folder that can be looked into, found that the system says \""
                    + broken.getMessage()
                    + "\"",
            "give the user who runs this permission, or exclude the folder"));
  }

  /** Each file once, whatever it is called; the name that the user gave wins. */
  private void choose(Path path, boolean named) {
    Path key;
    try {
      key = path.toRealPath();
    } catch (IOException unreachable) {
      key = path.toAbsolutePath().normalize(); // reading it will tell
    }
    Chosen before = chosen.get(key);
    boolean better =
        before == null
            || (named && !before.named())
            || (named == before.named() && path.toString().compareTo(before.path().toString()) < 0);
    if (better) {
      chosen.put(key, new Chosen(path, named));
    }
  }
}
