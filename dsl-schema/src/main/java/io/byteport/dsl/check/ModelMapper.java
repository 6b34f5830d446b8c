package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Runbook.Classify;
import io.byteport.dsl.model.Runbook.Rule;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import java.util.ArrayList;
import java.util.List;

/**
 * From YAML nodes to the records of a runbook, with parsed expressions and the language's defaults.
 * Tolerant: what is broken leaves a finding and a placeholder, never an exception. Pure.
 */
final class ModelMapper {
  /** The least confidence that may act. */
  static final double CONFIDENCE_FLOOR = 0.70;

  private final NodeReader read;

  private ModelMapper(NodeReader read) {
    this.read = read;
  }

  /** The runbook as far as it could be read; no value only where the root is not a map. */
  static Checked<Runbook> map(SourceFile file, YamlNode root) {
    NodeReader read = new NodeReader(file);
    if (!(root instanceof YamlMapping mapping)) {
      read.misshapen(root, "a map of sections");
      return new Checked<>(null, read.findings());
    }
    Runbook runbook = new ModelMapper(read).runbook(mapping);
    return new Checked<>(runbook, read.findings());
  }

  private Runbook runbook(YamlMapping root) {
    DeclarationMapper declarations = new DeclarationMapper(read);
    FactMapper facts = new FactMapper(read);
    StepMapper steps = new StepMapper(read);
    OutcomeMapper outcomes = new OutcomeMapper(read, facts, steps);
    NoticeMapper notices = new NoticeMapper(read);
    return new Runbook(
        declarations.metadata(root),
        declarations.params(read.mapping(root, "params")),
        declarations.detectors(read.mapping(root, "detectors")),
        declarations.inputs(read.mapping(root, "inputs")),
        declarations.target(root),
        declarations.defaults(read.mapping(root, "defaults")),
        read.mapping(root, "defaults").entries().stream()
            .map(entry -> read.id(entry.key()))
            .toList(),
        facts.facts(read.mapping(root, "diagnose")),
        read.choice(root, "severity", false),
        classify(root),
        new GuardrailMapper(read).guardrails(read.mapping(root, "guardrails")),
        outcomes.remediate(read.mapping(root, "remediate")),
        steps.blocks(read.mapping(root, "blocks"), declarations),
        outcomes.verify(root, "verify"),
        outcomes.rollback(root, "rollback"),
        read.choice(root, "summary", true),
        notices.notices(read.mapping(root, "notify")),
        notices.resolve(root),
        notices.escalation(root),
        read.entries(read.mapping(root, "postmortem")),
        root.span());
  }

  private Classify classify(YamlMapping root) {
    YamlMapping node =
        read.required(root, "classify")
            .map(read::mapping)
            .orElseGet(() -> new YamlMapping(List.of(), false, root.span()));
    List<Rule> rules = new ArrayList<>();
    for (YamlNode item :
        read.required(node, "rules").map(list -> read.sequence(list, "rules")).orElse(List.of())) {
      rules.add(rule(read.mapping(item)));
    }
    return new Classify(
        read.number(node, "minConfidence", CONFIDENCE_FLOOR),
        (int) read.number(node, "passes", 1),
        read.value(node, "every"),
        rules,
        root.entry("classify").map(entry -> entry.key().span()).orElse(root.span()));
  }

  private Rule rule(YamlMapping node) {
    return new Rule(
        read.required(node, "class").map(read::id).orElseGet(() -> new Id("", node.span())),
        read.requiredExpr(node, "when"),
        read.choice(
            read.required(node, "confidence")
                .orElse(new YamlNode.YamlSequence(List.of(), false, node.span())),
            false),
        read.requiredText(node, "because"),
        node.span());
  }
}
