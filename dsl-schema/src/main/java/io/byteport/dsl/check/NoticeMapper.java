package io.byteport.dsl.check;

import io.byteport.dsl.model.Escalation;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Notice;
import io.byteport.dsl.model.Notice.Channel;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is sent to people: at the end, at other events, and when a human is called. */
final class NoticeMapper {
  private final NodeReader read;

  NoticeMapper(NodeReader read) {
    this.read = read;
  }

  Map<String, Notice> notices(YamlMapping section) {
    Map<String, Notice> notices = new LinkedHashMap<>();
    for (Entry entry : section.entries()) {
      notices.put(entry.key().text(), notice(read.mapping(entry.value()), entry.key().span()));
    }
    return notices;
  }

  @Nullable Notice resolve(YamlMapping root) {
    return root.entry("resolve")
        .map(entry -> notice(read.mapping(entry.value()), entry.key().span()))
        .orElse(null);
  }

  private Notice notice(YamlMapping node, Span span) {
    Map<String, Channel> to = new LinkedHashMap<>();
    for (Entry entry : read.mapping(node, "to").entries()) {
      to.put(entry.key().text(), channel(read.id(entry.key()), read.mapping(entry.value())));
    }
    return new Notice(
        to,
        read.text(node, "details"),
        read.entries(read.mapping(node, "fields")),
        read.exprs(node, "attach"),
        span);
  }

  private Channel channel(Id kind, YamlMapping node) {
    return new Channel(
        kind,
        read.expr(node, "when"),
        read.words(node, "labels"),
        read.exprs(node, "attach"),
        read.entries(read.mapping(node, "fields")));
  }

  /** One that goes nowhere where the section is missing; a check speaks about that. */
  Escalation escalation(YamlMapping root) {
    Optional<Entry> written = root.entry("escalate");
    YamlMapping node = read.mapping(root, "escalate");
    Span span =
        written
            .map(entry -> entry.key().span())
            .orElseGet(
                () -> root.entries().isEmpty() ? root.span() : root.entries().get(0).key().span());
    YamlMapping dedup = read.mapping(node, "dedup");
    return new Escalation(
        notice(node, span),
        read.choice(node, "priority", false),
        dedup.get("per").isPresent() ? read.exprs(dedup, "per") : null,
        read.value(dedup, "for"),
        node.get("nextSteps").map(read::texts).orElse(List.of()),
        commands(node),
        commandClasses(node));
  }

  private List<Id> commandClasses(YamlMapping node) {
    return node.get("commands").orElse(null) instanceof YamlMapping byClass
        ? byClass.entries().stream().map(entry -> read.id(entry.key())).toList()
        : List.of();
  }

  private Map<String, List<ValueExpr>> commands(YamlMapping node) {
    Map<String, List<ValueExpr>> commands = new LinkedHashMap<>();
    Optional<YamlNode> written = node.get("commands");
    if (written.isEmpty()) {
      return commands;
    }
    if (written.get() instanceof YamlSequence list) {
      commands.put(Escalation.EVERY_CLASS, read.texts(list));
      return commands;
    }
    for (Entry entry : read.mapping(written.get()).entries()) {
      commands.put(entry.key().text(), read.texts(entry.value()));
    }
    return commands;
  }
}
