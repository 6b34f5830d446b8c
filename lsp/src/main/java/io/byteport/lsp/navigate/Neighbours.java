package io.byteport.lsp.navigate;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.edit.SymbolKind;
import io.byteport.dsl.edit.Symbols;
import io.byteport.dsl.include.Libraries;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.source.SourceFile;
import io.byteport.lsp.Texts;
import io.byteport.lsp.Uris;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which files a file needs: the libraries of a runbook, the runbook and the fixtures of a test. For
 * one request; used by one thread.
 */
public final class Neighbours {
  private final Texts texts;
  private final Map<SourceFile, Set<SourceFile>> needed = new HashMap<>();

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
    if (!Uris.isShipped(from)) {
      Path folder = Path.of(from.name()).toAbsolutePath().normalize().getParent();
      for (Path at = folder; at != null; at = at.getParent()) {
        Optional<SourceFile> found = texts.file(at.resolve(id + Libraries.SUFFIX));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return texts.loader().libraries().find(from, id).flatMap(Checked::value);
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

  /** The runbook of an id: beside a file if there is one, else anywhere, else one that is shipped. */
  public Optional<SourceFile> runbook(SourceFile from, String id) {
    List<SourceFile> own = runbooks(texts.files().stream(), id);
    Path folder = Path.of(from.name()).getParent();
    return own.stream()
        .filter(file -> Objects.equals(Path.of(file.name()).getParent(), folder))
        .findFirst()
        .or(() -> own.stream().findFirst())
        .or(() -> runbooks(texts.shipped().stream(), id).stream().findFirst());
  }

  private List<SourceFile> runbooks(Stream<SourceFile> files, String id) {
    return id.isEmpty()
        ? List.of()
        : files
            .filter(file -> file.text().contains(id))
            .filter(file -> texts.symbols(file).kind().equals(Optional.of(DocumentKind.RUNBOOK)))
            .filter(file -> declares(file, SymbolKind.RUNBOOK, id))
            .sorted(Comparator.comparing(SourceFile::name))
            .toList();
  }

  private boolean declares(SourceFile file, SymbolKind kind, String name) {
    return texts.symbols(file).occurrences().stream()
        .anyMatch(
            one -> one.kind() == kind && one.declares() && one.name().equals(name));
  }
}
