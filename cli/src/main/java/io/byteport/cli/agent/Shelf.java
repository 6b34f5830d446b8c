package io.byteport.cli.agent;

import io.byteport.dsl.agent.KnownRunbooks;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticPrinter;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.SourceReader;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the runbooks of a configuration while that is being read. Used once, by one thread; what
 * comes with BytePort is read once for all.
 */
final class Shelf implements KnownRunbooks.Shelf {
  private static final Pattern RUNBOOK =
      Pattern.compile("(?m)^kind: *[\"']?Runbook[\"']? *(#.*)?$");

  private final Language language;
  private final Shipped shipped;
  private RunbookSet.@Nullable Loaded loaded;

  Shelf(Language language, Shipped shipped) {
    this.language = language;
    this.shipped = shipped;
  }

  /** What comes with BytePort, read when first needed. Safe for several threads. */
  static final class Shipped {
    private final Language language;
    private List<CheckedRunbook> runbooks = List.of();

    Shipped(Language language) {
      this.language = language;
    }

    synchronized List<CheckedRunbook> all() throws IOException {
      if (runbooks.isEmpty()) {
        runbooks =
            language.library().runbooks().parallelStream()
                .map(language.loader()::load)
                .flatMap(checked -> checked.value().stream())
                .toList();
      }
      return runbooks;
    }
  }

  /** What these places hold; read where that was not done while the configuration was. */
  RunbookSet.Loaded loaded(Collection<String> folders, boolean library) {
    RunbookSet.Loaded known = loaded;
    return known == null ? read(folders, library) : known;
  }

  @Override
  public KnownRunbooks in(Collection<String> folders, boolean library) {
    RunbookSet.Loaded found = read(folders, library);
    Map<String, CheckedRunbook> known = new LinkedHashMap<>();
    found.library().forEach(one -> known.put(one.id(), one));
    found.folders().forEach(one -> known.put(one.id(), one));
    return new Known(known, found.broken().isEmpty());
  }

  private RunbookSet.Loaded read(Collection<String> folders, boolean library) {
    List<CheckedRunbook> own = new ArrayList<>();
    Map<String, String> broken = new LinkedHashMap<>();
    for (String folder : folders) {
      try {
        read(Path.of(folder), own, broken);
      } catch (IOException e) {
        broken.put(folder, "the folder cannot be read: " + e.getMessage());
      }
    }
    RunbookSet.Loaded found =
        new RunbookSet.Loaded(library ? ofLibrary(broken) : List.of(), own, broken);
    loaded = found;
    return found;
  }

  private List<CheckedRunbook> ofLibrary(Map<String, String> broken) {
    try {
      return shipped.all();
    } catch (IOException e) {
      broken.put("the library", String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private record Known(Map<String, CheckedRunbook> runbooks, boolean complete)
      implements KnownRunbooks {
    @Override
    public Set<String> ids() {
      return runbooks.keySet();
    }

    @Override
    public Optional<CheckedRunbook> find(String id) {
      return Optional.ofNullable(runbooks.get(id));
    }
  }

  private void read(Path folder, List<CheckedRunbook> own, Map<String, String> broken)
      throws IOException {
    for (Path path : files(folder)) {
      Checked<SourceFile> source = SourceReader.read(path);
      SourceFile file = source.valueOrNull();
      if (file == null) {
        broken.put(path.toString(), print(source.diagnostics()));
      } else if (RUNBOOK.matcher(file.text()).find()) {
        Checked<CheckedRunbook> checked = language.loader().load(file);
        checked
            .value()
            .ifPresentOrElse(
                own::add, () -> broken.put(path.toString(), print(checked.diagnostics())));
      }
    }
  }

  /**
   * YAML files in a folder and below it, by name. Links are followed, since a mounted configuration
   * consists of them; what begins with a dot is passed over.
   */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(path -> isVisible(folder.relativize(path)))
          .filter(path -> path.toString().endsWith(".yaml") || path.toString().endsWith(".yml"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  private static boolean isVisible(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  static String print(List<Diagnostic> diagnostics) {
    return new DiagnosticPrinter(false)
        .print(diagnostics.stream().filter(Diagnostic::isError).toList())
        .stripTrailing();
  }
}
