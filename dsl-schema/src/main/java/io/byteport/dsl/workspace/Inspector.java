package io.byteport.dsl.workspace;

import io.byteport.dsl.agent.AgentLoader;
import io.byteport.dsl.agent.KnownRunbooks;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.Claims;
import io.byteport.dsl.check.Overlaps;
import io.byteport.dsl.connection.ConnectionLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.Diagnostics;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.settings.SettingsLoader;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.test.RunbookTestLoader;
import io.byteport.dsl.workspace.Selector.Chosen;
import io.byteport.dsl.workspace.Selector.Selection;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks files together: each by itself, tests against their runbooks, runbooks against each other.
 * Files are read once and checked by as many threads as there are processors; what is reported does
 * not depend on who is faster. Keeps texts and results, so that a second look costs little. Not for
 * use by several threads at a time.
 */
public final class Inspector {
  private final RunbookLookup unbound;
  private final LibraryFiles libraries;
  private RunbookLookup lookup;
  private final SettingsFiles settings;
  private final Map<Path, ReadFile> files = new TreeMap<>();
  private final Map<Path, SourceFile> mended = new TreeMap<>();
  private final List<Diagnostic> unreadable;
  private final Map<String, Path> keys = new ConcurrentHashMap<>();
  private final Map<SourceFile, Told> told = new ConcurrentHashMap<>();

  private final Map<Path, Checked<SourceFile>> asides = new ConcurrentHashMap<>();
  private final Map<SourceFile, Outcome> known = new ConcurrentHashMap<>();

  /**
   * What is left of a runbook that was checked.
   *
   * @param claims null where it has errors
   */
  private record Outcome(List<Diagnostic> findings, @Nullable Claims claims) {
    static Outcome of(Checked<CheckedRunbook> checked) {
      return new Outcome(checked.diagnostics(), checked.value().map(Claims::of).orElse(null));
    }
  }

  /**
   * Reads the files.
   *
   * @param libraries finds what runbooks include; texts that are at hand are taken from here
   * @param given texts that are at hand and need not be read, with where they would lie
   * @throws IOException if the thread is interrupted
   */
  public Inspector(
      RunbookLookup lookup,
      LibraryFiles libraries,
      SettingsFiles settings,
      Selection selection,
      Map<Path, byte[]> given)
      throws IOException {
    this.libraries = libraries;
    this.unbound = lookup;
    this.lookup = bound();
    this.settings = settings;
    this.unreadable = selection.unreadable();
    given.forEach((path, bytes) -> files.put(key(path), ReadFile.of(path, bytes)));
    List<Chosen> unread =
        selection.files().stream().filter(one -> !files.containsKey(key(one.path()))).toList();
    List<ReadFile> read = all(unread, one -> ReadFile.of(one.path()));
    for (int i = 0; i < read.size(); i++) {
      if (unread.get(i).named() || read.get(i).isOurs()) {
        files.put(key(read.get(i).path()), read.get(i));
      }
    }
  }

  private static Path key(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /**
   * What is told of a test, as long as the runbook that it is about stays what it is.
   *
   * @param id of that runbook; empty where the test names none
   * @param runbook its text; null where there is none
   */
  private record Told(String id, @Nullable SourceFile runbook, List<FileReport> reports) {}

  /**
   * Puts a text into the place of a file, whether or not it was among those that are checked: what
   * an editor has of it. What others say of the file is looked at anew, and nothing else.
   *
   * @param text what could be made of it, under the path's name
   */
  public void put(Path path, Checked<SourceFile> text) {
    Path key = key(path);
    ReadFile before = files.put(key, ReadFile.of(path, text));
    if (before == null) {
      told.clear(); // it may be the runbook that a test looked for
    } else {
      forget(before);
    }
    SourceFile now = text.valueOrNull();
    if (now != null && FileKind.of(now) == FileKind.LIBRARY) {
      forgetLibraries();
    } else if (now != null) {
      told.values().removeIf(one -> RunbookLookup.declares(now, one.id()));
    }
  }

  /** Leaves a file out from now on. */
  public void drop(Path path) {
    ReadFile before = files.remove(key(path));
    asides.remove(key(path));
    if (before != null) {
      forget(before);
      told.clear();
    }
  }

  /**
   * Lets go of runbooks that were kept whole for their tests; what was found in them stays known.
   * For a process that goes on.
   */
  public void trim() {
    lookup.forgetAll();
  }

  private void forget(ReadFile before) {
    SourceFile text = before.source().valueOrNull();
    if (text == null) {
      return;
    }
    known.remove(text);
    told.remove(text);
    lookup.forget(text);
    told.values().removeIf(one -> one.runbook() == text);
    if (isA(before, FileKind.LIBRARY)) {
      forgetLibraries();
    }
  }

  private void forgetLibraries() {
    lookup = bound();
    known.clear();
    told.clear();
  }

  /** The text of every file that has one, under its absolute path. */
  public Map<Path, SourceFile> texts() {
    Map<Path, SourceFile> texts = new HashMap<>();
    files.forEach(
        (path, file) -> {
          if (file.source().valueOrNull() != null) {
            texts.put(path, text(file));
          }
        });
    return texts;
  }

  private Path key(SourceFile file) {
    return keys.computeIfAbsent(file.name(), name -> key(Path.of(name)));
  }

  /** The files that are checked, by name. */
  List<ReadFile> files() {
    return List.copyOf(files.values());
  }

  /** How many files are checked. */
  public int count() {
    return files.size();
  }

  /** The text of a file, as it was read or as it was mended since; empty where it has none. */
  SourceFile text(ReadFile file) {
    SourceFile other = mended.get(key(file.path()));
    return other == null ? file.sourceOrEmpty() : other;
  }

  /** As {@link #text(ReadFile)}, with the byte order mark if there was one. */
  public String whole(Path path) {
    ReadFile file = files.get(key(path));
    if (file == null) {
      return "";
    }
    return file.source().valueOrNull() == null
        ? new String(file.bytes(), StandardCharsets.UTF_8)
        : (file.isMarked() ? "\uFEFF" : "") + text(file).text();
  }

  /** A lookup for which files are what they are here and now. */
  private RunbookLookup bound() {
    return unbound.with(libraries.reading(this::beside));
  }

  /** Puts another text into the place of a file's own. */
  void mend(ReadFile file, SourceFile text) {
    mended.put(key(file.path()), text);
    told.clear();
    if (isA(file, FileKind.LIBRARY)) {
      forgetLibraries();
    }
  }

  /**
   * Looks at everything.
   *
   * @return findings with the severities that settings give them
   * @throws IOException if the thread is interrupted, or the program's own jar cannot be read
   */
  public Report inspect() throws IOException {
    List<ReadFile> runbooks =
        files.values().stream().filter(file -> isA(file, FileKind.RUNBOOK)).toList();
    List<ReadFile> others =
        files.values().stream()
            .filter(file -> !isA(file, FileKind.RUNBOOK) && !isA(file, FileKind.LIBRARY))
            .toList();
    List<ReadFile> libraries =
        files.values().stream().filter(file -> isA(file, FileKind.LIBRARY)).toList();
    List<FileReport> shared = all(libraries, this::library);
    List<List<FileReport>> reports = all(others, this::other);
    // After the tests, which keep the runbooks that they are about: no other is kept whole.
    List<Outcome> outcomes = all(runbooks, this::runbook);

    Map<Path, List<Diagnostic>> findings = new HashMap<>();
    Map<Path, SourceFile> sources = new HashMap<>();
    shared.forEach(report -> put(sources, findings, report));
    for (int i = 0; i < runbooks.size(); i++) {
      put(sources, findings, new FileReport(text(runbooks.get(i)), outcomes.get(i).findings()));
    }
    for (List<FileReport> several : reports) {
      several.forEach(report -> put(sources, findings, report));
    }
    List<Claims> sound =
        outcomes.stream().flatMap(one -> Optional.ofNullable(one.claims()).stream()).toList();
    for (Diagnostic between : Overlaps.among(sound)) {
      findings.computeIfAbsent(key(between.file()), any -> new ArrayList<>()).add(between);
    }
    files.values().forEach(file -> settings.in(file.folder())); // so that it is read
    settings.reports().stream()
        .filter(report -> !report.findings().isEmpty())
        .filter(report -> !files.containsKey(key(report.file())))
        .forEach(report -> put(sources, findings, report));
    for (Diagnostic folder : unreadable) {
      put(sources, findings, new FileReport(folder.file(), List.of(folder)));
    }
    return report(sources, findings);
  }

  private Report report(Map<Path, SourceFile> sources, Map<Path, List<Diagnostic>> findings) {
    List<FileReport> reports = new ArrayList<>();
    sources.forEach(
        (path, source) -> {
          Path folder = path.getParent() == null ? path : path.getParent();
          List<Diagnostic> found = findings.getOrDefault(path, List.of());
          reports.add(
              new FileReport(
                  source,
                  found.isEmpty() ? found : settings.in(folder).apply(Diagnostics.sort(found))));
        });
    reports.sort((one, other) -> one.file().name().compareTo(other.file().name()));
    return new Report(reports);
  }

  /**
   * What is told of a file twice, being looked at twice, is sorted out later; what is told of a
   * library by itself is not told again by those who include it, nor by the second of them.
   */
  private void put(
      Map<Path, SourceFile> sources, Map<Path, List<Diagnostic>> findings, FileReport report) {
    Path path = key(report.file());
    sources.putIfAbsent(path, report.file());
    List<Diagnostic> list = findings.computeIfAbsent(path, any -> new ArrayList<>());
    boolean counts = sources.get(path) == report.file() || list.isEmpty();
    for (Diagnostic finding : report.findings()) {
      Path place = key(finding.file());
      sources.putIfAbsent(place, finding.file());
      List<Diagnostic> there = findings.computeIfAbsent(place, any -> new ArrayList<>());
      if ((counts || !place.equals(path))
          && there.stream().noneMatch(one -> isSame(one, finding))) {
        there.add(finding);
      }
    }
  }

  private static boolean isSame(Diagnostic one, Diagnostic other) {
    return one.code() == other.code()
        && one.span().equals(other.span())
        && one.message().equals(other.message());
  }

  private static boolean isA(ReadFile file, FileKind kind) {
    return file.kind() == kind;
  }

  private Outcome runbook(ReadFile file) {
    return file.source().valueOrNull() == null
        ? new Outcome(file.source().diagnostics(), null)
        : known.computeIfAbsent(text(file), text -> Outcome.of(lookup.check(text)));
  }

  private FileReport library(ReadFile file) {
    SourceFile text = text(file);
    return new FileReport(
        text,
        file.source().valueOrNull() == null
            ? file.source().diagnostics()
            : lookup.checkLibrary(text));
  }

  /**
   * A test, settings, connections or an agent's configuration; with a runbook that is not looked at
   * otherwise and keeps a test from it.
   */
  private List<FileReport> other(ReadFile file) {
    SourceFile text = text(file);
    if (isA(file, FileKind.SETTINGS)) {
      return List.of(new FileReport(text, SettingsLoader.load(text).diagnostics()));
    }
    if (isA(file, FileKind.CONNECTIONS)) {
      return List.of(
          new FileReport(
              text, ConnectionLoader.load(text, lookup.catalogue().connections()).diagnostics()));
    }
    if (isA(file, FileKind.AGENT)) {
      return List.of(
          new FileReport(
              text, AgentLoader.load(text, lookup.catalogue(), this::known).diagnostics()));
    }
    Told before = told.get(text);
    if (before == null) {
      before = test(file, text);
      told.put(text, before);
    }
    return before.reports();
  }

  private Told test(ReadFile file, SourceFile text) {
    Id id = RunbookTestLoader.runbook(text).orElse(null);
    if (id == null) {
      return new Told("", null, List.of(new FileReport(text, RunbookTestLoader.shape(text))));
    }
    try {
      Checked<CheckedRunbook> runbook = lookup.find(id, file.folder(), this::beside).orElse(null);
      if (runbook == null) {
        List<Diagnostic> findings = new ArrayList<>(RunbookTestLoader.shape(text));
        findings.add(RunbookLookup.unknown(text, id));
        return new Told(id.name(), null, List.of(new FileReport(text, findings)));
      }
      CheckedRunbook sound = runbook.valueOrNull();
      if (sound == null) {
        SourceFile refused = runbook.diagnostics().getFirst().file();
        return new Told(
            id.name(),
            refused,
            List.of(
                new FileReport(text, RunbookTestLoader.shape(text)),
                new FileReport(refused, runbook.diagnostics())));
      }
      return new Told(
          id.name(),
          sound.sources().own(),
          List.of(new FileReport(text, RunbookTestLoader.load(text, sound).diagnostics())));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private KnownRunbooks known(Collection<String> folders, boolean library) {
    List<SourceFile> together =
        files.values().stream()
            .filter(file -> isA(file, FileKind.RUNBOOK) && file.source().valueOrNull() != null)
            .map(this::text)
            .toList();
    return lookup.known(together, folders, library, this::beside);
  }

  private Checked<SourceFile> beside(Path path) {
    ReadFile known = files.get(key(path));
    if (known == null) {
      return asides.computeIfAbsent(
          key(path), any -> ReadFile.of(ReadFile.shortest(path)).source());
    }
    return known.source().valueOrNull() == null
        ? known.source()
        : new Checked<>(text(known), List.of());
  }

  /** Does the same to each, at the same time, and keeps their order. */
  private static <T, R> List<R> all(Collection<T> items, Function<T, R> step) throws IOException {
    int threads = Math.min(items.size(), Runtime.getRuntime().availableProcessors());
    if (threads <= 1) {
      return items.stream().map(step).toList();
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      Map<Integer, Future<R>> futures = new LinkedHashMap<>();
      items.forEach(item -> futures.put(futures.size(), pool.submit(() -> step.apply(item))));
      List<R> results = new ArrayList<>();
      for (Future<R> future : futures.values()) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while checking");
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case RuntimeException defect -> throw defect;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(failed);
      }
    }
  }
}
