package io.byteport.adapter.alerts.reading;

import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query that is a signal wherever it finds something, as settings write it: {@code [SEVERITY]
 * SIGNAL while QUERY}, such as {@code critical memory_pressure while mem_free < 100}.
 *
 * @param severity a warning where it says none
 */
public record Watched(String signal, Severity severity, String query) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(info|warning|high|critical)\\s+)?(\\S+)\\s+while\\s+(.+)", Pattern.DOTALL);

  /**
   * Reads all of them.
   *
   * @throws SourceException if one is not written so
   */
  public static List<Watched> all(List<String> texts) throws SourceException {
    List<Watched> all = new ArrayList<>();
    for (String text : texts) {
      Matcher matcher = FORM.matcher(text.strip());
      if (!matcher.matches() || !isSignal(matcher.group(2))) {
        throw new SourceException(
            "expected `[SEVERITY] SIGNAL while QUERY` in `queries`, found `" + text + "`");
      }
      all.add(
          new Watched(
              matcher.group(2),
              Severities.of(matcher.group(1), Severity.WARNING),
              matcher.group(3).strip()));
    }
    return all;
  }

  private static boolean isSignal(String text) {
    return text.matches("[a-z][a-z0-9_.]{0,100}");
  }
}
