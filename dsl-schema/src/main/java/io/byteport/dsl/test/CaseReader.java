package io.byteport.dsl.test;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Reads one case, with what its file and the fixtures that it uses give beside its own. */
final class CaseReader {
  private final CheckedRunbook runbook;
  private final TestFindings findings;
  private final Map<String, YamlMapping> fixtures;
  private final YamlMapping base;

  /**
   * @param root the test
   */
  CaseReader(
      CheckedRunbook runbook,
      TestFindings findings,
      Map<String, YamlMapping> fixtures,
      YamlMapping root) {
    this.runbook = runbook;
    this.findings = findings;
    this.fixtures = fixtures;
    YamlMapping nothing = new YamlMapping(List.of(), false, root.span());
    this.base = GivenMerge.merged(used(root, nothing), GivenReader.mapping(root, "given"));
    new GivenReader(runbook, findings, base).read();
  }

  /** Lays the fixtures that a case or a file uses over what it starts from, in their order. */
  private YamlMapping used(YamlMapping user, YamlMapping start) {
    YamlMapping given = start;
    for (YamlNode node : user.get("use").map(GivenReader::items).orElse(List.of())) {
      if (node instanceof YamlScalar name
          && findings.isKnown(
              DiagnosticCode.TEST_UNKNOWN_NAME, name, "a fixture", fixtures.keySet())) {
        YamlMapping fixture = fixtures.get(name.text());
        given = fixture == null ? given : GivenMerge.merged(given, fixture);
      }
    }
    return given;
  }

  TestCase read(CaseTable.Filled filled) {
    YamlMapping one = filled.node();
    YamlMapping given = GivenMerge.merged(used(one, base), GivenReader.mapping(one, "given"));
    GivenReader reader = new GivenReader(runbook, findings, given);
    Span name = one.get("name").map(YamlNode::span).orElse(one.span());
    return new TestCase(
        GivenReader.text(one, "name").orElse(""),
        name,
        filled.row(),
        one.get("focus").map(FixtureValues::raw).filter(Value.TRUE::equals).isPresent(),
        GivenReader.text(one, "skip").orElse(null),
        new LinkedHashSet<>(one.get("tags").map(GivenReader::words).orElse(List.of())),
        reader.read(),
        one.get("later").map(reader::later).orElse(List.of()),
        new ExpectedReader(runbook, findings, reader.world())
            .read(GivenReader.mapping(one, "expect")));
  }
}
