package io.byteport.dsl.diagnostic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page that explains a code, as it stands in {@code docs/diagnostics}. Reading one reads a
 * resource of this module.
 *
 * @param code what the page is about
 * @param markdown the whole page, its heading included
 */
public record DiagnosticPage(DiagnosticCode code, String markdown) {
  private static final String FOLDER = "docs/diagnostics/";

  /**
   * The page of a code.
   *
   * @throws IllegalStateException if the build left it out
   */
  public static DiagnosticPage of(DiagnosticCode code) {
    String resource = "/byteport/" + path(code);
    try (InputStream in = DiagnosticPage.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + resource);
      }
      return new DiagnosticPage(code, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Where a code's page stands in the repository. */
  public static String path(DiagnosticCode code) {
    return FOLDER + code.id() + ".md";
  }

  /** The page without its heading. */
  public String body() {
    int end = markdown.indexOf('\n');
    return end < 0 ? "" : markdown.substring(end + 1).strip();
  }

  /** What stands under a heading, up to the next one; empty where there is no such heading. */
  public String section(String heading) {
    Matcher found =
        Pattern.compile(
                "^## " + Pattern.quote(heading) + "$(.*?)(?=^## |\\z)",
                Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(markdown);
    return found.find() ? found.group(1).strip() : "";
  }
}
