package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Diagnostics;
import io.byteport.dsl.ignore.Ignores;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.schema.SchemaValidator;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.SourceReader;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    this.catalogue = catalogue;
    this.environment = Map.copyOf(environment);
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
    Checked<YamlNode> yaml = YamlReader.read(file);
    List<Diagnostic> found = new ArrayList<>(yaml.diagnostics());
    if (yaml.value().isEmpty()) {
      return new Checked<>(null, Diagnostics.sort(found));
    }
    List<Diagnostic> shape =
        SchemaValidator.validate(file, yaml.value().get(), DocumentKind.RUNBOOK);
    found.addAll(shape);
    if (Overlap.isForeign(shape)) {
      return new Checked<>(null, Diagnostics.sort(found));
    }
    Ignores ignores = Ignores.read(file, yaml.value().get());
    Checked<Runbook> mapped = ModelMapper.map(file, yaml.value().get());
    Overlap overlap = new Overlap(found);
    overlap.addMapped(mapped.diagnostics());
    if (mapped.value().isEmpty()) {
      return new Checked<>(null, ignores.apply(Diagnostics.sort(overlap.all())));
    }
    Runbook runbook = mapped.value().get();
    if (runbook.diagnose().size() > MAX_FACTS) {
      found.add(tooManyFacts(file, runbook));
      return new Checked<>(null, ignores.apply(Diagnostics.sort(found)));
    }
    Subject subject = new Subject(file, runbook, catalogue, new StepTree(runbook));
    Findings findings = new Findings(file, overlap.misshapen(), overlap.hasErrors());
    TypingPass.Typed typed = TypingPass.run(subject, findings);
    new Environment(environment).check(subject, typed, findings);
    Checks.run(subject, typed, findings);
    overlap.addAll(findings.list());
    List<Diagnostic> all = ignores.apply(Diagnostics.sort(overlap.all()));
    boolean refused = all.stream().anyMatch(Diagnostic::isError);
    return new Checked<>(refused ? null : checked(subject, typed, ignores), all);
  }

  private static Diagnostic tooManyFacts(SourceFile file, Runbook runbook) {
    return Diagnostic.of(
        DiagnosticCode.YAML_LIMIT,
        file,
        List.copyOf(runbook.diagnose().values()).get(MAX_FACTS).id().span(),
        "expected at most " + MAX_FACTS + " facts, found " + runbook.diagnose().size(),
        "split the runbook");
  }

  private static CheckedRunbook checked(Subject subject, TypingPass.Typed typed, Ignores ignores) {
    return new CheckedRunbook(
        subject.runbook(),
        subject.file(),
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
