package io.byteport.dsl.workspace;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.agent.KnownRunbooks;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.include.Libraries;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the runbook that a test is about: among the files beside the test, then among those that
 * come with BytePort. A runbook that was found is kept, so that its text is checked once. Safe for
 * use by several threads.
 */
public final class RunbookLookup {
  private final RunbookLoader loader;
  private final Shipped shipped;
  private final Map<SourceFile, Checked<CheckedRunbook>> checked = new ConcurrentHashMap<>();
  private @Nullable List<SourceFile> library;

  /** The runbooks that come with BytePort. */
  public interface Shipped {
    List<SourceFile> runbooks() throws IOException;
  }

  public RunbookLookup(RunbookLoader loader, Shipped shipped) {
    this.loader = loader;
    this.shipped = shipped;
  }

  /** One that finds libraries elsewhere, and has looked at nothing yet. */
  RunbookLookup with(Libraries libraries) {
    return new RunbookLookup(loader.with(libraries), shipped);
  }

  /** What is wrong with a library by itself. */
  List<Diagnostic> checkLibrary(SourceFile file) {
    return loader.checkLibrary(file);
  }

  /** The actions and the types of connections that there are. */
  ActionCatalogue catalogue() {
    return loader.catalogue();
  }

  /** Checks a runbook, or tells again what came of it where it was found before. */
  Checked<CheckedRunbook> check(SourceFile file) {
    Checked<CheckedRunbook> known = checked.get(file);
    return known == null ? loader.load(file) : known;
  }

  /**
   * @param folder where the test lies; null where only the shipped ones are asked
   * @return the runbook of that id, or what is wrong with it; empty where there is none
   * @throws IOException if the folder or the program's own jar cannot be read
   */
  public Optional<Checked<CheckedRunbook>> find(Id id, @Nullable Path folder) throws IOException {
    return find(id, folder, path -> ReadFile.of(shortened(path)).source());
  }

  /** As people know it: from the folder where they are, where it lies below that. */
  private static Path shortened(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path) : path;
  }

  /**
   * As {@link #find(Id, Path)} for somebody who has some of the texts at hand.
   *
   * @param read gives the text of a file beside the test
   */
  public Optional<Checked<CheckedRunbook>> find(
      Id id, @Nullable Path folder, Function<Path, Checked<SourceFile>> read) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    if (folder != null) {
      for (Path path : beside(folder)) {
        read.apply(path).value().ifPresent(files::add);
      }
    }
    Optional<Checked<CheckedRunbook>> own = find(id, files);
    return own.isPresent() ? own : find(id, library());
  }

  /**
   * The runbooks of an agent: those that lie in folders, and those that come with BytePort.
   *
   * @param files texts at hand that are looked at, too
   * @param folders what is no folder here makes them incomplete
   * @param library whether those that come with BytePort are among them
   */
  KnownRunbooks known(
      List<SourceFile> files,
      Collection<String> folders,
      boolean library,
      Function<Path, Checked<SourceFile>> read) {
    try {
      List<SourceFile> all = new ArrayList<>(files);
      boolean complete = true;
      for (String name : folders) {
        Path folder = Path.of(name);
        complete &= Files.isDirectory(folder);
        for (Path path : below(folder)) {
          read.apply(path).value().ifPresent(all::add);
        }
      }
      all.addAll(library ? library() : List.of());
      return new FoundRunbooks(this, all, complete);
    } catch (IOException | InvalidPathException unreadable) {
      return new FoundRunbooks(this, files, false);
    }
  }

  /** Read when it is first asked for, and once. */
  private synchronized List<SourceFile> library() throws IOException {
    if (library == null) {
      library = shipped.runbooks();
    }
    return library;
  }

  /** The runbook of that id among some files. */
  Optional<Checked<CheckedRunbook>> find(Id id, List<SourceFile> files) {
    Pattern declares = declaring(id.name());
    for (SourceFile file : files) {
      if (declares.matcher(file.text()).find()) {
        Checked<CheckedRunbook> found = checked.computeIfAbsent(file, loader::load);
        if (found.value().map(runbook -> runbook.id().equals(id.name())).orElse(true)) {
          return Optional.of(found);
        }
      }
    }
    return Optional.empty();
  }

  private static Pattern declaring(String id) {
    return Pattern.compile("(?m)^\\s+[\"']?id[\"']?:\\s*[\"']?" + Pattern.quote(id) + "\\b");
  }

  /** Whether a text may be the runbook of that id; a text of no id never is. */
  static boolean declares(SourceFile file, String id) {
    return !id.isEmpty() && file.text().contains(id) && declaring(id).matcher(file.text()).find();
  }

  /** Forgets what came of a text that is no more. */
  void forget(SourceFile file) {
    checked.remove(file);
  }

  /** Forgets every runbook that was checked; each is checked anew when it is next asked for. */
  void forgetAll() {
    checked.clear();
  }

  /** YAML files in a folder and below it; none where it is no folder. */
  private static List<Path> below(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(path -> Selector.isYaml(path.getFileName().toString()))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (UncheckedIOException broken) {
      throw new IOException(broken.getMessage(), broken);
    }
  }

  /** None where the folder is not there, as that of a test which was not saved yet. */
  private static List<Path> beside(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return files;
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path path : stream) {
        String name = path.getFileName().toString();
        boolean isTest = name.endsWith(".test.yaml") || name.endsWith(".test.yml");
        if (Selector.isYaml(name)
            && !isTest
            && !name.endsWith(Libraries.SUFFIX)
            && !name.startsWith(".")
            && Files.isRegularFile(path)) {
          files.add(path);
        }
      }
    } catch (DirectoryIteratorException broken) {
      throw new IOException(broken.getMessage(), broken);
    }
    Collections.sort(files);
    return files;
  }

  /** That a test names a runbook that is nowhere. */
  public static Diagnostic unknown(SourceFile test, Id id) {
    return Diagnostic.of(
        DiagnosticCode.TEST_UNKNOWN_NAME,
        test,
        id.span(),
        "expected a runbook beside the test or one that comes with BytePort, found `" + id + "`",
        "put the runbook into the folder of its test, or see `byteport list`");
  }
}
