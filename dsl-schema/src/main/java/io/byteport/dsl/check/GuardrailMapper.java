package io.byteport.dsl.check;

import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Guardrail.Approve;
import io.byteport.dsl.model.Guardrail.Busy;
import io.byteport.dsl.model.Guardrail.Forbid;
import io.byteport.dsl.model.Guardrail.Forbidden;
import io.byteport.dsl.model.Guardrail.Limit;
import io.byteport.dsl.model.Guardrail.Lock;
import io.byteport.dsl.model.Guardrail.Protect;
import io.byteport.dsl.model.Guardrail.Require;
import io.byteport.dsl.model.Guardrail.Rule;
import io.byteport.dsl.model.Guardrail.Skip;
import io.byteport.dsl.model.Guardrail.Then;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Guardrails: each has exactly one kind, told by its key. */
final class GuardrailMapper {
  private static final List<String> KINDS =
      List.of("skip", "require", "limit", "lock", "approve", "forbid", "protect");

  private final NodeReader read;

  GuardrailMapper(NodeReader read) {
    this.read = read;
  }

  Map<String, Guardrail> guardrails(YamlMapping section) {
    Map<String, Guardrail> guardrails = new LinkedHashMap<>();
    for (Entry entry : section.entries()) {
      YamlMapping node = read.mapping(entry.value());
      guardrails.put(
          entry.key().text(),
          new Guardrail(
              read.id(entry.key()),
              rule(node),
              read.ids(node, "guards"),
              "skip".equals(read.word(node, "then")) ? Then.SKIP : Then.ESCALATE,
              read.text(node, "because"),
              entry.value().span()));
    }
    return guardrails;
  }

  private Rule rule(YamlMapping node) {
    List<Entry> kinds =
        node.entries().stream().filter(entry -> KINDS.contains(entry.key().text())).toList();
    if (kinds.size() != 1) {
      read.misshapen(node, "exactly one of " + String.join(", ", KINDS));
      if (kinds.isEmpty()) {
        return new Forbid(List.of());
      }
    }
    Entry kind = kinds.get(0);
    return switch (kind.key().text()) {
      case "skip" -> new Skip(read.expr(kind.value()));
      case "require" -> new Require(read.expr(kind.value()));
      case "protect" -> new Protect(read.expr(kind.value()));
      case "limit" ->
          new Limit(
              read.value(kind.value()),
              read.requiredValue(node, "every"),
              read.exprs(node, "per"),
              read.word(node, "shared"));
      case "lock" ->
          new Lock(
              read.id(kind.value()).name(),
              read.exprs(node, "per"),
              read.value(node, "wait"),
              "join".equals(read.word(node, "busy")) ? Busy.JOIN : Busy.ESCALATE);
      case "approve" ->
          new Approve(
              read.text(kind.value()), read.value(node, "within"), read.expr(node, "unless"));
      default -> new Forbid(forbidden(kind.value()));
    };
  }

  /** Nothing where the word {@code change} stands, which forbids all of them. */
  private List<Forbidden> forbidden(YamlNode node) {
    List<Forbidden> rules = new ArrayList<>();
    for (YamlNode item : read.sequence(node, "resources and verbs")) {
      if (item instanceof YamlScalar scalar && scalar.text().equals("change")) {
        return List.of();
      }
      YamlMapping rule = read.mapping(item);
      rules.add(
          new Forbidden(
              read.ids(rule, "resources"), read.ids(rule, "verbs"), read.ids(rule, "fields")));
    }
    return rules;
  }
}
