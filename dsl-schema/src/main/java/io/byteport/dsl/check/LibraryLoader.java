package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.Diagnostics;
import io.byteport.dsl.include.Inclusion;
import io.byteport.dsl.include.Libraries;
import io.byteport.dsl.include.LibraryText;
import io.byteport.dsl.include.Shelf;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.schema.SchemaValidator;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks libraries with no runbook in sight. All that a library names must be in it or in what it
 * includes, so that it means the same to everybody. Texts that were looked at once are known from
 * then on. Safe for use by several threads.
 */
final class LibraryLoader {
  private final ActionCatalogue catalogue;
  private final Shelf shelf;
  private final Map<List<SourceFile>, List<Diagnostic>> known = new ConcurrentHashMap<>();

  /** The checks that ask nothing that only a runbook can answer. */
  private static final List<Check> CHECKS =
      List.of(
          new DuplicateIds(),
          new ReservedNames(),
          new GuardedNames(),
          new BlockCalls(),
          new RefreshNames(),
          new LimitScopes(),
          new Taint(),
          new Deprecated());

  LibraryLoader(ActionCatalogue catalogue, Shelf shelf) {
    this.catalogue = catalogue;
    this.shelf = shelf;
  }

  /** What is wrong with a library, sorted; about the libraries that it includes, errors only. */
  List<Diagnostic> check(SourceFile file, Libraries libraries) {
    LibraryText text = shelf.get(file);
    if (text.root() == null) {
      return text.findings();
    }
    Inclusion inclusion = Inclusion.of(Sources.of(file, List.of()), text.root(), libraries, shelf);
    List<SourceFile> files = inclusion.sources().files();
    List<Diagnostic> found = known.get(files);
    if (found == null) {
      found = check(text, inclusion, libraries);
      known.put(files, found);
    }
    return found;
  }

  private List<Diagnostic> check(LibraryText text, Inclusion inclusion, Libraries libraries) {
    SourceFile whole = inclusion.sources().whole();
    List<Diagnostic> found = new ArrayList<>(text.findings());
    List<Diagnostic> shape =
        SchemaValidator.validate(whole, inclusion.written(), DocumentKind.LIBRARY);
    found.addAll(shape);
    List<Diagnostic> beside = new ArrayList<>(inclusion.findings());
    if (inclusion.isComplete()) { // else they may include each other in a circle
      for (LibraryText other : inclusion.libraries()) {
        check(other.file(), libraries).stream().filter(Diagnostic::isError).forEach(beside::add);
      }
    }
    Overlap overlap = new Overlap(found);
    if (!Overlap.isForeign(shape)
        && inclusion.isComplete()
        && beside.stream().noneMatch(Diagnostic::isError)) {
      check(inclusion, overlap);
    }
    List<Diagnostic> all = new ArrayList<>(overlap.all());
    all.addAll(beside);
    return text.ignores()
        .applyUnlessStale(Diagnostics.sort(all.stream().map(inclusion::told).toList()));
  }

  private void check(Inclusion inclusion, Overlap overlap) {
    SourceFile whole = inclusion.sources().whole();
    Checked<Runbook> mapped = LibraryMapper.map(whole, inclusion.joined());
    overlap.addMapped(mapped.diagnostics());
    Runbook sections =
        new Pruning(
                Objects.requireNonNull(mapped.valueOrNull()),
                inclusion.lent(),
                inclusion.sources(),
                catalogue)
            .pruned();
    Subject subject = new Subject(whole, sections, catalogue, new StepTree(sections));
    Findings findings = new Findings(whole, overlap.misshapen(), overlap.hasErrors());
    TypingPass.Typed typed = TypingPass.run(subject, findings);
    CHECKS.forEach(check -> check.check(subject, typed, findings));
    overlap.addAll(findings.list());
  }

  Shelf shelf() {
    return shelf;
  }
}
