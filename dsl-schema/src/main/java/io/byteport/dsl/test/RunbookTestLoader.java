package io.byteport.dsl.test;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Diagnostics;
import io.byteport.dsl.ignore.Ignores;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.schema.SchemaValidator;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import io.byteport.dsl.yaml.YamlReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From the text of a test to a checked one, typed by the runbook that it tests; the only maker of
 * one. Stateless, safe for use by several threads.
 */
public final class RunbookTestLoader {
  /** When a case begins that does not say so. */
  public static final Instant DEFAULT_NOW = Instant.parse("2026-01-01T00:00:00Z");

  private RunbookTestLoader() {}

  /**
   * The runbook that a file says it tests; empty where it does not say so, or is no test, or is not
   * even YAML: loading it tells why.
   */
  public static Optional<Id> runbook(SourceFile file) {
    return YamlReader.read(file)
        .value()
        .filter(root -> DocumentKind.of(root).equals(Optional.of(DocumentKind.RUNBOOK_TEST)))
        .filter(YamlMapping.class::isInstance)
        .flatMap(root -> ((YamlMapping) root).get("runbook"))
        .filter(YamlScalar.class::isInstance)
        .map(name -> new Id(((YamlScalar) name).text(), name.span()));
  }

  /** What can be found wrong with a file without its runbook: syntax and shape. */
  public static List<Diagnostic> shape(SourceFile file) {
    TestFindings findings = new TestFindings(new TestSources(file));
    cases(file, findings);
    return Diagnostics.sort(findings.list());
  }

  /** The same where nothing is included from other files. */
  public static Checked<CheckedRunbookTest> load(SourceFile file, CheckedRunbook runbook) {
    return load(file, runbook, IncludedFiles.NONE);
  }

  /**
   * Reads and checks one test file and the fixtures that it includes. Names, types and quantities
   * are checked only where syntax and shape are right. Findings about included files are about
   * these. What comments in the file {@linkplain Ignores ignore} is left out; the value is there
   * only where no finding is an error.
   */
  public static Checked<CheckedRunbookTest> load(
      SourceFile file, CheckedRunbook runbook, IncludedFiles files) {
    TestSources sources = new TestSources(file);
    TestFindings findings = new TestFindings(sources);
    YamlMapping root = root(file).orElse(null);
    List<CaseTable.Filled> filled = cases(file, findings);
    if (root == null || hasErrors(findings)) {
      return new Checked<>(null, Diagnostics.sort(findings.list()));
    }
    if (root.get("runbook").orElse(null) instanceof YamlScalar name
        && !name.text().equals(runbook.id())) {
      findings.add(
          DiagnosticCode.TEST_OTHER_RUNBOOK,
          name.span(),
          "expected a test of `" + runbook.id() + "`, found one of `" + name.text() + "`",
          "`runbook` names the runbook by its id");
      return new Checked<>(null, Diagnostics.sort(findings.list()));
    }
    Map<String, YamlMapping> fixtures = new FixtureFiles(sources, findings, files).of(root);
    if (hasErrors(findings)) {
      return new Checked<>(null, Diagnostics.sort(findings.list()));
    }
    fixtures.values().forEach(one -> new GivenReader(runbook, findings, one).read());
    CaseReader reader = new CaseReader(runbook, findings, fixtures, root);
    List<TestCase> cases = filled.stream().map(reader::read).toList();
    List<Diagnostic> all = Ignores.read(file, root).apply(Diagnostics.sort(findings.list()));
    boolean refused = all.stream().anyMatch(Diagnostic::isError);
    return new Checked<>(refused ? null : new CheckedRunbookTest(runbook, file, cases), all);
  }

  private static boolean hasErrors(TestFindings findings) {
    return findings.list().stream().anyMatch(Diagnostic::isError);
  }

  private static Optional<YamlMapping> root(SourceFile file) {
    return YamlReader.read(file)
        .value()
        .filter(YamlMapping.class::isInstance)
        .map(YamlMapping.class::cast);
  }

  /** The cases as they are played, a row of a table each; what is wrong with the shape is found. */
  private static List<CaseTable.Filled> cases(SourceFile file, TestFindings findings) {
    Checked<YamlNode> yaml = YamlReader.read(file);
    findings.addAll(yaml.diagnostics());
    YamlNode root = yaml.valueOrNull();
    if (root == null) {
      return List.of();
    }
    if (!(root instanceof YamlMapping mapping)
        || !(mapping.get("cases").orElse(null) instanceof YamlSequence list)) {
      findings.addAll(SchemaValidator.validate(file, root, DocumentKind.RUNBOOK_TEST));
      return List.of();
    }
    CaseTable table = new CaseTable(findings);
    List<CaseTable.Filled> filled = new ArrayList<>();
    List<YamlNode> nodes = new ArrayList<>();
    for (YamlNode node : list.items()) {
      if (node instanceof YamlMapping one) {
        filled.addAll(table.filled(one));
      } else {
        nodes.add(node);
      }
    }
    filled.forEach(one -> nodes.add(one.node()));
    for (Entry entry : mapping.entries()) {
      if (!entry.key().text().equals("cases")) {
        Placeholders.in(entry.value()).forEach(table::homeless);
      }
    }
    YamlMapping played = with(mapping, new YamlSequence(nodes, list.flow(), list.span()));
    Set<Span> told = new HashSet<>();
    findings.list().forEach(finding -> told.add(finding.span()));
    SchemaValidator.validate(file, played, DocumentKind.RUNBOOK_TEST).stream()
        .filter(finding -> !told.contains(finding.span()))
        .forEach(finding -> findings.addAll(List.of(finding)));
    return filled;
  }

  private static YamlMapping with(YamlMapping root, YamlSequence cases) {
    return new YamlMapping(
        root.entries().stream()
            .map(
                entry -> entry.key().text().equals("cases") ? new Entry(entry.key(), cases) : entry)
            .toList(),
        root.flow(),
        root.span());
  }
}
