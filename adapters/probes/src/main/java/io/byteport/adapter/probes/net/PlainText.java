package io.byteport.adapter.probes.net;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text that somebody else wrote, made fit to be printed and kept: characters that steer a terminal
 * or reorder a line are replaced, and what is too long is cut.
 */
public final class PlainText {
  private static final int REPLACEMENT = 0xFFFD;
  private static final String CUT = "…";

  private PlainText() {}

  /**
   * One line: line breaks and tabs are replaced too.
   *
   * @param most code points that are kept, the mark of a cut not counted
   */
  public static String line(String raw, int most) {
    return clean(raw, most, false);
  }

  /** Several lines: line feeds and tabs stay. */
  public static String lines(String raw, int most) {
    return clean(raw, most, true);
  }

  /** The words of an exception; its kind where it has none. */
  public static String words(@Nullable Throwable failure) {
    if (failure == null) {
      return "no reason was given";
    }
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? failure.getClass().getSimpleName()
        : line(message, 500);
  }

  /** The first elements, each as one line. */
  public static List<String> list(List<String> raw, int mostElements, int mostEach) {
    List<String> clean = new ArrayList<>();
    for (String each : raw.subList(0, Math.min(mostElements, raw.size()))) {
      clean.add(line(each, mostEach));
    }
    return clean;
  }

  private static String clean(String raw, int most, boolean breaks) {
    StringBuilder clean = new StringBuilder(Math.min(raw.length(), most) + 1);
    int kept = 0;
    int at = 0;
    while (at < raw.length()) {
      if (kept == most) {
        return clean.append(CUT).toString();
      }
      int point = raw.codePointAt(at);
      clean.appendCodePoint(isPlain(point, breaks) ? point : REPLACEMENT);
      kept++;
      at += Character.charCount(point);
    }
    return clean.toString();
  }

  private static boolean isPlain(int point, boolean breaks) {
    return switch (Character.getType(point)) {
      case Character.CONTROL -> breaks && (point == '\n' || point == '\t');
      case Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
