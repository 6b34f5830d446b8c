package io.byteport.dsl.check;

import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.OnFailure;
import io.byteport.dsl.model.Runbook.Block;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Steps. One without id is called after its place, such as {@code unknown/2} for the second step of
 * a class; no author's id can be that.
 */
final class StepMapper {
  private static final List<String> KINDS =
      List.of("uses", "call", "steps", "match", "wait", "propose", "record", "handOff", "escalate");

  private final NodeReader read;
  private final Set<String> madeUp = new HashSet<>();

  StepMapper(NodeReader read) {
    this.read = read;
  }

  /**
   * The steps of a list.
   *
   * @param place what steps without id are called after
   */
  List<Step> steps(YamlNode node, String place) {
    List<Step> steps = new ArrayList<>();
    int number = 0;
    for (YamlNode item : read.sequence(node, "steps")) {
      number++;
      if (item instanceof YamlMapping mapping) {
        step(mapping, place + "/" + number).ifPresent(steps::add);
      } else {
        read.misshapen(item, "a step");
      }
    }
    return steps;
  }

  List<Step> steps(YamlMapping parent, String key, String place) {
    return parent.get(key).map(node -> steps(node, place)).orElse(List.of());
  }

  /** What is written about failure; null where nothing is. */
  @Nullable OnFailure onFailure(YamlMapping node, String place) {
    Optional<YamlNode> written = node.get("onFailure");
    if (written.isEmpty()) {
      return null;
    }
    if (written.get() instanceof YamlSequence) {
      return new OnFailure.Instead(steps(written.get(), place + "/onFailure"));
    }
    return switch (read.id(written.get()).name()) {
      case "stop" -> OnFailure.STOP;
      case "continue" -> new OnFailure.Continue();
      default -> {
        read.misshapen(written.get(), "`stop`, `continue` or a list of steps");
        yield OnFailure.STOP;
      }
    };
  }

  private Optional<Step> step(YamlMapping node, String place) {
    List<Entry> kinds =
        node.entries().stream().filter(entry -> KINDS.contains(entry.key().text())).toList();
    Step.Head head = head(node, place);
    if (kinds.size() != 1) {
      read.misshapen(node, "exactly one of " + String.join(", ", KINDS));
      if (kinds.isEmpty()) {
        return Optional.empty();
      }
    }
    YamlNode kind = kinds.get(0).value();
    String around = head.id().name();
    return Optional.of(
        switch (kinds.get(0).key().text()) {
          case "uses" ->
              new Step.Act(
                  head,
                  DeclarationMapper.use(read, node, "uses"),
                  read.expr(node, "forEach"),
                  FactMapper.as(read, node),
                  read.expr(node, "until"),
                  read.value(node, "every"),
                  read.value(node, "within"));
          case "call" ->
              new Step.CallBlock(head, read.id(kind), read.entries(read.mapping(node, "with")));
          case "steps" -> new Step.Group(head, steps(kind, around));
          case "match" -> match(head, node, around);
          case "wait" ->
              new Step.Wait(
                  head, read.value(kind), read.expr(node, "until"), read.value(node, "every"));
          case "propose" -> new Step.Propose(head, DeclarationMapper.use(read, node, "propose"));
          case "record" -> new Step.Record(head, read.entries(read.mapping(kind)));
          case "handOff" -> handOff(head, read.mapping(kind));
          default -> new Step.Escalate(head, read.text(kind));
        });
  }

  private Step.Head head(YamlMapping node, String place) {
    Optional<YamlNode> written = node.get("id");
    Id id = written.map(read::id).orElseGet(() -> new Id(unique(place), anchor(node)));
    return new Step.Head(
        id,
        written.isPresent(),
        read.text(node, "name"),
        read.expr(node, "when"),
        onFailure(node, id.name()),
        read.ids(node, "refresh"),
        node.span());
  }

  /** Where a step without id is pointed at: the key that says what it does. */
  private static Span anchor(YamlMapping node) {
    return node.entries().stream()
        .map(Entry::key)
        .filter(key -> KINDS.contains(key.text()))
        .map(YamlScalar::span)
        .findFirst()
        .orElse(node.span());
  }

  private String unique(String place) {
    String id = place;
    while (!madeUp.add(id)) {
      id += "+";
    }
    return id;
  }

  private Step match(Step.Head head, YamlMapping node, String around) {
    Map<String, Step.Case> cases = new LinkedHashMap<>();
    for (Entry entry : read.mapping(node, "cases").entries()) {
      String word = entry.key().text();
      cases.put(
          word, new Step.Case(read.id(entry.key()), steps(entry.value(), around + "/" + word)));
    }
    return new Step.Match(
        head,
        read.requiredExpr(node, "match"),
        cases,
        node.get("else").map(steps -> steps(steps, around + "/else")).orElse(null));
  }

  private Step handOff(Step.Head head, YamlMapping node) {
    return new Step.HandOff(
        head,
        read.required(node, "signal").map(read::id).orElseGet(() -> new Id("", node.span())),
        read.entries(read.mapping(node, "with")),
        read.value(node, "await"));
  }

  Map<String, Block> blocks(YamlMapping section, DeclarationMapper declarations) {
    Map<String, Block> blocks = new LinkedHashMap<>();
    for (Entry entry : section.entries()) {
      YamlMapping node = read.mapping(entry.value());
      read.required(node, "steps");
      blocks.put(
          entry.key().text(),
          new Block(
              read.id(entry.key()),
              declarations.params(read.mapping(node, "args")),
              steps(node, "steps", "blocks/" + entry.key().text()),
              entry.value().span()));
    }
    return blocks;
  }
}
