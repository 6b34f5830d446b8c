package io.byteport.lsp;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.workspace.FileKind;
import io.byteport.dsl.workspace.FileReport;
import io.byteport.dsl.workspace.Inspector;
import io.byteport.dsl.workspace.LibraryFiles;
import io.byteport.dsl.workspace.RunbookLookup;
import io.byteport.dsl.workspace.Selector;
import io.byteport.dsl.workspace.Selector.Selection;
import io.byteport.dsl.workspace.SettingsFiles;
import io.byteport.dsl.yaml.SourceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.services.LanguageClient;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the files of a project as {@code byteport validate} does and tells the client what is
 * found. For one thread.
 */
final class Inspection {
  private final Language language;
  private final Map<Path, OpenDocument> open = new HashMap<>();
  private final Map<Path, List<Diagnostic>> found = new HashMap<>();

  /** What the client has been told the findings of, as it was then. */
  private final Map<Path, OpenDocument> shown = new HashMap<>();

  /** Files that are not open and that the client has been told findings of. */
  private final Set<Path> told = new HashSet<>();

  /** What the client asked about last; it knows what is found there. */
  private @Nullable OpenDocument asked;

  private Inspector inspector;
  private volatile Optional<LanguageClient> client = Optional.empty();
  private volatile boolean pulls;
  private volatile boolean refreshes;
  private boolean dirty;

  Inspection(Language language) {
    this.language = language;
    this.inspector = inspector(SettingsFiles.nearest(), new Selection(List.of(), List.of()));
  }

  private Inspector inspector(SettingsFiles settings, Selection selection) {
    try {
      return new Inspector(
          new RunbookLookup(language.loader(), language.runbooks()),
          new LibraryFiles(language.libraries()),
          settings,
          selection,
          Map.of());
    } catch (IOException interrupted) {
      throw new UncheckedIOException(interrupted);
    }
  }

  void connect(LanguageClient other) {
    client = Optional.of(other);
  }

  /**
   * @param does whether the client asks for the findings of what it has open
   * @param refreshing whether it asks again when it is told to
   */
  void pulls(boolean does, boolean refreshing) {
    pulls = does;
    refreshes = refreshing;
  }

  /** Whether anything has changed since it was last looked at. */
  boolean isDirty() {
    return dirty;
  }

  /** Reads folders anew; what is open stays as the editor has it. The texts on the disk. */
  Map<Path, SourceFile> read(List<Path> folders, Collection<OpenDocument> documents) {
    SettingsFiles settings = SettingsFiles.nearest();
    inspector = inspector(settings, selected(settings, folders));
    Map<Path, SourceFile> disk = inspector.texts();
    open.clear();
    documents.forEach(this::put);
    dirty = true;
    return disk;
  }

  private static Selection selected(SettingsFiles settings, List<Path> folders) {
    List<String> there = folders.stream().filter(Files::isDirectory).map(Path::toString).toList();
    try {
      return there.isEmpty()
          ? new Selection(List.of(), List.of())
          : new Selector(settings, true).select(there);
    } catch (NoSuchFileException gone) {
      return new Selection(List.of(), List.of());
    }
  }

  /** Another text of a document. */
  void put(OpenDocument document) {
    Path path = document.path();
    boolean ours = FileKind.isOurs(document.text()) || open.containsKey(path);
    open.put(path, document);
    if (ours) {
      Checked<SourceFile> checked =
          SourceReader.read(
              path.toString(), document.text().text().getBytes(StandardCharsets.UTF_8));
      inspector.put(
          path,
          checked.valueOrNull() == null
              ? checked
              : new Checked<>(document.text(), checked.diagnostics()));
    }
    dirty = true;
  }

  /** Files that are others now, new or gone; open documents may have been closed. */
  Map<Path, SourceFile> readAgain(List<Path> changed) {
    for (Path path : changed) {
      open.remove(path);
      shown.remove(path);
      Checked<SourceFile> read =
          Files.isRegularFile(path) ? SourceReader.read(path) : new Checked<>(null, List.of());
      boolean ours = read.value().map(FileKind::isOurs).orElse(!read.diagnostics().isEmpty());
      if (ours) {
        inspector.put(path, read);
      } else {
        inspector.drop(path);
      }
    }
    dirty = true;
    return inspector.texts();
  }

  /** Looks, if anything has changed, and tells the client what is other than before. */
  void look() {
    if (!dirty) {
      return;
    }
    dirty = false;
    Map<Path, List<Diagnostic>> now = inspected();
    Set<Path> paths = new HashSet<>(now.keySet());
    paths.addAll(found.keySet());
    boolean pulled = false;
    for (Path path : paths) {
      List<Diagnostic> findings = now.getOrDefault(path, List.of());
      boolean same = findings.equals(found.getOrDefault(path, List.of()));
      OpenDocument document = open.get(path);
      if (document == null && (!same || (!findings.isEmpty() && !told.contains(path)))) {
        tell(path, findings);
      } else if (document != null && pulls) {
        if (told.contains(path)) { // what it asks for itself would stand beside what it was told
          tell(path, List.of());
        }
        pulled |= !same && !document.equals(asked);
      } else if (document != null && (!same || !document.equals(shown.get(path)))) {
        tell(document, findings);
      }
    }
    found.clear();
    found.putAll(now);
    if (pulled && refreshes) {
      refresh();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a client that does not ask again knows why
  private void refresh() {
    client.ifPresent(LanguageClient::refreshDiagnostics);
  }

  private Map<Path, List<Diagnostic>> inspected() {
    Map<Path, List<Diagnostic>> now = new HashMap<>();
    try {
      for (FileReport report : inspector.inspect().files()) {
        now.put(Path.of(report.file().name()).toAbsolutePath().normalize(), report.findings());
      }
    } catch (IOException interrupted) {
      throw new UncheckedIOException(interrupted);
    }
    inspector.trim();
    return now;
  }

  /** A file that is not open is told only where it has findings, or had. */
  private void tell(Path path, List<Diagnostic> findings) {
    if (findings.isEmpty()) {
      told.remove(path);
    } else {
      told.add(path);
    }
    client.ifPresent(
        there ->
            there.publishDiagnostics(
                new PublishDiagnosticsParams(Uris.of(path), Reported.of(findings))));
  }

  private void tell(OpenDocument document, List<Diagnostic> findings) {
    shown.put(document.path(), document);
    told.remove(document.path());
    client.ifPresent(
        there ->
            there.publishDiagnostics(
                new PublishDiagnosticsParams(
                    document.uri(), Reported.of(findings), document.version())));
  }

  /** What was found in a file when it was last looked at. */
  List<Diagnostic> findings(Path path) {
    asked = open.get(path);
    return found.getOrDefault(path, List.of());
  }
}
