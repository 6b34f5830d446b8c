package io.byteport.lsp.navigate;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.edit.Symbols;
import io.byteport.dsl.include.Libraries;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.workspace.FileKind;
import io.byteport.lsp.Texts;
import io.byteport.lsp.Uris;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which files a file needs: the libraries of a runbook, the runbook and the fixtures of a test. For
 * one request; used by one thread.
 */
public final class Neighbours {
  private static final Pattern ID =
      Pattern.compile("[\\s{,\"']id[\"']?:\\s*[\"']?([A-Za-z][A-Za-z0-9_-]*)");

  private final Texts texts;
  private final Map<SourceFile, Set<SourceFile>> needed = new HashMap<>();
  private final Map<Path, Optional<SourceFile>> libraries = new HashMap<>();
  private @Nullable Map<String, List<SourceFile>> runbooks;

  public Neighbours(Texts texts) {
    this.texts = texts;
  }

  /** The file itself and every file that it needs, directly or through others. */
  public Set<SourceFile> reached(SourceFile from) {
    Set<SourceFile> known = needed.get(from);
    if (known != null) {
      return known;
    }
    Set<SourceFile> reached = new LinkedHashSet<>();
    ArrayDeque<SourceFile> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      SourceFile next = open.poll();
      if (reached.add(next)) {
        direct(next).forEach(open::add);
      }
    }
    needed.put(from, reached);
    return reached;
  }

  private Stream<SourceFile> direct(SourceFile file) {
    Symbols symbols = texts.symbols(file);
    DocumentKind kind = symbols.kind().orElse(null);
    if (kind == DocumentKind.RUNBOOK || kind == DocumentKind.LIBRARY) {
      return symbols.libraries().stream().flatMap(id -> library(file, id).stream());
    }
    Stream<SourceFile> fixtures =
        symbols.included().values().stream().flatMap(path -> fixtures(file, path).stream());
    return kind == DocumentKind.RUNBOOK_TEST
        ? Stream.concat(runbook(file, symbols.id()).stream(), fixtures)
        : fixtures;
  }

  /** The library that a file means by an id. */
  public Optional<SourceFile> library(SourceFile from, String id) {
    Path folder =
        Uris.isShipped(from)
            ? Path.of("")
            : Path.of(from.name()).toAbsolutePath().normalize().getParent();
    Path beside = folder == null ? Path.of(id) : folder.resolve(id + Libraries.SUFFIX);
    Optional<SourceFile> known = libraries.get(beside);
    if (known == null) {
      known =
          upwards(Uris.isShipped(from) ? null : folder, id)
              .or(() -> texts.loader().libraries().find(from, id).flatMap(Checked::value));
      libraries.put(beside, known);
    }
    return known;
  }

  private Optional<SourceFile> upwards(@Nullable Path folder, String id) {
    for (Path at = folder; at != null; at = at.getParent()) {
      Optional<SourceFile> found = texts.file(at.resolve(id + Libraries.SUFFIX));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The fixtures that a test takes in. */
  public Optional<SourceFile> fixtures(SourceFile from, String path) {
    try {
      return Uris.isShipped(from)
          ? Optional.empty()
          : texts.file(Path.of(from.name()).resolveSibling(path));
    } catch (InvalidPathException misspelt) {
      return Optional.empty();
    }
  }

  /**
   * The runbook of an id: beside a file if there is one, else anywhere, else one that is shipped.
   */
  public Optional<SourceFile> runbook(SourceFile from, String id) {
    List<SourceFile> all = runbooks().getOrDefault(id, List.of());
    Path folder = Path.of(from.name()).getParent();
    return all.stream()
        .filter(file -> Objects.equals(Path.of(file.name()).getParent(), folder))
        .findFirst()
        .or(() -> all.stream().findFirst());
  }

  /** By id, those of the project first; told by the text alone. */
  private Map<String, List<SourceFile>> runbooks() {
    Map<String, List<SourceFile>> known = runbooks;
    if (known == null) {
      Map<String, List<SourceFile>> found = new HashMap<>();
      Stream.concat(
              texts.files().stream().sorted(Comparator.comparing(SourceFile::name)),
              texts.shipped().stream())
          .forEach(
              file ->
                  id(file)
                      .ifPresent(
                          id -> found.computeIfAbsent(id, any -> new ArrayList<>()).add(file)));
      runbooks = found;
      known = found;
    }
    return known;
  }

  private static Optional<String> id(SourceFile file) {
    int metadata = file.text().indexOf("metadata:");
    if (metadata < 0 || !file.text().contains(DocumentKind.RUNBOOK.word())) {
      return Optional.empty();
    }
    Matcher id = ID.matcher(file.text()).region(metadata, file.text().length());
    return id.find() && FileKind.of(file) == FileKind.RUNBOOK
        ? Optional.of(id.group(1))
        : Optional.empty();
  }
}
