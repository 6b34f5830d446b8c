package io.byteport.dsl.edit;

import io.byteport.dsl.edit.Occurrence.Role;
import io.byteport.dsl.edit.SymbolCollector.Within;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a file of tests or fixtures. What stands in a table counts where its column is asked
 * for. Used by one thread.
 */
final class TestSymbols {
  private static final Pattern COLUMN =
      Pattern.compile("\\$\\{\\s*row\\.([A-Za-z][A-Za-z0-9_]*)\\s*}");

  private final SymbolCollector names;
  private List<YamlMapping> rows = List.of();
  private String table = "";
  private final Map<String, Integer> asked = new HashMap<>();
  private final IdentityHashMap<YamlNode, Integer> named = new IdentityHashMap<>();
  private String runbook = "";

  TestSymbols(SymbolCollector names) {
    this.names = names;
  }

  void document(YamlMapping root) {
    root.get("runbook")
        .ifPresent(
            id -> {
              names.id(id);
              runbook = id instanceof YamlScalar scalar ? scalar.text() : "";
              use(SymbolKind.RUNBOOK, id);
            });
    items(root, "include", this::included);
    entries(
        root,
        "fixtures",
        fixture -> {
          names.declare(SymbolKind.FIXTURE, fixture.key());
          given(fixture.value());
        });
    items(root, "use", one -> use(SymbolKind.FIXTURE, one));
    root.get("given").ifPresent(this::given);
    items(
        root,
        "cases",
        one -> {
          if (one instanceof YamlMapping map) {
            testCase(map);
          }
        });
  }

  private void included(YamlNode path) {
    if (path instanceof YamlScalar scalar && !scalar.text().isBlank()) {
      names.includes(scalar);
    }
  }

  private void testCase(YamlMapping one) {
    rows = List.of();
    if (one.get("each").orElse(null) instanceof YamlSequence each) {
      table = Integer.toString(each.span().start());
      List<YamlMapping> found = new ArrayList<>();
      for (YamlNode item : each.items()) {
        if (item instanceof YamlMapping row) {
          found.add(row);
          names.keys(SymbolKind.COLUMN, table, row, Role.DECLARATION);
        }
      }
      rows = found;
      asked.clear();
      named.clear();
      columns(one);
      one.get("name").ifPresent(this::said);
    }
    items(one, "use", fixture -> use(SymbolKind.FIXTURE, fixture));
    value(one, "given", this::given);
    items(
        one,
        "later",
        change -> {
          if (change instanceof YamlMapping map) {
            value(map, "after", step -> use(SymbolKind.STEP, step));
            world(map);
          }
        });
    value(one, "expect", this::expected);
    doubled();
    rows = List.of();
  }

  private void use(SymbolKind kind, YamlNode node) {
    use(kind, "", node);
  }

  private void use(SymbolKind kind, String owner, YamlNode node) {
    names.add(kind, owner, node, Role.USE);
    named.merge(node, 1, Integer::sum);
  }

  /** Cells that stand for a name in one place and for something else in another. */
  private void doubled() {
    for (YamlMapping row : rows) {
      for (Entry cell : row.entries()) {
        int times = named.getOrDefault(cell.value(), 0);
        if (cell.value() instanceof YamlScalar word
            && times > 0
            && times < asked.getOrDefault(cell.key().text(), 0)) {
          names.doubled(word);
        }
      }
    }
  }

  /** What the name of a case says is for people. */
  private void said(YamlNode name) {
    if (name instanceof YamlScalar text) {
      Matcher found = COLUMN.matcher(text.text());
      while (found.find()) {
        asked.merge(found.group(1), -1, Integer::sum);
      }
    }
  }

  /** Where columns are asked for. */
  private void columns(YamlNode node) {
    switch (node) {
      case YamlScalar scalar -> {
        Matcher found = COLUMN.matcher(scalar.text());
        while (found.find()) {
          int start = scalar.text().codePointCount(0, found.start(1));
          Span span = scalar.map().span(start, start + found.group(1).length());
          names.add(SymbolKind.COLUMN, table, found.group(1), Role.USE, span);
          asked.merge(found.group(1), 1, Integer::sum);
        }
      }
      case YamlSequence list -> list.items().forEach(this::columns);
      case YamlMapping map -> {
        map.entries().forEach(entry -> columns(entry.key()));
        map.entries().forEach(entry -> columns(entry.value()));
      }
    }
  }

  /** What stands at a place: itself, or what each row has for it. */
  private List<YamlNode> meant(YamlNode node) {
    if (!rows.isEmpty() && node instanceof YamlScalar scalar) {
      Matcher found = COLUMN.matcher(scalar.text());
      if (found.matches()) {
        String column = found.group(1);
        return rows.stream().flatMap(row -> row.get(column).stream()).toList();
      }
    }
    return List.of(node);
  }

  private void value(YamlMapping parent, String key, Consumer<YamlNode> taker) {
    parent.get(key).ifPresent(node -> meant(node).forEach(taker));
  }

  private void items(YamlMapping parent, String key, Consumer<YamlNode> taker) {
    value(
        parent,
        key,
        node -> {
          if (node instanceof YamlSequence list) {
            list.items().forEach(item -> meant(item).forEach(taker));
          }
        });
  }

  private void entries(YamlMapping parent, String key, Consumer<Entry> taker) {
    value(
        parent,
        key,
        node -> {
          if (node instanceof YamlMapping map) {
            map.entries().forEach(taker);
          }
        });
  }

  private void keys(YamlMapping parent, String key, SymbolKind kind) {
    entries(parent, key, entry -> meant(entry.key()).forEach(name -> use(kind, name)));
  }

  private void given(YamlNode node) {
    if (!(node instanceof YamlMapping map)) {
      return;
    }
    keys(map, "inputs", SymbolKind.INPUT);
    keys(map, "params", SymbolKind.PARAMETER);
    keys(map, "approvals", SymbolKind.GUARDRAIL);
    world(map);
    items(map, "ledger", this::past);
    items(
        map,
        "locks",
        held -> {
          if (held instanceof YamlMapping one) {
            value(one, "lock", name -> use(SymbolKind.LOCK, name));
          }
        });
  }

  private void world(YamlMapping map) {
    value(
        map,
        "signal",
        signal -> {
          if (signal instanceof YamlMapping one) {
            value(one, "type", type -> use(SymbolKind.SIGNAL, type));
          }
        });
    keys(map, "facts", SymbolKind.FACT);
    keys(map, "steps", SymbolKind.STEP);
    entries(
        map,
        "steps",
        step ->
            meant(step.value())
                .forEach(
                    outcome -> {
                      if (outcome instanceof YamlMapping one) {
                        keys(one, "then", SymbolKind.FACT);
                      }
                    }));
  }

  private void past(YamlNode node) {
    if (!(node instanceof YamlMapping past)) {
      return;
    }
    value(past, "action", action -> use(SymbolKind.ACTION, action));
    value(past, "runbook", id -> use(SymbolKind.RUNBOOK, id));
    boolean other =
        past.get("runbook").orElse(null) instanceof YamlScalar id && !id.text().equals(runbook);
    String owner =
        other && past.get("runbook").orElse(null) instanceof YamlScalar id ? id.text() : "";
    value(past, "step", step -> use(SymbolKind.STEP, owner, step));
  }

  private void expected(YamlNode node) {
    if (!(node instanceof YamlMapping map)) {
      return;
    }
    value(map, "class", id -> use(SymbolKind.CLASS, id));
    items(map, "undecided", fact -> use(SymbolKind.FACT, fact));
    items(map, "did", step -> use(SymbolKind.STEP, step));
    items(map, "planned", step -> use(SymbolKind.STEP, step));
    items(map, "unmet", id -> use(SymbolKind.EXPECTATION, id));
    value(map, "stoppedBy", id -> use(SymbolKind.GUARDRAIL, id));
    keys(map, "rules", SymbolKind.CLASS);
    keys(map, "guardrails", SymbolKind.GUARDRAIL);
    keys(map, "steps", SymbolKind.STEP);
    keys(map, "took", SymbolKind.STEP);
    keys(map, "with", SymbolKind.STEP);
    keys(map, "expectations", SymbolKind.EXPECTATION);
    entries(
        map,
        "postmortem",
        field ->
            meant(field.value())
                .forEach(word -> use(SymbolKind.RECORDED, field.key().text(), word)));
    items(map, "assert", this::asserted);
  }

  /**
   * What a row fills in is a number to the eye, of the same length, so that all keeps its place.
   */
  private void asserted(YamlNode expr) {
    if (expr instanceof YamlScalar scalar) {
      String filled =
          COLUMN
              .matcher(scalar.text())
              .replaceAll(found -> "1" + " ".repeat(found.group().length() - 1));
      names.expression(
          new YamlScalar(filled, scalar.value(), scalar.style(), scalar.map(), scalar.span()),
          Within.RUNBOOK);
    }
  }
}
