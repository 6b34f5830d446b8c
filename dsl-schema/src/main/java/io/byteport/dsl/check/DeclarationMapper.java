package io.byteport.dsl.check;

import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook.ActionUse;
import io.byteport.dsl.model.Runbook.Detector;
import io.byteport.dsl.model.Runbook.Input;
import io.byteport.dsl.model.Runbook.Metadata;
import io.byteport.dsl.model.Runbook.Param;
import io.byteport.dsl.model.Runbook.Target;
import io.byteport.dsl.model.Runbook.TypeName;
import io.byteport.dsl.model.Runbook.Watch;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sections that come before the first fact: identity, parameters, detectors, inputs, target,
 * defaults.
 */
final class DeclarationMapper {
  private final NodeReader read;

  DeclarationMapper(NodeReader read) {
    this.read = read;
  }

  Metadata metadata(YamlMapping root) {
    YamlMapping node = section(root, "metadata");
    return new Metadata(
        requiredId(node, "id"),
        requiredWord(node, "title"),
        requiredWord(node, "category"),
        requiredWord(node, "severity"),
        requiredWord(node, "status"),
        requiredWord(node, "version"),
        read.ids(node, "aliases"),
        read.ids(node, "supersedes"),
        read.words(node, "sources"),
        read.word(node, "doc"));
  }

  private YamlMapping section(YamlMapping root, String key) {
    return read.required(root, key)
        .map(read::mapping)
        .orElseGet(() -> new YamlMapping(List.of(), false, root.span()));
  }

  private Id requiredId(YamlMapping parent, String key) {
    return read.required(parent, key).map(read::id).orElseGet(() -> new Id("", parent.span()));
  }

  private String requiredWord(YamlMapping parent, String key) {
    return requiredId(parent, key).name();
  }

  Map<String, Param> params(YamlMapping section) {
    Map<String, Param> params = new LinkedHashMap<>();
    for (Entry entry : section.entries()) {
      YamlMapping node = read.mapping(entry.value());
      params.put(
          entry.key().text(),
          new Param(
              read.id(entry.key()),
              type(node),
              requiredWord(node, "doc"),
              read.value(node, "default"),
              read.words(node, "enum"),
              read.constant(node, "minimum"),
              read.constant(node, "maximum"),
              node.get("env").map(read::id).orElse(null),
              read.ids(node, "aliases")));
    }
    return params;
  }

  private TypeName type(YamlMapping node) {
    Id type = requiredId(node, "type");
    return new TypeName(type.name(), type.span());
  }

  Map<String, Detector> detectors(YamlMapping section) {
    Map<String, Detector> detectors = new LinkedHashMap<>();
    for (Entry entry : section.entries()) {
      YamlMapping node = read.mapping(entry.value());
      detectors.put(
          entry.key().text(),
          new Detector(
              read.id(entry.key()),
              read.word(node, "doc"),
              read.ids(node, "aliases"),
              read.choice(node, "severity", false),
              node.get("watch").map(action -> watch(node, action)).orElse(null)));
    }
    return detectors;
  }

  private Watch watch(YamlMapping node, YamlNode action) {
    return new Watch(
        new ActionUse(read.id(action), read.entries(read.mapping(node, "with")), null, node.span()),
        read.value(node, "every"),
        read.requiredExpr(node, "when"),
        read.value(node, "for"));
  }

  Map<String, Input> inputs(YamlMapping section) {
    Map<String, Input> inputs = new LinkedHashMap<>();
    for (Entry entry : section.entries()) {
      YamlMapping node = read.mapping(entry.value());
      Id id = read.id(entry.key());
      List<String> from = read.words(node, "from");
      inputs.put(
          id.name(),
          new Input(
              id,
              type(node),
              read.words(node, "enum"),
              from.isEmpty() ? List.of(id.name()) : from,
              read.flag(node, "required"),
              read.value(node, "default"),
              read.word(node, "doc")));
    }
    return inputs;
  }

  Target target(YamlMapping root) {
    YamlMapping node = section(root, "target");
    Map<String, ValueExpr.Entry> fields = new LinkedHashMap<>(read.entries(node));
    fields.remove("type");
    return new Target(
        requiredId(node, "type"),
        fields,
        root.entry("target").map(entry -> entry.key().span()).orElse(node.span()));
  }

  Map<String, Map<String, ValueExpr.Entry>> defaults(YamlMapping section) {
    Map<String, Map<String, ValueExpr.Entry>> defaults = new LinkedHashMap<>();
    for (Entry entry : section.entries()) {
      defaults.put(entry.key().text(), read.entries(read.mapping(entry.value())));
    }
    return defaults;
  }

  /** What a read, a step or a proposal uses, named under one of its keys. */
  static ActionUse use(NodeReader read, YamlMapping node, String key) {
    Optional<YamlNode> action = node.get(key);
    return new ActionUse(
        action.map(read::id).orElseGet(() -> new Id("", node.span())),
        read.entries(read.mapping(node, "with")),
        read.value(node, "timeout"),
        node.span());
  }
}
