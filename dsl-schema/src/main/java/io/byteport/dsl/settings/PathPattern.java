package io.byteport.dsl.settings;

import com.google.re2j.Pattern;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of a {@code .gitignore}. Matching takes time linear in the path. Immutable.
 *
 * @see <a href="https://git-scm.com/docs/gitignore#_pattern_format">gitignore, pattern format</a>
 */
public final class PathPattern {
  private final @Nullable Pattern regex;
  private final boolean negated;
  private final boolean foldersOnly;
  private final boolean anywhere;

  private PathPattern(
      @Nullable Pattern regex, boolean negated, boolean foldersOnly, boolean anywhere) {
    this.regex = regex;
    this.negated = negated;
    this.foldersOnly = foldersOnly;
    this.anywhere = anywhere;
  }

  /** Reads one line without its end; empty for one without a pattern. */
  public static Optional<PathPattern> parse(String line) {
    String rest = line.startsWith("#") ? "" : withoutTrailingSpaces(line);
    boolean negated = rest.startsWith("!");
    rest = negated ? rest.substring(1) : rest;
    boolean foldersOnly = rest.endsWith("/");
    rest = foldersOnly ? rest.substring(0, rest.length() - 1) : rest;
    boolean anywhere = rest.indexOf('/') < 0;
    rest = rest.startsWith("/") ? rest.substring(1) : rest;
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    String regex = new Wildcards(rest).regex().orElse(null);
    return Optional.of(
        new PathPattern(
            regex == null ? null : Pattern.compile(regex, Pattern.DOTALL),
            negated,
            foldersOnly,
            anywhere));
  }

  private static String withoutTrailingSpaces(String line) {
    int end = 0;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == '\\') {
        i++;
        end = Math.min(i + 1, line.length());
      } else if (line.charAt(i) != ' ') {
        end = i + 1;
      }
    }
    return line.substring(0, end);
  }

  /** Whether it takes back what an earlier pattern said. */
  public boolean negated() {
    return negated;
  }

  /** Whether there are paths that it matches: not where a bracket or an escape is left open. */
  public boolean canMatch() {
    return regex != null;
  }

  /**
   * Whether it matches.
   *
   * @param path relative to the folder of the pattern, with {@code /} between names
   */
  public boolean matches(String path, boolean folder) {
    if (regex == null || (foldersOnly && !folder)) {
      return false;
    }
    return regex.matches(anywhere ? path.substring(path.lastIndexOf('/') + 1) : path);
  }
}
