package io.byteport.dsl.settings;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The lines of a {@code .gitignore}, or a list written like it. Paths are relative to the folder
 * that it stands in, with {@code /} between names. Immutable.
 */
public record PathPatterns(List<PathPattern> patterns) {
  public static final PathPatterns NONE = new PathPatterns(List.of());
  private static final Pattern LINE_END = Pattern.compile("\r?\n");

  public PathPatterns {
    patterns = List.copyOf(patterns);
  }

  /** Reads the text of a {@code .gitignore}. */
  public static PathPatterns of(String text) {
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return of(List.of(LINE_END.split(unmarked)));
  }

  /** Reads single lines. */
  public static PathPatterns of(List<String> lines) {
    return new PathPatterns(
        lines.stream().map(PathPattern::parse).flatMap(Optional::stream).toList());
  }

  /**
   * What these patterns say about a file or folder itself, whatever they say of those above it: the
   * last that matches decides. Empty where none does.
   */
  public Optional<Boolean> judge(String path, boolean folder) {
    for (PathPattern pattern : patterns.reversed()) {
      if (pattern.matches(path, folder)) {
        return Optional.of(!pattern.negated());
      }
    }
    return Optional.empty();
  }

  /** Whether a file, or a folder that it lies in, is passed over. */
  public boolean excludes(String file) {
    for (int slash = file.indexOf('/'); slash > 0; slash = file.indexOf('/', slash + 1)) {
      if (judge(file.substring(0, slash), true).orElse(false)) {
        return true;
      }
    }
    return judge(file, false).orElse(false);
  }
}
