package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Diagnostics;
import io.byteport.dsl.ignore.Ignores;
import io.byteport.dsl.include.Inclusion;
import io.byteport.dsl.include.Libraries;
import io.byteport.dsl.include.LibraryText;
import io.byteport.dsl.include.Shelf;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.schema.SchemaValidator;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Sources;
import io.byteport.dsl.yaml.SourceReader;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From text to a checked runbook; the only maker of one. Stateless but for the catalogue, safe for
 * use by several threads.
 */
public final class RunbookLoader {
  /**
   * How many facts a runbook may have; each may name every other, so checking takes their square.
   */
  public static final int MAX_FACTS = 1_000;

  private final ActionCatalogue catalogue;
  private final Map<String, String> environment;
  private final LibraryLoader libraryLoader;
  private final Libraries libraries;

  /**
   * A loader that asks no environment.
   *
   * @param catalogue the actions that runbooks may use
   */
  public RunbookLoader(ActionCatalogue catalogue) {
    this(catalogue, Map.of());
  }

  /**
   * @param catalogue the actions that runbooks may use
   * @param environment the variables of the deployment, whose values parameters may take
   */
  public RunbookLoader(ActionCatalogue catalogue, Map<String, String> environment) {
    this(
        catalogue,
        Map.copyOf(environment),
        new LibraryLoader(catalogue, new Shelf()),
        Libraries.NONE);
  }

  private RunbookLoader(
      ActionCatalogue catalogue,
      Map<String, String> environment,
      LibraryLoader libraryLoader,
      Libraries libraries) {
    this.catalogue = catalogue;
    this.environment = environment;
    this.libraryLoader = libraryLoader;
    this.libraries = libraries;
  }

  /** Where it finds what files include. */
  public Libraries libraries() {
    return libraries;
  }

  /** The same, which finds libraries there; the two share what they have read. */
  public RunbookLoader with(Libraries there) {
    return new RunbookLoader(catalogue, environment, libraryLoader, there);
  }

  /**
   * Reads a file and {@linkplain #load(SourceFile) loads} it; one that cannot be read is a finding.
   */
  public Checked<CheckedRunbook> load(Path path) {
    Checked<SourceFile> file = SourceReader.read(path);
    return file.value().isEmpty()
        ? new Checked<>(null, file.diagnostics())
        : load(file.value().get());
  }

  /**
   * Reads and checks one runbook. Everything that can be found is found in one go, in the order of
   * the file, less what comments in it {@linkplain Ignores ignore}; the value is there only where
   * no finding is an error.
   */
  public Checked<CheckedRunbook> load(SourceFile file) {
    Sources sources = Sources.in(file);
    SourceFile own = sources.own();
    Checked<YamlNode> yaml = YamlReader.read(own);
    YamlNode root = yaml.valueOrNull();
    if (!(root instanceof YamlMapping document)) {
      return refused(yaml, own, root);
    }
    Inclusion inclusion =
        DocumentKind.of(root).equals(Optional.of(DocumentKind.RUNBOOK))
            ? Inclusion.of(sources, document, libraries, libraryLoader.shelf())
            : Inclusion.none(sources, document);
    return load(yaml, document, inclusion);
  }

  /**
   * Understands as much of a runbook as can be, sound or not.
   *
   * @return empty where the text is no map, or not even YAML
   */
  public Optional<RunbookAnalysis> analyse(SourceFile file) {
    Sources sources = Sources.in(file);
    if (!(YamlReader.read(sources.own()).valueOrNull() instanceof YamlMapping root)) {
      return Optional.empty();
    }
    Inclusion inclusion = Inclusion.of(sources, root, libraries, libraryLoader.shelf());
    SourceFile whole = inclusion.sources().whole();
    return ModelMapper.map(whole, inclusion.joined())
        .value()
        .filter(runbook -> runbook.diagnose().size() <= MAX_FACTS)
        .map(
            runbook -> {
              Subject subject = new Subject(whole, runbook, catalogue, new StepTree(runbook));
              Findings unheard = new Findings(whole, List.of(), true);
              return new RunbookAnalysis(
                  root, inclusion.sources(), subject, TypingPass.run(subject, unheard));
            });
  }

  private static Checked<CheckedRunbook> refused(
      Checked<YamlNode> yaml, SourceFile own, @Nullable YamlNode root) {
    List<Diagnostic> found = new ArrayList<>(yaml.diagnostics());
    if (root != null) {
      found.addAll(SchemaValidator.validate(own, root, DocumentKind.RUNBOOK));
    }
    return new Checked<>(null, Diagnostics.sort(found));
  }

  private Checked<CheckedRunbook> load(
      Checked<YamlNode> yaml, YamlMapping root, Inclusion inclusion) {
    SourceFile whole = inclusion.sources().whole();
    List<Diagnostic> found = new ArrayList<>(yaml.diagnostics());
    List<Diagnostic> shape =
        SchemaValidator.validate(whole, inclusion.written(), DocumentKind.RUNBOOK);
    found.addAll(shape);
    List<Diagnostic> beside = beside(inclusion);
    Ignores ignores = Ignores.read(inclusion.sources().own(), root);
    Overlap overlap = new Overlap(found);
    if (Overlap.isForeign(shape)
        || !inclusion.isComplete()
        || beside.stream().anyMatch(one -> one.code() != DiagnosticCode.INCLUDE_CLASH)) {
      return new Checked<>(null, told(overlap, beside, inclusion, ignores));
    }
    Checked<Runbook> mapped = ModelMapper.map(whole, inclusion.joined());
    overlap.addMapped(mapped.diagnostics());
    if (mapped.value().isEmpty()) {
      return new Checked<>(null, told(overlap, beside, inclusion, ignores));
    }
    Runbook runbook =
        new Pruning(mapped.value().get(), inclusion.lent(), inclusion.sources(), catalogue)
            .pruned();
    if (runbook.diagnose().size() > MAX_FACTS) {
      found.add(tooManyFacts(whole, runbook));
      return new Checked<>(null, told(new Overlap(found), beside, inclusion, ignores));
    }
    Subject subject = new Subject(whole, runbook, catalogue, new StepTree(runbook));
    Findings findings = new Findings(whole, overlap.misshapen(), overlap.hasErrors());
    TypingPass.Typed typed = TypingPass.run(subject, findings);
    new Environment(environment).check(subject, typed, findings);
    Checks.run(subject, typed, findings);
    overlap.addAll(findings.list());
    List<Diagnostic> all = told(overlap, beside, inclusion, ignores);
    boolean refused = all.stream().anyMatch(Diagnostic::isError);
    return new Checked<>(refused ? null : checked(subject, typed, inclusion, ignores), all);
  }

  /** What is wrong with what is included: errors of libraries, and of how they are included. */
  private List<Diagnostic> beside(Inclusion inclusion) {
    List<Diagnostic> beside = new ArrayList<>(inclusion.findings());
    if (!inclusion.isComplete()) {
      return beside;
    }
    for (LibraryText library : inclusion.libraries()) {
      libraryLoader.check(library.file(), inclusion.used()).stream()
          .filter(Diagnostic::isError)
          .forEach(beside::add);
    }
    return beside;
  }

  private List<Diagnostic> told(
      Overlap overlap, List<Diagnostic> beside, Inclusion inclusion, Ignores ignores) {
    List<Diagnostic> all = new ArrayList<>(overlap.all());
    all.addAll(beside);
    List<Diagnostic> told = new ArrayList<>();
    for (Diagnostic found : all) {
      Diagnostic one = inclusion.told(found);
      boolean ignored =
          inclusion.libraries().stream()
              .anyMatch(library -> library.ignores().covers(one.file(), one.code(), one.span()));
      if (!ignored) {
        told.add(one);
      }
    }
    return ignores.apply(Diagnostics.sort(told));
  }

  /**
   * What is wrong with a library by itself, in the order of the file; about the libraries that it
   * includes, errors only.
   */
  public List<Diagnostic> checkLibrary(SourceFile file) {
    return libraryLoader.check(file, libraries);
  }

  private static Diagnostic tooManyFacts(SourceFile file, Runbook runbook) {
    return Diagnostic.of(
        DiagnosticCode.YAML_LIMIT,
        file,
        List.copyOf(runbook.diagnose().values()).get(MAX_FACTS).id().span(),
        "expected at most " + MAX_FACTS + " facts, found " + runbook.diagnose().size(),
        "split the runbook");
  }

  private static CheckedRunbook checked(
      Subject subject, TypingPass.Typed typed, Inclusion inclusion, Ignores ignores) {
    return new CheckedRunbook(
        subject.runbook(),
        inclusion.sources(),
        typed.typing(),
        subject.catalogue(),
        typed.facts().order(),
        typed.facts().dependencies(),
        typed.params(),
        typed.inputs(),
        ignores);
  }

  public ActionCatalogue catalogue() {
    return catalogue;
  }
}
