package io.byteport.dsl.test;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.schema.SchemaValidator;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the fixtures of a test: its own, and those of the files that it includes. */
final class FixtureFiles {
  /** Names of the same file may differ, so that a circle is not always seen. */
  private static final int DEEPEST = 20;

  private final TestSources sources;
  private final TestFindings findings;
  private final IncludedFiles files;
  private final Map<String, Entry> fixtures = new LinkedHashMap<>();
  private final Set<String> read = new LinkedHashSet<>();

  FixtureFiles(TestSources sources, TestFindings findings, IncludedFiles files) {
    this.sources = sources;
    this.findings = findings;
    this.files = files;
  }

  /**
   * All fixtures by name.
   *
   * @param root the test
   */
  Map<String, YamlMapping> of(YamlMapping root) {
    collect(sources.test(), root, List.of(sources.test().name()));
    Map<String, YamlMapping> found = new LinkedHashMap<>();
    fixtures.forEach(
        (name, entry) -> {
          if (entry.value() instanceof YamlMapping given) {
            found.put(name, given);
          }
        });
    return found;
  }

  private void collect(SourceFile file, YamlMapping root, List<String> path) {
    for (Entry entry : GivenReader.mapping(root, "fixtures").entries()) {
      Entry before = fixtures.putIfAbsent(entry.key().text(), entry);
      if (before != null) {
        findings.add(
            DiagnosticCode.NAME_DUPLICATE,
            entry.key().span(),
            "expected the name of one fixture, found `" + entry.key().text() + "` a second time",
            "give one of the two another name",
            before.key().span(),
            "the first one");
      }
    }
    root.get("include").ifPresent(included -> include(file, included, path));
  }

  private void include(SourceFile file, YamlNode included, List<String> path) {
    List<YamlNode> names =
        included instanceof YamlScalar ? List.of(included) : GivenReader.items(included);
    for (YamlNode node : names) {
      if (node instanceof YamlScalar name) {
        include(file, name, path);
      }
    }
  }

  private void include(SourceFile file, YamlScalar name, List<String> path) {
    boolean relative = !name.text().startsWith("/") && name.text().indexOf('\\') < 0;
    SourceFile found = relative ? files.find(file, name.text()).orElse(null) : null;
    if (found == null) {
      findings.add(
          DiagnosticCode.TEST_INCLUDE,
          name.span(),
          "expected a file of fixtures that can be read, found none at `" + name.text() + "`",
          "write the path from the folder of this file, such as `./common.fixtures.yaml`");
    } else if (path.contains(found.name())) {
      List<String> circle = new ArrayList<>(path.subList(path.indexOf(found.name()), path.size()));
      circle.add(found.name());
      findings.add(
          DiagnosticCode.TEST_INCLUDE,
          name.span(),
          "expected files that do not include each other in a circle, found `"
              + String.join("` → `", circle)
              + "`",
          "move what they share into a file of its own");
    } else if (path.size() > DEEPEST) {
      findings.add(
          DiagnosticCode.TEST_INCLUDE,
          name.span(),
          "expected at most " + DEEPEST + " files that include one another, found more",
          "a link may lead back to a folder above it");
    } else if (read.add(found.name())) {
      take(found, path);
    }
  }

  private void take(SourceFile file, List<String> path) {
    Checked<YamlNode> yaml = YamlReader.read(file);
    List<Diagnostic> shape = new ArrayList<>(yaml.diagnostics());
    yaml.value()
        .ifPresent(
            root ->
                shape.addAll(SchemaValidator.validate(file, root, DocumentKind.RUNBOOK_FIXTURES)));
    findings.addAll(shape);
    if (yaml.valueOrNull() instanceof YamlMapping root
        && shape.stream().noneMatch(Diagnostic::isError)) {
      List<String> longer = new ArrayList<>(path);
      longer.add(file.name());
      collect(file, sources.add(file, root), longer);
    }
  }
}
