package io.byteport.dsl.edit;

import io.byteport.dsl.edit.Occurrence.Role;
import io.byteport.dsl.edit.SymbolCollector.Within;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.schema.Shape;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The names of a runbook or a library, section by section; what is no name of its own is read as
 * the schema says. Used by one thread.
 */
final class RunbookSymbols {
  private static final String INCLUDE = "include";

  private final SymbolCollector names;
  private final DocumentKind kind;
  private final Shape shape;

  RunbookSymbols(SymbolCollector names, DocumentKind kind) {
    this.names = names;
    this.kind = kind;
    this.shape = Shape.of(kind);
  }

  void document(YamlMapping root) {
    for (Entry entry : root.entries()) {
      section(entry.key().text(), entry.value(), shape.field(entry.key().text()));
    }
  }

  private void section(String key, YamlNode node, Shape there) {
    Within top = Within.RUNBOOK;
    switch (key) {
      case "metadata" -> metadata(node);
      case INCLUDE -> include(node);
      case "params" ->
          each(node, there, (entry, field) -> declared(SymbolKind.PARAMETER, entry, field, false));
      case "inputs" ->
          each(node, there, (entry, field) -> declared(SymbolKind.INPUT, entry, field, true));
      case "detectors" -> each(node, there, this::detector);
      case "diagnose" -> each(node, there, this::fact);
      case "classify" -> classify(node, there);
      case "guardrails" -> each(node, there, this::guardrail);
      case "remediate" ->
          each(
              node,
              there,
              (entry, field) -> {
                names.use(SymbolKind.CLASS, entry.key());
                parts(entry.value(), field, top);
              });
      case "blocks" -> each(node, there, this::block);
      case "verify" -> {
        lent(node);
        verify(node, there, top);
      }
      case "target", "defaults" -> {
        lent(node);
        rest(node, there, top);
      }
      case "rollback" -> parts(node, there, top);
      case "escalate" -> escalate(node, there);
      case "postmortem" -> postmortem(node);
      default -> rest(node, there, top);
    }
  }

  private static void each(YamlNode node, Shape shape, BiConsumer<Entry, Shape> entries) {
    if (node instanceof YamlMapping map) {
      map.entries().forEach(entry -> entries.accept(entry, shape.field(entry.key().text())));
    }
  }

  private void metadata(YamlNode node) {
    if (!(node instanceof YamlMapping map)) {
      return;
    }
    SymbolKind own = kind == DocumentKind.LIBRARY ? SymbolKind.LIBRARY : SymbolKind.RUNBOOK;
    map.get("id").ifPresent(names::id);
    map.get("id").ifPresent(id -> names.declare(own, id));
    map.get("aliases").ifPresent(list -> items(list, alias -> names.declare(own, alias)));
    map.get("supersedes").ifPresent(list -> names.uses(SymbolKind.RUNBOOK, list));
  }

  private void include(YamlNode node) {
    items(
        node,
        item -> {
          if (item instanceof YamlMapping map) {
            map.get("library").ifPresent(id -> names.use(SymbolKind.LIBRARY, id));
            map.get("except").ifPresent(list -> names.uses(SymbolKind.LENT, list));
          } else {
            names.use(SymbolKind.LIBRARY, item);
          }
        });
  }

  private static void items(YamlNode node, Consumer<YamlNode> each) {
    if (node instanceof YamlSequence list) {
      list.items().forEach(each);
    }
  }

  /** The key of an entry, which is a library's where the entry says so. */
  private void entry(SymbolKind of, Entry entry) {
    boolean lent = lent(entry.value());
    names.add(of, "", entry.key(), lent ? Role.USE : Role.DECLARATION);
  }

  /** Whether an entry or a section is that of a library, which is noted. */
  private boolean lent(YamlNode node) {
    YamlNode library = node instanceof YamlMapping map ? map.get(INCLUDE).orElse(null) : null;
    if (library != null) {
      names.use(SymbolKind.LIBRARY, library);
    }
    return library != null;
  }

  private void declared(SymbolKind of, Entry entry, Shape field, boolean computed) {
    entry(of, entry);
    if (entry.value() instanceof YamlMapping map) {
      map.get("aliases").ifPresent(list -> items(list, alias -> names.declare(of, alias)));
      if (computed) {
        map.get("default").ifPresent(value -> names.value(value, Within.RUNBOOK));
      }
    }
    rest(entry.value(), field, Within.RUNBOOK);
  }

  private void detector(Entry entry, Shape field) {
    entry(SymbolKind.SIGNAL, entry);
    if (entry.value() instanceof YamlMapping map) {
      map.get("aliases")
          .ifPresent(list -> items(list, alias -> names.declare(SymbolKind.SIGNAL, alias)));
      map.get("watch").ifPresent(action -> names.use(SymbolKind.ACTION, action));
    }
    rest(entry.value(), field, Within.RUNBOOK);
  }

  private void fact(Entry entry, Shape field) {
    entry(SymbolKind.FACT, entry);
    if (entry.value() instanceof YamlMapping map) {
      map.get("uses").ifPresent(action -> names.use(SymbolKind.ACTION, action));
      element(map, field, Within.RUNBOOK);
    } else {
      rest(entry.value(), field, Within.RUNBOOK);
    }
  }

  /** What may be done for each element of a list: the list is outside, the rest inside. */
  private void element(YamlMapping map, Shape field, Within outside) {
    Within inside = local(map, outside);
    for (Entry part : map.entries()) {
      boolean list = part.key().text().equals("forEach");
      rest(part, field, list ? outside : inside);
    }
  }

  private Within local(YamlMapping map, Within outside) {
    if (!(map.get("as").orElse(null) instanceof YamlScalar name)) {
      return outside;
    }
    String place = Integer.toString(name.span().start());
    names.add(SymbolKind.LOCAL, place, name, Role.DECLARATION);
    return outside.and(name.text(), place);
  }

  private void classify(YamlNode node, Shape there) {
    if (node instanceof YamlMapping map) {
      map.get("rules")
          .ifPresent(
              rules ->
                  items(
                      rules,
                      rule -> {
                        if (rule instanceof YamlMapping one) {
                          one.get("class").ifPresent(id -> names.declare(SymbolKind.CLASS, id));
                        }
                      }));
    }
    rest(node, there, Within.RUNBOOK);
  }

  private void guardrail(Entry entry, Shape field) {
    entry(SymbolKind.GUARDRAIL, entry);
    if (entry.value() instanceof YamlMapping map) {
      map.get("lock").ifPresent(name -> names.use(SymbolKind.LOCK, name));
      map.get("shared").ifPresent(name -> names.use(SymbolKind.COUNTER, name));
      map.get("guards").ifPresent(list -> items(list, this::guarded));
      map.get("limit").ifPresent(limit -> names.value(limit, Within.RUNBOOK));
    }
    rest(entry.value(), field, Within.RUNBOOK);
  }

  private void guarded(YamlNode item) {
    if (item instanceof YamlScalar name && !name.text().equals("unknown")) {
      names.use(name.text().contains(".") ? SymbolKind.ACTION : SymbolKind.GUARDED, name);
    }
  }

  private void block(Entry entry, Shape field) {
    entry(SymbolKind.BLOCK, entry);
    String id = entry.key().text();
    if (entry.value() instanceof YamlMapping map) {
      map.get("args")
          .ifPresent(args -> names.keys(SymbolKind.ARGUMENT, id, args, Role.DECLARATION));
    }
    parts(entry.value(), field, Within.RUNBOOK.in(id));
  }

  /** What remediations, blocks and rollbacks are made of. */
  private void parts(YamlNode node, Shape there, Within within) {
    if (!(node instanceof YamlMapping map)) {
      return;
    }
    for (Entry part : map.entries()) {
      Shape field = there.field(part.key().text());
      switch (part.key().text()) {
        case "steps" -> steps(part.value(), field, within);
        case "onFailure" -> steps(part.value(), field, within);
        case "refresh" -> names.uses(SymbolKind.FACT, part.value());
        case "verify" -> verify(part.value(), field, within);
        case "rollback" -> parts(part.value(), field, within);
        default -> rest(part, there, within);
      }
    }
  }

  private void verify(YamlNode node, Shape there, Within within) {
    if (!(node instanceof YamlMapping map)) {
      return;
    }
    for (Entry part : map.entries()) {
      Shape field = there.field(part.key().text());
      switch (part.key().text()) {
        case "read" -> each(part.value(), field, this::fact);
        case "expect" ->
            each(
                part.value(),
                field,
                (entry, one) -> {
                  entry(SymbolKind.EXPECTATION, entry);
                  rest(entry.value(), one, within);
                });
        case "then" -> steps(part.value(), field, within);
        default -> rest(part, there, within);
      }
    }
  }

  private void steps(YamlNode node, Shape there, Within within) {
    items(
        node,
        item -> {
          if (item instanceof YamlMapping map) {
            step(map, there.item(), within);
          }
        });
  }

  private void step(YamlMapping map, Shape there, Within outside) {
    Within inside = local(map, outside);
    SymbolKind matched = null;
    for (Entry part : map.entries()) {
      Shape field = there.field(part.key().text());
      YamlNode value = part.value();
      switch (part.key().text()) {
        case "id" -> names.declare(SymbolKind.STEP, value);
        case "uses", "propose" -> names.use(SymbolKind.ACTION, value);
        case "call" -> names.add(SymbolKind.BLOCK, "", value, Role.CALL);
        case "with" -> with(map, value, field, inside);
        case "handOff" -> handOff(value, inside);
        case "refresh" -> names.uses(SymbolKind.FACT, value);
        case "steps", "else", "onFailure" -> steps(value, field, outside);
        case "match" -> matched = SymbolCollector.meaning(names.expression(value, outside));
        case "cases" -> cases(value, field, matched, outside);
        case "forEach" -> rest(part, there, outside);
        default -> rest(part, there, inside);
      }
    }
  }

  private void with(YamlMapping step, YamlNode value, Shape field, Within within) {
    if (step.get("call").orElse(null) instanceof YamlScalar block) {
      names.keys(SymbolKind.ARGUMENT, block.text(), value, Role.USE);
    }
    rest(value, field, within);
  }

  private void handOff(YamlNode node, Within within) {
    if (node instanceof YamlMapping map) {
      map.get("signal").ifPresent(id -> names.add(SymbolKind.SIGNAL, "", id, Role.CALL));
      map.get("with").ifPresent(with -> names.value(with, within));
      map.get("await").ifPresent(await -> names.value(await, within));
    }
  }

  private void cases(YamlNode node, Shape there, @Nullable SymbolKind of, Within within) {
    if (of != null) {
      names.keys(of, "", node, Role.USE);
    }
    each(node, there, (entry, field) -> steps(entry.value(), field, within));
  }

  private void escalate(YamlNode node, Shape there) {
    if (node instanceof YamlMapping map) {
      map.get("commands")
          .ifPresent(commands -> names.keys(SymbolKind.CLASS, "", commands, Role.USE));
    }
    rest(node, there, Within.RUNBOOK);
  }

  private void postmortem(YamlNode node) {
    if (node instanceof YamlMapping map) {
      for (Entry entry : map.entries()) {
        if (entry.value() instanceof YamlScalar scalar) {
          List<Expr> holes = names.template(scalar, Within.RUNBOOK);
          SymbolKind of = holes.size() == 1 ? SymbolCollector.meaning(holes.getFirst()) : null;
          if (of != null) {
            names.records(entry.key().text(), of);
          }
        } else {
          names.value(entry.value(), Within.RUNBOOK);
        }
      }
    }
  }

  private void rest(Entry entry, Shape holder, Within within) {
    rest(entry.value(), holder.field(entry.key().text()), within);
  }

  private void rest(YamlNode node, Shape there, Within within) {
    switch (node) {
      case YamlScalar scalar -> {
        switch (there.notation()) {
          case EXPRESSION -> names.expression(scalar, within);
          case TEMPLATE -> names.template(scalar, within);
          case LITERAL -> {}
        }
      }
      case YamlSequence list -> list.items().forEach(item -> rest(item, there.item(), within));
      case YamlMapping map -> map.entries().forEach(entry -> rest(entry, there, within));
    }
  }
}
