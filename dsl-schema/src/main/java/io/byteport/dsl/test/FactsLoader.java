package io.byteport.dsl.test;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.Diagnostics;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.schema.SchemaValidator;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.Style;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import io.byteport.dsl.yaml.YamlReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file that holds nothing but what a case of a test starts from: the same keys as {@code
 * given}, at the top. YAML or JSON. Stateless, safe for use by several threads.
 */
public final class FactsLoader {
  private FactsLoader() {}

  /**
   * Reads and checks one file against the runbook whose facts it tells.
   *
   * @param now when it begins, stronger than what the file says; null for the file's word, else
   *     {@link RunbookTestLoader#DEFAULT_NOW}
   * @return the value is there only where no finding is an error
   */
  public static Checked<Given> load(
      SourceFile file, CheckedRunbook runbook, @Nullable Instant now) {
    Checked<YamlNode> yaml = YamlReader.read(file);
    List<Diagnostic> found = new ArrayList<>(yaml.diagnostics());
    if (yaml.value().isEmpty()) {
      return new Checked<>(null, Diagnostics.sort(found));
    }
    YamlNode root = yaml.value().get();
    found.addAll(SchemaValidator.validate(file, asTest(runbook, root), DocumentKind.RUNBOOK_TEST));
    if (found.stream().anyMatch(Diagnostic::isError) || !(root instanceof YamlMapping given)) {
      return new Checked<>(null, Diagnostics.sort(found));
    }
    TestFindings findings = new TestFindings(new TestSources(file));
    findings.addAll(found);
    Given read = new GivenReader(runbook, findings, begun(given, now)).read();
    List<Diagnostic> all = Diagnostics.sort(findings.list());
    return new Checked<>(all.stream().anyMatch(Diagnostic::isError) ? null : read, all);
  }

  private static YamlMapping begun(YamlMapping given, @Nullable Instant now) {
    if (now == null) {
      return given;
    }
    List<Entry> entries = new ArrayList<>(given.entries());
    entries.removeIf(entry -> entry.key().text().equals("now"));
    entries.add(entry("now", scalar(now.toString())));
    return new YamlMapping(entries, given.flow(), given.span());
  }

  /** A test around it, so that its shape is judged by the schema of tests. */
  private static YamlMapping asTest(CheckedRunbook runbook, YamlNode given) {
    YamlMapping expected = mapping(entry("result", scalar("resolved")));
    return mapping(
        entry("apiVersion", scalar(DocumentKind.API_VERSION)),
        entry("kind", scalar(DocumentKind.RUNBOOK_TEST.word())),
        entry("runbook", scalar(runbook.id())),
        entry("given", given),
        entry(
            "cases",
            new YamlSequence(
                List.of(mapping(entry("name", scalar("facts")), entry("expect", expected))),
                false,
                Span.START)));
  }

  private static YamlMapping mapping(Entry... entries) {
    return new YamlMapping(List.of(entries), false, Span.START);
  }

  private static Entry entry(String key, YamlNode value) {
    return new Entry(scalar(key), value);
  }

  private static YamlScalar scalar(String text) {
    return new YamlScalar(
        text,
        Value.of(text),
        Style.PLAIN,
        SourceMap.straight(0, text.codePointCount(0, text.length())),
        Span.START);
  }
}
