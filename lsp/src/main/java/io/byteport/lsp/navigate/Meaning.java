package io.byteport.lsp.navigate;

import io.byteport.dsl.edit.Occurrence;
import io.byteport.dsl.edit.SymbolKind;
import io.byteport.dsl.edit.Symbols;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.lsp.Texts;
import io.byteport.lsp.Uris;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a name means: all places, in all files, that stand for the same. Files whose text does not
 * hold the name are not read. Nothing hides a name in this language, so that files which need each
 * other and hold the same name of the same kind mean the same.
 */
public final class Meaning {
  private final Texts texts;
  private final Neighbours neighbours;
  private final Occurrence wanted;
  private final Set<SourceFile> files;

  private Meaning(Texts texts, Neighbours neighbours, Occurrence wanted, Set<SourceFile> files) {
    this.texts = texts;
    this.neighbours = neighbours;
    this.wanted = wanted;
    this.files = files;
  }

  /** Of the name at a place; empty where there is none. */
  public static Optional<Meaning> at(Texts texts, SourceFile file, int offset) {
    return texts.symbols(file).at(offset).map(found -> of(texts, file, found));
  }

  /**
   * Where the name at a place is declared, as far as the file reaches; else wherever it is declared
   * that means the same.
   */
  public static List<Place> declarations(Texts texts, SourceFile file, int offset) {
    Occurrence found = texts.symbols(file).at(offset).orElse(null);
    if (found == null) {
      return List.of();
    }
    List<Place> near = new ArrayList<>();
    if (!found.kind().isGlobal() && !isForeign(found)) {
      for (SourceFile reached : new Neighbours(texts).reached(file)) {
        for (Occurrence one : texts.symbols(reached).like(found)) {
          if (one.declares()) {
            near.add(new Place(reached, one));
          }
        }
      }
    }
    return near.isEmpty() ? of(texts, file, found).declarations() : near;
  }

  /** The places in one file that mean the same as the name at a place of it. */
  public static List<Occurrence> within(Texts texts, SourceFile file, int offset) {
    Occurrence found = texts.symbols(file).at(offset).orElse(null);
    if (found == null) {
      return List.of();
    }
    if (found.kind() == SymbolKind.RECORDED || isForeign(found)) {
      return of(texts, file, found).places().stream()
          .filter(place -> place.file() == file)
          .map(Place::occurrence)
          .toList();
    }
    Map<Span, Occurrence> here = new LinkedHashMap<>();
    texts.symbols(file).like(found).forEach(one -> here.putIfAbsent(one.span(), one));
    return List.copyOf(here.values());
  }

  /** Of a name where it stands. */
  public static Meaning of(Texts texts, SourceFile file, Occurrence found) {
    Neighbours neighbours = new Neighbours(texts);
    if (found.kind() == SymbolKind.RECORDED) {
      for (SourceFile near : neighbours.reached(file)) {
        SymbolKind kind = texts.symbols(near).recorded().get(found.owner());
        if (kind != null) {
          return new Start(texts, neighbours, file).meaning(as(found, kind));
        }
      }
    }
    boolean foreign = isForeign(found);
    if (foreign && !found.owner().equals(Occurrence.ANY)) {
      return neighbours
          .runbook(file, found.owner())
          .map(there -> new Start(texts, neighbours, there).meaning(as(found, found.kind())))
          .orElseGet(() -> new Meaning(texts, neighbours, found, Set.of(file)));
    }
    return new Start(texts, neighbours, file).meaning(found);
  }

  private static boolean isForeign(Occurrence one) {
    return switch (one.kind()) {
      case PARAMETER, STEP, CLASS, GUARDRAIL, EXPECTATION -> !one.owner().isEmpty();
      default -> false;
    };
  }

  private static Occurrence as(Occurrence one, SymbolKind kind) {
    return new Occurrence(kind, "", one.name(), one.role(), one.span());
  }

  /** Where the search begins. */
  private record Start(Texts texts, Neighbours neighbours, SourceFile file) {
    Meaning meaning(Occurrence found) {
      if (found.kind().isOfAFile()) {
        return new Meaning(texts, neighbours, found, Set.of(file));
      }
      if (isForeign(found)) { // of any runbook
        Occurrence plain = as(found, found.kind());
        Set<SourceFile> all = new LinkedHashSet<>(candidates(plain, Set.of()));
        all.add(file);
        return new Meaning(texts, neighbours, plain, all);
      }
      Set<SourceFile> holding = candidates(found, neighbours.reached(file));
      if (found.kind().isGlobal()) {
        return new Meaning(texts, neighbours, found, holding);
      }
      Set<SourceFile> joined = joined(file, holding);
      return new Meaning(texts, neighbours, definite(found, joined), joined);
    }

    /** A step or a class, whichever there is of the name. */
    private Occurrence definite(Occurrence found, Set<SourceFile> joined) {
      if (found.kind() != SymbolKind.GUARDED && found.kind() != SymbolKind.LENT) {
        return found;
      }
      return joined.stream()
          .flatMap(file -> texts.symbols(file).like(found).stream())
          .filter(Occurrence::declares)
          .findFirst()
          .map(declared -> as(found, declared.kind()))
          .orElse(found);
    }

    private Set<SourceFile> candidates(Occurrence found, Set<SourceFile> near) {
      Set<SourceFile> holding = new LinkedHashSet<>();
      Stream.of(Stream.of(file), near.stream(), texts.files().stream(), others(found))
          .flatMap(files -> files)
          .filter(one -> one.text().contains(found.name()))
          .filter(one -> !texts.symbols(one).like(found).isEmpty())
          .forEach(holding::add);
      return holding;
    }

    private Stream<SourceFile> others(Occurrence found) {
      return found.kind().isGlobal() || Uris.isShipped(file)
          ? texts.shipped().stream()
          : Stream.empty();
    }

    /** Those among the files that hang together with the first. */
    private Set<SourceFile> joined(SourceFile first, Set<SourceFile> holding) {
      Set<SourceFile> joined = new LinkedHashSet<>();
      ArrayDeque<SourceFile> open = new ArrayDeque<>(List.of(first));
      while (!open.isEmpty()) {
        SourceFile next = open.poll();
        if (joined.add(next)) {
          holding.stream()
              .filter(other -> !joined.contains(other))
              .filter(other -> need(next, other))
              .forEach(open::add);
        }
      }
      return joined;
    }

    private boolean need(SourceFile one, SourceFile other) {
      return neighbours.reached(one).contains(other) || neighbours.reached(other).contains(one);
    }
  }

  /** The name, of which kind. */
  public Occurrence wanted() {
    return wanted;
  }

  /** Every place, file by file in the order of their names, those that declare it included. */
  public List<Place> places() {
    Map<SourceFile, Map<Span, Occurrence>> found =
        new TreeMap<>(Comparator.comparing(SourceFile::name));
    for (SourceFile file : files) {
      for (Occurrence one : texts.symbols(file).like(wanted)) {
        add(found, file, one);
      }
    }
    if (!wanted.kind().isOfAFile()) {
      for (SourceFile file : texts.files()) {
        if (file.text().contains(wanted.name())) {
          for (Occurrence one : texts.symbols(file).occurrences()) {
            if (isMeantFromAfar(file, one)) {
              add(found, file, one);
            }
          }
        }
      }
    }
    List<Place> places = new ArrayList<>();
    found.forEach(
        (file, ones) ->
            ones.values().stream()
                .sorted(Comparator.comparingInt(one -> one.span().start()))
                .forEach(one -> places.add(new Place(file, one))));
    return places;
  }

  /** A word of a table may stand for several things; it is one place all the same. */
  private static void add(
      Map<SourceFile, Map<Span, Occurrence>> found, SourceFile file, Occurrence one) {
    found
        .computeIfAbsent(file, any -> new LinkedHashMap<>())
        .merge(one.span(), one, (first, second) -> second.declares() ? second : first);
  }

  /**
   * The configuration of an agent, and the record that a test expects, name what is a runbook's.
   */
  private boolean isMeantFromAfar(SourceFile file, Occurrence one) {
    if (!one.name().equals(wanted.name()) || !wanted.owner().isEmpty()) {
      return false;
    }
    if (one.kind() == SymbolKind.RECORDED) {
      Symbols symbols = texts.symbols(file);
      return neighbours
          .runbook(file, symbols.id())
          .filter(runbook -> texts.symbols(runbook).recorded().get(one.owner()) == wanted.kind())
          .filter(this::touches)
          .isPresent();
    }
    if (one.kind() != wanted.kind() || !isForeign(one)) {
      return false;
    }
    return one.owner().equals(Occurrence.ANY)
        || neighbours.runbook(file, one.owner()).filter(this::touches).isPresent();
  }

  private boolean touches(SourceFile runbook) {
    return neighbours.reached(runbook).stream().anyMatch(files::contains);
  }

  /** The places that declare it. */
  public List<Place> declarations() {
    return places().stream().filter(place -> place.occurrence().declares()).toList();
  }

  /** The files that hold it. */
  Set<SourceFile> files() {
    return files;
  }

  Neighbours neighbours() {
    return neighbours;
  }
}
