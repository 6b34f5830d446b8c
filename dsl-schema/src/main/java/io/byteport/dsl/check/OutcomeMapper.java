package io.byteport.dsl.check;

import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.OnFailure;
import io.byteport.dsl.model.Runbook.Expectation;
import io.byteport.dsl.model.Runbook.Remediation;
import io.byteport.dsl.model.Runbook.Rollback;
import io.byteport.dsl.model.Runbook.Verify;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is done about a class, how it is verified and how it is taken back. */
final class OutcomeMapper {
  private final NodeReader read;
  private final FactMapper facts;
  private final StepMapper steps;

  OutcomeMapper(NodeReader read, FactMapper facts, StepMapper steps) {
    this.read = read;
    this.facts = facts;
    this.steps = steps;
  }

  Map<String, Remediation> remediate(YamlMapping section) {
    Map<String, Remediation> remediations = new LinkedHashMap<>();
    for (Entry entry : section.entries()) {
      remediations.put(
          entry.key().text(), remediation(read.id(entry.key()), read.mapping(entry.value())));
    }
    return remediations;
  }

  private Remediation remediation(Id classId, YamlMapping node) {
    String place = classId.name();
    OnFailure onFailure = steps.onFailure(node, place);
    return new Remediation(
        classId,
        steps.steps(node, "steps", place),
        read.expr(node, "until"),
        read.ids(node, "refresh"),
        onFailure == null ? OnFailure.STOP : onFailure,
        verify(node, place + "/verify"),
        removed(read.mapping(node, "verify")),
        rollback(node, place + "/rollback"),
        read.text(node, "advice"),
        node.span());
  }

  @Nullable Verify verify(YamlMapping parent, String place) {
    Optional<YamlNode> written = parent.get("verify");
    if (written.isEmpty()) {
      return null;
    }
    YamlMapping node = read.mapping(written.get());
    Map<String, Expectation> expect = new LinkedHashMap<>();
    for (Entry entry : read.mapping(node, "expect").entries()) {
      if (!NodeReader.isNull(entry.value())) {
        expect.put(
            entry.key().text(), new Expectation(read.id(entry.key()), read.expr(entry.value())));
      }
    }
    return new Verify(
        expect,
        read.value(node, "within"),
        read.value(node, "every"),
        read.value(node, "after"),
        read.value(node, "for"),
        offsets(node),
        facts.facts(read.mapping(node, "read")),
        steps.steps(node, "then", place),
        parent.entry("verify").map(entry -> entry.key().span()).orElse(node.span()));
  }

  private @Nullable List<ValueExpr> offsets(YamlMapping node) {
    return node.get("at")
        .map(at -> read.sequence(at, "durations").stream().map(read::value).toList())
        .orElse(null);
  }

  private List<Id> removed(YamlMapping verify) {
    List<Id> removed = new ArrayList<>();
    for (Entry entry : read.mapping(verify, "expect").entries()) {
      if (NodeReader.isNull(entry.value())) {
        removed.add(read.id(entry.key()));
      }
    }
    return removed;
  }

  @Nullable Rollback rollback(YamlMapping parent, String place) {
    Optional<YamlNode> written = parent.get("rollback");
    if (written.isEmpty()) {
      return null;
    }
    YamlMapping node = read.mapping(written.get());
    read.required(node, "steps");
    return new Rollback(steps.steps(node, "steps", place), read.expr(node, "when"), node.span());
  }
}
