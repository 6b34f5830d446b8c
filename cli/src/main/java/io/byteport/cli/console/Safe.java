package io.byteport.cli.console;

import static j2html.TagCreator.a;

import j2html.TagCreator;
import j2html.tags.DomContent;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Text of elsewhere, as it may stand on a page. What would change how the rest of a line reads, and
 * is not seen itself, is shown by its number.
 */
final class Safe {
  private Safe() {}

  /** The text as a node. */
  static DomContent text(String text) {
    return TagCreator.text(visible(text));
  }

  /** With everything in it visible: control characters, and those that turn text around. */
  static String visible(String text) {
    if (text.chars().noneMatch(Safe::isHidden)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.chars()
        .forEach(
            unit -> {
              if (isHidden(unit)) {
                out.append(String.format(Locale.ROOT, "⟨U+%04X⟩", unit));
              } else {
                out.append((char) unit);
              }
            });
    return out.toString();
  }

  private static boolean isHidden(int unit) {
    boolean control = unit < 0x20 && unit != '\n' && unit != '\t' || unit >= 0x7f && unit < 0xa0;
    boolean turning = unit >= 0x202a && unit <= 0x202e || unit >= 0x2066 && unit <= 0x2069;
    boolean invisible = unit >= 0x200b && unit <= 0x200f || unit == 0xfeff || unit == 0x061c;
    return control || turning || invisible;
  }

  /** A link to where a text of elsewhere says, if that is a page of the web; else the text. */
  static DomContent link(String address) {
    return isPage(address)
        ? a(visible(address)).withHref(address).withRel("noreferrer noopener")
        : text(address);
  }

  private static boolean isPage(String address) {
    try {
      URI uri = new URI(address);
      String scheme = uri.getScheme();
      return uri.getHost() != null
          && ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** A part of a path, or a value of a query. */
  static String encoded(@Nullable String text) {
    return text == null ? "" : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
