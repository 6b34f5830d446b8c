package io.byteport.dsl.include;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.source.Origin;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Sources;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A runbook, or a library, together with what it includes. Its spans are those of one long text,
 * and are told apart again when a finding is {@linkplain #told told}.
 */
public final class Inclusion {
  private static final Set<DiagnosticCode> PARTIAL =
      Set.of(DiagnosticCode.INCLUDE_UNKNOWN, DiagnosticCode.INCLUDE_NOTHING);

  private final Sources sources;
  private final YamlMapping written;
  private final YamlMapping joined;
  private final Lent lent;
  private final Libraries used;
  private final List<Taken> libraries;
  private final List<Diagnostic> findings;
  private final boolean complete;

  private Inclusion(
      Sources sources,
      YamlMapping root,
      YamlMapping filled,
      YamlMapping joined,
      Lent lent,
      Libraries used,
      Collection<Taken> libraries,
      List<Diagnostic> findings,
      boolean complete) {
    this.sources = sources;
    this.joined = joined;
    this.lent = lent;
    this.used = used;
    this.libraries = List.copyOf(libraries);
    this.findings = List.copyOf(findings);
    this.complete = complete && findings.stream().noneMatch(one -> PARTIAL.contains(one.code()));
    this.written = this.complete ? filled : root;
  }

  /** A document that includes nothing, or cannot. */
  public static Inclusion none(Sources sources, YamlMapping root) {
    return new Inclusion(
        sources, root, root, root, new Lent(), Libraries.NONE, List.of(), List.of(), true);
  }

  /**
   * Follows what a document includes.
   *
   * @param sources of the text: if libraries are part of it, these are the only ones
   * @param root of the document, whose spans are those of its text
   * @param libraries where others are found
   * @param shelf what keeps them
   */
  public static Inclusion of(Sources sources, YamlMapping root, Libraries libraries, Shelf shelf) {
    if (root.get(Includes.KEY).isEmpty()) {
      return none(sources, root);
    }
    boolean carried = !sources.libraries().isEmpty();
    Libraries used = carried ? carried(sources, shelf) : libraries;
    Includes includes = new Includes(used, shelf);
    includes.collect(sources.own(), root);
    Sources all =
        carried
            ? sources
            : Sources.of(sources.own(), includes.taken().stream().map(Taken::file).toList());
    List<Diagnostic> findings = new ArrayList<>(includes.findings());
    Merge merge = new Merge(includes, all, findings);
    YamlMapping filled = merge.filled(sources.own(), root);
    Lent lent = new Lent();
    YamlMapping joined = merge.joined(root, filled, lent);
    return new Inclusion(
        all, root, filled, joined, lent, used, includes.taken(), findings, !includes.isLacking());
  }

  private static Libraries carried(Sources sources, Shelf shelf) {
    return new Libraries() {
      @Override
      public Optional<Checked<SourceFile>> find(SourceFile from, String id) {
        return sources.libraries().stream()
            .filter(file -> shelf.get(file).id().equals(id))
            .findFirst()
            .map(file -> new Checked<>(file, List.of()));
      }

      @Override
      public Collection<String> known(SourceFile from) {
        return sources.libraries().stream().map(file -> shelf.get(file).id()).toList();
      }
    };
  }

  /** All texts. */
  public Sources sources() {
    return sources;
  }

  /**
   * The document itself, with the entries of libraries that it says are its own, if all are there.
   */
  public YamlMapping written() {
    return written;
  }

  /** The document with everything that libraries lend it. */
  public YamlMapping joined() {
    return joined;
  }

  /** What of that it does not declare itself. */
  public Lent lent() {
    return lent;
  }

  /** The libraries, each after those that it includes itself. */
  public List<LibraryText> libraries() {
    return libraries.stream().map(Taken::text).toList();
  }

  /** Where its libraries find theirs. */
  public Libraries used() {
    return used;
  }

  /** What is wrong with what it includes. */
  public List<Diagnostic> findings() {
    return findings;
  }

  /** Whether nothing is missing, so that it makes sense to look at what the names mean. */
  public boolean isComplete() {
    return complete;
  }

  /**
   * A finding of a check, in the file where people find its place; one in a library says where that
   * is included.
   */
  public Diagnostic told(Diagnostic found) {
    SourceFile whole = sources.whole();
    Origin place = place(found.file(), found.span());
    List<Related> related = new ArrayList<>();
    for (Related one : found.related()) {
      Origin there = place(one.file(), one.span());
      related.add(new Related(there.file(), there.span(), one.message()));
    }
    SourceFile holder = found.file() == whole ? sources.file(found.span()) : found.file();
    includedAt(holder, related);
    List<Fix> fixes = new ArrayList<>();
    for (Fix fix : found.fixes()) {
      Origin there = place(found.file(), fix.span());
      if (there.file() == place.file()) {
        fixes.add(new Fix(fix.title(), there.span(), fix.replacement(), fix.safe()));
      }
    }
    return new Diagnostic(
        found.code(),
        found.severity(),
        place.file(),
        place.span(),
        found.message(),
        found.hint(),
        related,
        fixes);
  }

  private Origin place(SourceFile file, Span span) {
    if (file == sources.whole()) {
      return sources.origin(span);
    }
    if (sources.isOneFile() && sources.files().contains(file)) {
      int by = sources.start(file);
      return new Origin(sources.whole(), new Span(span.start() + by, span.end() + by));
    }
    return new Origin(file, span);
  }

  /** The ways from a library up to the document, unless they are told already. */
  private void includedAt(SourceFile holder, List<Related> related) {
    for (Taken library : libraries) {
      if (library.file() == holder) {
        Origin at = place(library.at().file(), library.at().span());
        Related here = new Related(at.file(), at.span(), "`" + library.id() + "` is included here");
        if (!related.contains(here)) {
          related.add(here);
          includedAt(library.at().file(), related);
        }
      }
    }
  }
}
