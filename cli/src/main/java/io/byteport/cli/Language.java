package io.byteport.cli;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticPrinter;
import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.schema.SchemaValidator;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.workspace.LibraryFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The language as this program knows it: the actions on its class path and the loader over them.
 */
final class Language {
  /** Where a file names its runbook, without reading all of it. */
  private static final Pattern DECLARED = Pattern.compile("(?m)^  id: *([A-Za-z0-9_-]+)");

  private final ActionCatalogue catalogue;
  private final LibraryFiles libraries;
  private final RunbookLoader loader;
  private final Unsaved unsaved;

  private Language(ActionCatalogue catalogue, Map<String, String> environment, Unsaved unsaved) {
    this.catalogue = catalogue;
    this.unsaved = unsaved;
    LibraryFiles written = new LibraryFiles(Library::shared);
    this.libraries = unsaved.isEmpty() ? written : written.reading(unsaved::read);
    this.loader = new RunbookLoader(catalogue, environment).with(libraries);
  }

  /**
   * @throws IllegalStateException if an adapter's catalogue is broken, which its own build should
   *     have seen
   */
  static Language load() {
    return load(Map.of());
  }

  /**
   * As it is where parameters take their values from these variables. What judges a deployment asks
   * them; what only reads runbooks does not, and what runs one binds its parameters itself.
   */
  static Language load(Map<String, String> environment) {
    return load(environment, Unsaved.NONE);
  }

  /** The same for somebody who has some texts at hand that are not written yet. */
  static Language load(Unsaved unsaved) {
    return load(Map.of(), unsaved);
  }

  private static Language load(Map<String, String> environment, Unsaved unsaved) {
    Thread.ofPlatform()
        .daemon()
        .name("schema")
        .start(() -> SchemaValidator.prepare(DocumentKind.RUNBOOK));
    Checked<ActionCatalogue> catalogue = ClasspathCatalogue.load(Language.class.getClassLoader());
    ActionCatalogue actions =
        catalogue
            .value()
            .orElseThrow(() -> new IllegalStateException(print(catalogue.diagnostics(), false)));
    return new Language(actions, environment, unsaved);
  }

  ActionCatalogue catalogue() {
    return catalogue;
  }

  /** Where it finds what runbooks include. */
  LibraryFiles libraries() {
    return libraries;
  }

  /** What is not written yet and counts before what is. */
  Unsaved unsaved() {
    return unsaved;
  }

  RunbookLoader loader() {
    return loader;
  }

  /**
   * The runbook that a word on the command line means: a file, or the id or alias of one that comes
   * with BytePort.
   *
   * @throws UsageException if there is none, or it has errors
   */
  CheckedRunbook find(String word) throws IOException {
    Path path = Path.of(word);
    if (unsaved.exists(path) || word.endsWith(".yaml") || word.endsWith(".yml")) {
      Checked<SourceFile> read = unsaved.read(path);
      return checked(
          read.value().map(loader::load).orElseGet(() -> new Checked<>(null, read.diagnostics())));
    }
    for (SourceFile file : Library.runbooks()) {
      if (Library.mayDeclare(file, word)) {
        CheckedRunbook runbook = checked(loader.load(file));
        if (answersTo(runbook, word)) {
          return runbook;
        }
      }
    }
    throw new UsageException(
        "no runbook `"
            + word
            + "`: neither a file nor one that comes with BytePort"
            + Suggestions.nearest(word, ids())
                .map(near -> "; did you mean `" + near + "`?")
                .orElse("; see `byteport list`"));
  }

  /**
   * Those that words on the command line mean, or all that come with BytePort where there is none.
   *
   * @throws UsageException if one is not there, or has errors
   */
  List<CheckedRunbook> wanted(List<String> words) throws IOException {
    List<CheckedRunbook> wanted = new ArrayList<>();
    for (String word : words) {
      wanted.add(find(word));
    }
    if (words.isEmpty()) {
      for (SourceFile file : Library.runbooks()) {
        loader.load(file).value().ifPresent(wanted::add);
      }
    }
    return wanted;
  }

  private static List<String> ids() throws IOException {
    List<String> ids = new ArrayList<>();
    for (SourceFile file : Library.runbooks()) {
      DECLARED.matcher(file.text()).results().map(found -> found.group(1)).forEach(ids::add);
    }
    return ids;
  }

  /**
   * A runbook by its id: one in a folder, else one that comes with BytePort.
   *
   * @throws UsageException if there is none
   * @throws FindingsException if it has errors
   */
  CheckedRunbook beside(String id, @Nullable Path folder) throws IOException {
    Checked<CheckedRunbook> found =
        new TestBench(loader, unsaved)
            .find(new Id(id, Span.START), folder)
            .orElseThrow(
                () ->
                    new UsageException(
                        "no runbook `"
                            + id
                            + "`: neither beside the test nor one that comes with BytePort; see"
                            + " `byteport list`"));
    return found
        .value()
        .orElseThrow(
            () -> new FindingsException(print(found.diagnostics(), false).stripTrailing()));
  }

  private static boolean answersTo(CheckedRunbook runbook, String word) {
    return runbook.id().equals(word)
        || runbook.runbook().metadata().aliases().stream().anyMatch(id -> id.name().equals(word));
  }

  private static CheckedRunbook checked(Checked<CheckedRunbook> checked) {
    return checked
        .value()
        .orElseThrow(() -> new UsageException(print(checked.diagnostics(), false).stripTrailing()));
  }

  static String print(List<Diagnostic> diagnostics, boolean colour) {
    return new DiagnosticPrinter(colour).print(diagnostics);
  }
}
