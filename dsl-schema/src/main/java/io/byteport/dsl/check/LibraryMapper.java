package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.model.Escalation;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Notice;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Runbook.Classify;
import io.byteport.dsl.model.Runbook.Metadata;
import io.byteport.dsl.model.Runbook.Target;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import java.util.List;
import java.util.Map;

/**
 * The sections of a library as those of a runbook that classifies nothing and calls nobody. Pure.
 */
final class LibraryMapper {
  private LibraryMapper() {}

  /** Never without a value. */
  static Checked<Runbook> map(SourceFile file, YamlMapping root) {
    NodeReader read = new NodeReader(file);
    DeclarationMapper declarations = new DeclarationMapper(read);
    FactMapper facts = new FactMapper(read);
    StepMapper steps = new StepMapper(read);
    OutcomeMapper outcomes = new OutcomeMapper(read, facts, steps);
    Span span = root.span();
    Id none = new Id("", span);
    Runbook sections =
        new Runbook(
            new Metadata(
                none, "", "", "info", "shipped", "0.0.0", List.of(), List.of(), List.of(), null),
            declarations.params(read.mapping(root, "params")),
            declarations.detectors(read.mapping(root, "detectors")),
            declarations.inputs(read.mapping(root, "inputs")),
            root.get("target").isPresent()
                ? declarations.target(root)
                : new Target(none, Map.of(), span),
            declarations.defaults(read.mapping(root, "defaults")),
            read.mapping(root, "defaults").entries().stream()
                .map(entry -> read.id(entry.key()))
                .toList(),
            facts.facts(read.mapping(root, "diagnose")),
            null,
            new Classify(ModelMapper.CONFIDENCE_FLOOR, 1, null, List.of(), span),
            new GuardrailMapper(read).guardrails(read.mapping(root, "guardrails")),
            Map.of(),
            steps.blocks(read.mapping(root, "blocks"), declarations),
            outcomes.verify(root, "verify"),
            null,
            null,
            Map.of(),
            null,
            new Escalation(
                new Notice(Map.of(), null, Map.of(), List.of(), span),
                null,
                null,
                null,
                List.of(),
                Map.of(),
                List.of()),
            Map.of(),
            span);
    return new Checked<>(sections, read.findings());
  }
}
