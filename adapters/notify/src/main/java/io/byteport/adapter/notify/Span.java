package io.byteport.adapter.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A piece of text in one style. Runbooks write {@code *strong*} and {@code `code`} in what they
 * say, and nothing else has a meaning in it.
 */
public record Span(String text, Style style) {
  private static final Pattern MARKED =
      Pattern.compile("`([^`\n]+)`|(?<![\\w*])\\*([^*\n`]*[^*\n`\\s])\\*(?![\\w*])");

  /** How a piece of text looks. */
  public enum Style {
    PLAIN,
    STRONG,
    CODE
  }

  /** The pieces of a text, in order, without the marks. */
  public static List<Span> of(String text) {
    List<Span> spans = new ArrayList<>();
    Matcher matcher = MARKED.matcher(text);
    int at = 0;
    while (matcher.find()) {
      add(spans, text.substring(at, matcher.start()), Style.PLAIN);
      if (matcher.group(1) != null) {
        add(spans, matcher.group(1), Style.CODE);
      } else {
        add(spans, matcher.group(2), Style.STRONG);
      }
      at = matcher.end();
    }
    add(spans, text.substring(at), Style.PLAIN);
    return List.copyOf(spans);
  }

  private static void add(List<Span> spans, String text, Style style) {
    if (!text.isEmpty()) {
      spans.add(new Span(text, style));
    }
  }

  /** A text without its marks. */
  public static String plain(String text) {
    return of(text).stream().map(Span::text).collect(Collectors.joining());
  }
}
