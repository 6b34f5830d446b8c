package io.byteport.adapter.notify.github;

import io.byteport.adapter.notify.Plain;
import io.byteport.adapter.notify.Span;
import io.byteport.adapter.notify.Telling.Link;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * GitHub's Markdown (GFM 0.29). In text that is escaped here nothing has a meaning: no markup, no
 * HTML, no link, no {@code @name}, no {@code #12}; code stays as it is and closes nothing. Pure.
 */
final class Markdown {
  private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_{}\\[\\]#|<>~&$]");
  private static final Pattern LINE_START = Pattern.compile("(?m)^(\\s*)([-+=])");
  private static final Pattern NUMBERED = Pattern.compile("(?m)^(\\s*\\d+)([.)])");
  private static final Pattern FENCE = Pattern.compile("`+");

  private Markdown() {}

  static String text(String text) {
    String escaped = SPECIAL.matcher(text).replaceAll("\\\\$0");
    escaped = LINE_START.matcher(escaped).replaceAll("$1\\\\$2");
    return NUMBERED
        .matcher(escaped)
        .replaceAll("$1\\\\$2")
        .replace("://", "\\://")
        .replaceAll("(?i)www\\.", "www\\\\.")
        .replace("@", "@" + Plain.BREAK)
        .replaceAll("#(?=\\d)", "#" + Plain.BREAK)
        .replaceAll("(?i)(\\bGH-)(?=\\d)", "$1" + Plain.BREAK);
  }

  /** For the middle of HTML, where nothing can be escaped: letters, digits and a few marks. */
  static String harmless(String text) {
    return text.replaceAll("[^\\p{L}\\p{N} ._(),-]+", " ")
        .replaceAll("(?i)www\\.", "www ")
        .replaceAll("(?i)(\\bGH-)(?=\\d)", "$1" + Plain.BREAK)
        .strip();
  }

  /** With the marks that runbooks write. */
  static String styled(String text) {
    return Span.of(text).stream().map(Markdown::piece).collect(Collectors.joining());
  }

  private static String piece(Span piece) {
    return switch (piece.style()) {
      case PLAIN -> text(piece.text());
      case STRONG -> "**" + text(piece.text()) + "**";
      case CODE -> code(piece.text());
    };
  }

  /** One line of code. */
  static String code(String text) {
    String line = text.replace('\n', ' ');
    if (line.isBlank()) {
      return "–";
    }
    String fence = "`".repeat(longest(line) + 1);
    return fence + " " + line + " " + fence;
  }

  /** Lines of code. */
  static String fenced(String language, String text) {
    String fence = "`".repeat(Math.max(3, longest(text) + 1));
    return fence + language + "\n" + text + "\n" + fence;
  }

  private static int longest(String text) {
    int longest = 0;
    Matcher fences = FENCE.matcher(text);
    while (fences.find()) {
      longest = Math.max(longest, fences.end() - fences.start());
    }
    return longest;
  }

  /** A link where it is an address, else the command. */
  static String link(Link link) {
    return link.address()
        .map(uri -> "[" + text(link.name()) + "](<" + uri.toString().replace(">", "%3E") + ">)")
        .orElseGet(() -> text(link.name()) + ": " + code(link.text()));
  }
}
