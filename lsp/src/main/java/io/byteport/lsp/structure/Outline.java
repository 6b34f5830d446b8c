package io.byteport.lsp.structure;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import io.byteport.lsp.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.SymbolKind;

/**
 * A document as a person tells it: its sections, with what they declare, and the steps in the order
 * in which they are taken. Used by one thread.
 */
public final class Outline {
  private static final int LONGEST = 80;
  private static final Map<String, SymbolKind> ENTRIES =
      Map.ofEntries(
          Map.entry("params", SymbolKind.Constant),
          Map.entry("inputs", SymbolKind.Field),
          Map.entry("detectors", SymbolKind.Event),
          Map.entry("diagnose", SymbolKind.Variable),
          Map.entry("guardrails", SymbolKind.Interface),
          Map.entry("fixtures", SymbolKind.Object),
          Map.entry("sources", SymbolKind.Event),
          Map.entry("connections", SymbolKind.Object),
          Map.entry("channels", SymbolKind.Object),
          Map.entry("windows", SymbolKind.Object),
          Map.entry("limits", SymbolKind.Interface),
          Map.entry("notify", SymbolKind.Event));
  private static final List<String> TELLING =
      List.of(
          "uses",
          "watch",
          "type",
          "skip",
          "require",
          "limit",
          "lock",
          "approve",
          "forbid",
          "protect",
          "include",
          "schedule",
          "doc");
  private static final List<String> NESTED = List.of("steps", "else", "onFailure", "then");

  private final SourceFile text;

  public Outline(SourceFile text) {
    this.text = text;
  }

  /** The sections in the order of the text. */
  public List<DocumentSymbol> of(YamlMapping root) {
    List<DocumentSymbol> sections = new ArrayList<>();
    for (Entry entry : root.entries()) {
      String key = entry.key().text();
      if (!key.equals("apiVersion") && !key.equals("kind")) {
        sections.add(section(key, entry));
      }
    }
    return sections;
  }

  private DocumentSymbol section(String key, Entry entry) {
    YamlNode node = entry.value();
    List<DocumentSymbol> children =
        switch (key) {
          case "classify" -> items(child(node, "rules"), this::rule);
          case "remediate" ->
              entries(
                  node,
                  one -> symbol(one, SymbolKind.Class, advice(one.value()), parts(one.value())));
          case "blocks" ->
              entries(
                  node,
                  one -> symbol(one, SymbolKind.Function, args(one.value()), parts(one.value())));
          case "verify", "rollback" -> parts(node);
          case "cases" -> items(node, this::testCase);
          case "access" -> entries(child(node, "people"), one -> plain(one, SymbolKind.Object));
          case "runbooks" ->
              entries(child(node, "configure"), one -> plain(one, SymbolKind.Module));
          default -> {
            SymbolKind kind = ENTRIES.get(key);
            yield kind == null ? List.of() : entries(node, one -> plain(one, kind));
          }
        };
    return symbol(entry, SymbolKind.Namespace, sectionDetail(key, node), children);
  }

  private static String sectionDetail(String key, YamlNode node) {
    return switch (key) {
      case "metadata" -> word(child(node, "id"), word(child(node, "name"), ""));
      case "target" -> word(child(node, "type"), word(child(node, "include"), ""));
      default -> word(node, "");
    };
  }

  private DocumentSymbol plain(Entry entry, SymbolKind kind) {
    return symbol(entry, kind, detail(entry.value()), List.of());
  }

  /** What tells most of an entry: its action, its type, its condition. */
  private static String detail(YamlNode node) {
    if (node instanceof YamlMapping map) {
      for (String key : TELLING) {
        YamlNode told = map.get(key).orElse(null);
        if (told != null) {
          boolean itself = key.equals("uses") || key.equals("watch") || key.equals("type");
          String word = word(told, "");
          return itself || key.equals("doc") ? word : (key + " " + word).strip();
        }
      }
      return "";
    }
    return node instanceof YamlSequence ? "choice" : word(node, "");
  }

  private static String args(YamlNode block) {
    return child(block, "args") instanceof YamlMapping args
        ? String.join(", ", args.entries().stream().map(entry -> entry.key().text()).toList())
        : "";
  }

  private static String advice(YamlNode remediation) {
    return word(child(remediation, "advice"), "");
  }

  private DocumentSymbol rule(YamlNode rule) {
    YamlNode id = child(rule, "class");
    return symbol(
        rule, id, word(id, "rule"), SymbolKind.Class, word(child(rule, "when"), ""), List.of());
  }

  private DocumentSymbol testCase(YamlNode one) {
    YamlNode name = child(one, "name");
    YamlNode expect = child(one, "expect");
    String end = word(child(expect, "class"), "");
    String result = word(child(expect, "result"), "");
    String detail = (end + " " + result).strip();
    return symbol(one, name, word(name, "case"), SymbolKind.Method, detail, List.of());
  }

  /** Facts, expectations and steps of what has them. */
  private List<DocumentSymbol> parts(YamlNode node) {
    List<DocumentSymbol> parts = new ArrayList<>();
    if (node instanceof YamlMapping map) {
      for (Entry entry : map.entries()) {
        switch (entry.key().text()) {
          case "steps", "then", "onFailure" -> parts.addAll(items(entry.value(), this::step));
          case "read" ->
              parts.addAll(entries(entry.value(), one -> plain(one, SymbolKind.Variable)));
          case "expect" ->
              parts.addAll(entries(entry.value(), one -> plain(one, SymbolKind.Boolean)));
          case "verify", "rollback" ->
              parts.add(symbol(entry, SymbolKind.Namespace, "", parts(entry.value())));
          default -> {}
        }
      }
    }
    return parts;
  }

  private DocumentSymbol step(YamlNode node) {
    List<DocumentSymbol> nested = new ArrayList<>();
    String does = "";
    YamlNode id = child(node, "id");
    if (node instanceof YamlMapping map) {
      for (Entry entry : map.entries()) {
        String key = entry.key().text();
        switch (key) {
          case "uses" -> does = word(entry.value(), "");
          case "propose", "call", "wait", "escalate", "match" ->
              does = key + " " + word(entry.value(), "");
          case "handOff" -> does = key + " " + word(child(entry.value(), "signal"), "");
          case "record" -> does = key;
          case "cases" ->
              nested.addAll(
                  entries(
                      entry.value(),
                      one ->
                          symbol(one, SymbolKind.EnumMember, "", items(one.value(), this::step))));
          default -> {
            if (NESTED.contains(key)) {
              nested.addAll(items(entry.value(), this::step));
            }
          }
        }
      }
    }
    String name = word(id, does.isEmpty() ? "step" : does);
    String detail = name.equals(cut(does)) ? "" : does;
    return symbol(node, id, name, SymbolKind.Method, detail, nested);
  }

  private static List<DocumentSymbol> entries(YamlNode node, Function<Entry, DocumentSymbol> each) {
    return node instanceof YamlMapping map ? map.entries().stream().map(each).toList() : List.of();
  }

  private static List<DocumentSymbol> items(
      YamlNode node, Function<YamlNode, DocumentSymbol> each) {
    return node instanceof YamlSequence list
        ? list.items().stream().filter(YamlMapping.class::isInstance).map(each).toList()
        : List.of();
  }

  private static YamlNode child(YamlNode node, String key) {
    YamlNode found = node instanceof YamlMapping map ? map.get(key).orElse(null) : null;
    return found == null
        ? new YamlMapping(List.of(), false, new Span(node.span().start(), node.span().start()))
        : found;
  }

  /** A scalar in one line, cut where it is long. */
  private static String word(YamlNode node, String otherwise) {
    return node instanceof YamlScalar scalar && !scalar.text().isBlank()
        ? cut(scalar.text())
        : otherwise;
  }

  private static String cut(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    int length = line.codePointCount(0, line.length());
    return length <= LONGEST ? line : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
  }

  private DocumentSymbol symbol(
      Entry entry, SymbolKind kind, String detail, List<DocumentSymbol> children) {
    Span key = entry.key().span();
    Span value = entry.value().span();
    Span whole = value.start() >= key.end() ? key.to(value) : key; // not what an alias stands for
    return symbol(whole, key, entry.key().text(), kind, detail, children);
  }

  private DocumentSymbol symbol(
      YamlNode node,
      YamlNode name,
      String title,
      SymbolKind kind,
      String detail,
      List<DocumentSymbol> children) {
    Span whole = node.span();
    boolean inside = name.span().start() >= whole.start() && name.span().end() <= whole.end();
    Span shown = inside ? name.span() : new Span(whole.start(), whole.start());
    return symbol(whole, shown, title, kind, detail, children);
  }

  private DocumentSymbol symbol(
      Span whole,
      Span shown,
      String title,
      SymbolKind kind,
      String detail,
      List<DocumentSymbol> children) {
    DocumentSymbol symbol =
        new DocumentSymbol(
            title.isBlank() ? "…" : title,
            kind,
            Positions.range(text, whole),
            Positions.range(text, shown));
    if (!detail.isEmpty()) {
      symbol.setDetail(cut(detail));
    }
    symbol.setChildren(children);
    return symbol;
  }
}
