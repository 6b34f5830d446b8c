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
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    Checked<YamlNode> yaml = YamlReader.read(file);
    List<Diagnostic> found = new ArrayList<>(yaml.diagnostics());
    yaml.value()
        .ifPresent(
            root -> found.addAll(SchemaValidator.validate(file, root, DocumentKind.RUNBOOK_TEST)));
    return Diagnostics.sort(found);
  }

  /**
   * Reads and checks one test file. Names, types and quantities are checked only where syntax and
   * shape are right. What comments in the file {@linkplain Ignores ignore} is left out; the value
   * is there only where no finding is an error.
   */
  public static Checked<CheckedRunbookTest> load(SourceFile file, CheckedRunbook runbook) {
    List<Diagnostic> shape = shape(file);
    Checked<YamlNode> yaml = YamlReader.read(file);
    if (shape.stream().anyMatch(Diagnostic::isError)
        || !(yaml.valueOrNull() instanceof YamlMapping root)) {
      return new Checked<>(null, shape);
    }
    TestFindings findings = new TestFindings(file);
    findings.addAll(shape);
    if (root.get("runbook").orElse(null) instanceof YamlScalar name
        && !name.text().equals(runbook.id())) {
      findings.add(
          DiagnosticCode.TEST_OTHER_RUNBOOK,
          name.span(),
          "expected a test of `" + runbook.id() + "`, found one of `" + name.text() + "`",
          "`runbook` names the runbook by its id");
      return new Checked<>(null, Diagnostics.sort(findings.list()));
    }
    YamlMapping given = GivenReader.mapping(root, "given");
    new GivenReader(runbook, findings, given).read();
    List<TestCase> cases = new ArrayList<>();
    for (YamlNode node : root.get("cases").map(GivenReader::items).orElse(List.of())) {
      if (node instanceof YamlMapping one) {
        cases.add(testCase(runbook, findings, given, one));
      }
    }
    List<Diagnostic> all = Ignores.read(file, root).apply(Diagnostics.sort(findings.list()));
    boolean refused = all.stream().anyMatch(Diagnostic::isError);
    return new Checked<>(refused ? null : new CheckedRunbookTest(runbook, file, cases), all);
  }

  private static TestCase testCase(
      CheckedRunbook runbook, TestFindings findings, YamlMapping base, YamlMapping one) {
    YamlMapping given = GivenMerge.merged(base, GivenReader.mapping(one, "given"));
    GivenReader reader = new GivenReader(runbook, findings, given);
    Span name = one.get("name").map(YamlNode::span).orElse(one.span());
    return new TestCase(
        GivenReader.text(one, "name").orElse(""),
        name,
        reader.read(),
        one.get("later").map(reader::later).orElse(List.of()),
        new ExpectedReader(runbook, findings, reader.world())
            .read(GivenReader.mapping(one, "expect")));
  }
}
