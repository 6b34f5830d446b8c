package io.byteport.lsp;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.workspace.LibraryFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Documents for tests. A caret, {@value #CARET}, marks the place that a request is about and is no
 * part of the text.
 *
 * @param view of the document that has the caret, or of the first
 * @param offset of the caret, in code points; 0 where there is none
 */
record Sample(View view, int offset) {
  static final String CARET = "‸";

  private static final Path SHIPPED = Path.of("..", "runbooks-yaml");
  private static final RunbookLoader LOADER = new RunbookLoader(catalogue());

  private static ActionCatalogue catalogue() {
    Checked<ActionCatalogue> catalogue = ClasspathCatalogue.load(Sample.class.getClassLoader());
    return catalogue.value().orElseThrow(() -> new AssertionError(catalogue.diagnostics()));
  }

  /** The language as the program has it. */
  static Language language() {
    return new Language(
        LOADER,
        () -> shipped(name -> !name.contains(".test.") && !isShared(name)),
        () -> shipped(name -> name.endsWith(".library.yaml")));
  }

  private static boolean isShared(String name) {
    return name.endsWith(".library.yaml") || name.endsWith(".fixtures.yaml");
  }

  private static List<SourceFile> shipped(Predicate<String> wanted) {
    try (Stream<Path> files = Files.walk(SHIPPED)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml") && !file.toString().contains("target"))
          .filter(file -> wanted.test(file.getFileName().toString()))
          .sorted()
          .map(
              file ->
                  new SourceFile(
                      LibraryFiles.Shipped.PREFIX + SHIPPED.relativize(file), text(file)))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** One document. */
  static Sample of(String marked) {
    return of(Map.of("runbook.yaml", marked));
  }

  /** Several documents by their names, in one folder. */
  static Sample of(Map<String, String> marked) {
    Map<Path, SourceFile> files = new LinkedHashMap<>();
    SourceFile asked = null;
    int offset = 0;
    for (Map.Entry<String, String> file : marked.entrySet()) {
      Path path = Path.of("project").resolve(file.getKey()).toAbsolutePath();
      String text = file.getValue();
      int caret = text.indexOf(CARET);
      SourceFile source = new SourceFile(path.toString(), text.replace(CARET, ""));
      files.put(path, source);
      if (caret >= 0 || asked == null) {
        asked = source;
        offset = caret < 0 ? 0 : text.codePointCount(0, caret);
      }
    }
    if (asked == null) {
      throw new AssertionError("no document");
    }
    Language language = language();
    Texts texts =
        new Texts(
            files,
            LOADER.with(libraries(files)),
            () -> {
              try {
                return language.runbooks().runbooks();
              } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
              }
            });
    return new Sample(new View(asked, texts), offset);
  }

  private static LibraryFiles libraries(Map<Path, SourceFile> files) {
    return new LibraryFiles(language().libraries())
        .reading(path -> new Checked<>(files.get(path.toAbsolutePath().normalize()), List.of()));
  }
}
