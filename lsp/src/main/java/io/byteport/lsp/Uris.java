package io.byteport.lsp;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.workspace.LibraryFiles.Shipped;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The addresses of documents, and the paths that they mean. What comes with the program lies in no
 * file: its address begins with {@value #SCHEME} and its text is asked of the server.
 */
public final class Uris {
  /** The scheme of what comes with the program. */
  public static final String SCHEME = "byteport";

  private static final String LIBRARY = SCHEME + ":/library/";
  private static final String PAGES = SCHEME + ":/diagnostics/";
  private static final String PAGE = ".md";

  private Uris() {}

  /**
   * The absolute path of a document. One that is in no file, such as a new one without a name, gets
   * a path under which there is none.
   */
  public static Path path(String uri) {
    try {
      URI parsed = URI.create(uri);
      if ("file".equalsIgnoreCase(parsed.getScheme())) {
        return Path.of(parsed).toAbsolutePath().normalize();
      }
    } catch (IllegalArgumentException | FileSystemNotFoundException notAFile) {
      return nowhere(uri);
    }
    return nowhere(uri);
  }

  private static Path nowhere(String uri) {
    return Path.of("").toAbsolutePath().resolve(uri.replaceAll("[^A-Za-z0-9._-]+", "_"));
  }

  /** The address of a file. */
  public static String of(Path path) {
    return path.toAbsolutePath().normalize().toUri().toString();
  }

  /** The address of a text, which is named like its file or comes with the program. */
  public static String of(SourceFile text) {
    return isShipped(text)
        ? LIBRARY + text.name().substring(Shipped.PREFIX.length())
        : of(Path.of(text.name()));
  }

  /** Whether a text comes with the program and lies in no file. */
  public static boolean isShipped(SourceFile text) {
    return text.name().startsWith(Shipped.PREFIX);
  }

  /** The address of the page that explains a code. */
  public static String of(DiagnosticCode code) {
    return PAGES + code.id() + PAGE;
  }

  /** The name of a text that comes with the program; empty for other addresses. */
  static Optional<String> shipped(String uri) {
    return uri.startsWith(LIBRARY)
        ? Optional.of(Shipped.PREFIX + uri.substring(LIBRARY.length()))
        : Optional.empty();
  }

  /** The code whose page has an address; empty for other addresses. */
  static Optional<DiagnosticCode> code(String uri) {
    return uri.startsWith(PAGES) && uri.endsWith(PAGE)
        ? DiagnosticCode.ofId(uri.substring(PAGES.length(), uri.length() - PAGE.length()))
        : Optional.empty();
  }
}
