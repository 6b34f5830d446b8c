package io.byteport.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A format and where it is written to, as in {@code junit:build/tests.xml}.
 *
 * @param file null for the terminal
 */
record OutputTarget<F extends Enum<F>>(F format, @Nullable Path file) {

  /**
   * @throws UsageException if there is no such format, or the file is no path
   */
  static <F extends Enum<F>> OutputTarget<F> of(String option, Class<F> formats, String text) {
    int colon = text.indexOf(':');
    String word = colon < 0 ? text : text.substring(0, colon);
    F format =
        Arrays.stream(formats.getEnumConstants())
            .filter(one -> one.name().equals(word))
            .findFirst()
            .orElseThrow(
                () ->
                    new UsageException(
                        option + ": expected " + words(formats) + ", found `" + word + "`"));
    try {
      String path = colon < 0 ? "" : text.substring(colon + 1);
      return new OutputTarget<>(format, path.isEmpty() ? null : Path.of(path));
    } catch (InvalidPathException noPath) {
      throw new UsageException(option + ": not a path: " + text.substring(colon + 1));
    }
  }

  private static <F extends Enum<F>> String words(Class<F> formats) {
    return Arrays.stream(formats.getEnumConstants())
        .map(one -> "`" + one.name() + "`")
        .collect(Collectors.joining(" or "));
  }

  /**
   * Several at once.
   *
   * @throws UsageException if more than one is for the terminal
   */
  static <F extends Enum<F>> List<OutputTarget<F>> all(
      String option, Class<F> formats, List<String> texts) {
    List<OutputTarget<F>> all =
        texts.stream().map(text -> OutputTarget.of(option, formats, text)).toList();
    if (all.stream().filter(one -> one.file() == null).count() > 1) {
      throw new UsageException(
          option
              + ": only one can go to the terminal; give the others a file, as in `FORMAT:FILE`");
    }
    return all;
  }
}
