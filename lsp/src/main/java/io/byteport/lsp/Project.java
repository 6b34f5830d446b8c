package io.byteport.lsp;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.settings.SettingsLoader;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.workspace.FileKind;
import io.byteport.dsl.workspace.LibraryFiles;
import io.byteport.dsl.yaml.SourceReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.services.LanguageClient;

/**
 * The folders that an editor has open, with the texts that it is writing. Calls come from the one
 * thread that reads the client's messages; findings are worked out by another, which looks at the
 * latest texts only.
 */
final class Project implements AutoCloseable {
  private final Language language;
  private final Lazy<List<SourceFile>> shipped;
  private final Lazy<List<SourceFile>> libraries;
  private final ExecutorService inspecting =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("inspect").factory());
  private final Inspection inspection;
  private final AtomicLong latest = new AtomicLong();
  private final Map<Path, OpenDocument> open = new ConcurrentHashMap<>();
  private final List<Path> roots = new ArrayList<>();
  private volatile Map<Path, SourceFile> files = Map.of();
  private volatile Texts texts;
  private volatile Optional<LanguageClient> client = Optional.empty();

  Project(Language language) {
    this.language = language;
    this.shipped = new Lazy<>(() -> shipped(language.runbooks()::runbooks));
    this.libraries = new Lazy<>(() -> shipped(language.libraries()::libraries));
    this.inspection = new Inspection(language);
    this.texts = gathered(new Analyses());
  }

  private interface Reading {
    List<SourceFile> read() throws IOException;
  }

  private static List<SourceFile> shipped(Reading reading) {
    try {
      return reading.read();
    } catch (IOException unreadable) {
      return List.of(); // the program's own jar is gone: there is nothing to offer from it
    }
  }

  void connect(LanguageClient other) {
    client = Optional.of(other);
    inspection.connect(other);
  }

  /**
   * @param pulls whether the client asks for the findings of what it has open
   * @param refreshes whether it asks again when it is told to
   */
  void start(List<Path> folders, boolean pulls, boolean refreshes) {
    roots.addAll(folders);
    inspection.pulls(pulls, refreshes);
    read();
  }

  /** Does something on the thread of the inspection; a fault of ours ends no more than that. */
  private void inspect(Runnable task) {
    inspecting.execute(
        () -> {
          try {
            task.run();
          } catch (RuntimeException fault) {
            client.ifPresent(
                there ->
                    there.logMessage(
                        new MessageParams(
                            MessageType.Error, "the files could not be checked: " + fault)));
          }
        });
  }

  /** Reads the folders anew, everything that is known of them forgotten. */
  private void read() {
    List<Path> folders = List.copyOf(roots);
    List<OpenDocument> documents = List.copyOf(open.values());
    long mine = latest.incrementAndGet();
    inspect(
        () -> {
          Map<Path, SourceFile> found = inspection.read(folders, documents);
          files = found;
          look(mine);
        });
  }

  private void look(long mine) {
    if (mine == latest.get()) {
      inspection.look();
    }
  }

  /** What the editor has of a document from now on. */
  private synchronized void put(OpenDocument document) {
    OpenDocument before = open.put(document.path(), document);
    boolean shared = isLibrary(document.text()) || (before != null && isLibrary(before.text()));
    texts = gathered(shared ? texts.analyses().afresh() : texts.analyses());
    long mine = latest.incrementAndGet();
    inspect(
        () -> {
          inspection.put(document);
          look(mine);
        });
  }

  private static boolean isLibrary(SourceFile text) {
    return FileKind.of(text) == FileKind.LIBRARY;
  }

  void open(String uri, int version, String text) {
    put(OpenDocument.of(uri, version, text));
  }

  void change(String uri, int version, List<TextDocumentContentChangeEvent> changes) {
    OpenDocument before = open.get(Uris.path(uri));
    if (before != null) {
      put(before.changed(version, changes));
    }
  }

  void close(String uri) {
    Path path = Uris.path(uri);
    if (open.remove(path) != null) {
      changedOnDisk(List.of(path));
    }
  }

  /** Files that are others now, new or gone. What is open stays as the editor has it. */
  void changedOnDisk(Collection<Path> paths) {
    List<Path> changed = paths.stream().filter(path -> !open.containsKey(path)).toList();
    if (paths.stream().anyMatch(Project::concernsFolders)) {
      read();
    } else if (!changed.isEmpty()) {
      long mine = latest.incrementAndGet();
      inspect(
          () -> {
            files = inspection.readAgain(changed);
            look(mine);
          });
    }
  }

  private static boolean concernsFolders(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.equals(SettingsLoader.FILE_NAME) || name.equals(".gitignore");
  }

  void folders(List<Path> added, List<Path> removed) {
    roots.removeAll(removed);
    roots.addAll(added);
    read();
  }

  /** The texts as they are now. */
  @SuppressWarnings("ReferenceEquality") // each reading of the folders makes its own map
  synchronized Texts texts() {
    Texts now = texts;
    if (now.disk() != files) {
      now = gathered(now.analyses().afresh());
      texts = now;
    }
    return now;
  }

  private Texts gathered(Analyses analyses) {
    Map<Path, SourceFile> disk = files;
    Map<Path, SourceFile> all = new HashMap<>(disk);
    open.forEach((path, document) -> all.put(path, document.text()));
    Map<Path, SourceFile> fixed = Map.copyOf(all);
    LibraryFiles libraries =
        new LibraryFiles(language.libraries()).reading(path -> reading(fixed, path));
    return new Texts(disk, fixed, language.loader().with(libraries), shipped, analyses);
  }

  private static Checked<SourceFile> reading(Map<Path, SourceFile> files, Path path) {
    SourceFile known = files.get(path.toAbsolutePath().normalize());
    return known == null ? SourceReader.read(path) : new Checked<>(known, List.of());
  }

  /** The text of a runbook or a library that comes with the program, by its name. */
  Optional<SourceFile> shipped(String name) {
    return Stream.concat(shipped.get().stream(), libraries.get().stream())
        .filter(file -> file.name().equals(name))
        .findFirst();
  }

  /** Is done when everything that came before has been looked at. */
  CompletableFuture<Boolean> settled() {
    return looked(inspected -> true);
  }

  /** How the client counts the documents that it has open, by their paths. */
  Map<Path, VersionedTextDocumentIdentifier> identifiers() {
    Map<Path, VersionedTextDocumentIdentifier> identifiers = new HashMap<>();
    open.forEach(
        (path, document) ->
            identifiers.put(
                path, new VersionedTextDocumentIdentifier(document.uri(), document.version())));
    return identifiers;
  }

  /** A document and all that is around it, as they are now. */
  View view(String uri) {
    Texts now = texts();
    Path path = Uris.path(uri);
    SourceFile text =
        Uris.shipped(uri).flatMap(this::shipped).or(() -> now.file(path)).orElse(null);
    return new View(text == null ? new SourceFile(path.toString(), "") : text, now);
  }

  /** What is found in a document once everything that came before has been looked at. */
  CompletableFuture<List<Diagnostic>> findings(String uri) {
    return looked(inspected -> inspected.findings(Uris.path(uri)));
  }

  /** The same as the protocol has it. */
  CompletableFuture<List<org.eclipse.lsp4j.Diagnostic>> diagnostics(String uri) {
    return findings(uri).thenApply(Reported::of);
  }

  private <T> CompletableFuture<T> looked(Function<Inspection, T> question) {
    return CompletableFuture.supplyAsync(
        () -> {
          inspection.look();
          return question.apply(inspection);
        },
        inspecting);
  }

  @Override
  public void close() {
    inspecting.shutdownNow();
  }
}
