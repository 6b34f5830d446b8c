package io.byteport.dsl.edit;

import io.byteport.dsl.check.LanguageTypes;
import io.byteport.dsl.edit.Occurrence.Role;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprParser;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.expr.TemplateParser;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Notes names as they are come upon. Used by one thread. */
final class SymbolCollector {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]*");
  private static final Map<String, SymbolKind> MEMBERS =
      Map.of(
          "params", SymbolKind.PARAMETER,
          "inputs", SymbolKind.INPUT,
          "before", SymbolKind.FACT,
          "steps", SymbolKind.STEP,
          "guardrails", SymbolKind.GUARDRAIL,
          "args", SymbolKind.ARGUMENT);

  private final SourceFile file;
  private final Set<Occurrence> occurrences = new LinkedHashSet<>();
  private final Set<Expr> expressions = new LinkedHashSet<>();
  private final Map<Span, String> included = new LinkedHashMap<>();
  private final Set<Span> doubled = new LinkedHashSet<>();
  private final Map<String, SymbolKind> recorded = new LinkedHashMap<>();
  private String id = "";
  private boolean ofAny;

  /**
   * What is known at a place.
   *
   * @param block in which it is; empty outside of blocks
   * @param locals the names of elements, each with the place that declares it
   * @param facts whether other names are facts
   */
  record Within(String block, Map<String, String> locals, boolean facts) {
    static final Within RUNBOOK = new Within("", Map.of(), true);
    static final Within AGENT = new Within("", Map.of(), false);

    Within in(String other) {
      return new Within(other, locals, facts);
    }

    Within and(String name, String place) {
      Map<String, String> more = new LinkedHashMap<>(locals);
      more.put(name, place);
      return new Within(block, more, facts);
    }
  }

  SymbolCollector(SourceFile file) {
    this.file = file;
  }

  Symbols symbols(Optional<DocumentKind> kind) {
    List<Occurrence> sorted = new ArrayList<>(occurrences);
    sorted.sort(Comparator.comparingInt(one -> one.span().start()));
    return new Symbols(kind, id, sorted, included, recorded, doubled);
  }

  List<Expr> expressions() {
    List<Expr> ordered = new ArrayList<>(expressions);
    ordered.sort(Comparator.comparingInt(one -> one.span().start()));
    return ordered;
  }

  void id(YamlNode node) {
    if (node instanceof YamlScalar scalar) {
      id = scalar.text();
    }
  }

  void includes(YamlScalar path) {
    included.put(span(path), path.text());
  }

  void doubled(YamlScalar word) {
    doubled.add(span(word));
  }

  void records(String field, SymbolKind kind) {
    recorded.put(field, kind);
  }

  void declare(SymbolKind kind, YamlNode name) {
    add(kind, "", name, Role.DECLARATION);
  }

  void use(SymbolKind kind, YamlNode name) {
    add(kind, "", name, Role.USE);
  }

  void uses(SymbolKind kind, YamlNode list) {
    if (list instanceof YamlSequence sequence) {
      sequence.items().forEach(item -> use(kind, item));
    }
  }

  /** The keys of a map as names. */
  void keys(SymbolKind kind, String owner, YamlNode node, Role role) {
    if (node instanceof YamlMapping map) {
      map.entries().forEach(entry -> add(kind, owner, entry.key(), role));
    }
  }

  void add(SymbolKind kind, String owner, YamlNode node, Role role) {
    if (node instanceof YamlScalar scalar && NAME.matcher(scalar.text()).matches()) {
      add(kind, owner, scalar.text(), role, span(scalar));
    }
  }

  void add(SymbolKind kind, String owner, String name, Role role, Span span) {
    boolean nothing =
        kind == SymbolKind.CLASS && name.equals(LanguageTypes.UNKNOWN_CLASS); // the language's own
    if (!nothing) {
      occurrences.add(new Occurrence(kind, owner, name, role, span));
    }
  }

  /** Of the value alone. */
  static Span span(YamlScalar scalar) {
    return scalar.map().span(0, scalar.map().length());
  }

  /** A bare expression; null where there is none. */
  @Nullable Expr expression(YamlNode node, Within within) {
    if (!(node instanceof YamlScalar scalar) || scalar.text().isBlank()) {
      return null;
    }
    Expr expr = ExprParser.parse(file, scalar.text(), scalar.map()).valueOrNull();
    if (expr != null) {
      whole(expr, within);
    }
    return expr;
  }

  /** Text with interpolations, or a structure of such. */
  void value(YamlNode node, Within within) {
    switch (node) {
      case YamlScalar scalar -> template(scalar, within);
      case YamlSequence sequence -> sequence.items().forEach(item -> value(item, within));
      case YamlMapping map -> map.entries().forEach(entry -> value(entry.value(), within));
    }
  }

  List<Expr> template(YamlScalar scalar, Within within) {
    List<Expr> holes = new ArrayList<>();
    if (scalar.text().contains("${")) {
      TemplateParser.parse(file, scalar.text(), scalar.map())
          .value()
          .ifPresent(
              template -> {
                for (Template.Part part : template.parts()) {
                  if (part instanceof Template.Hole hole) {
                    holes.add(hole.expr());
                  }
                }
              });
    }
    holes.forEach(hole -> whole(hole, within));
    return holes;
  }

  private void whole(Expr expr, Within within) {
    expressions.add(expr);
    part(expr, within);
  }

  private void part(Expr expr, Within within) {
    switch (expr) {
      case Expr.Field field when field.target() instanceof Expr.Name root -> {
        if (!member(root, field.name(), field.nameSpan(), within)) {
          part(root, within);
        }
      }
      case Expr.Index index
          when index.target() instanceof Expr.Name root
              && index.key() instanceof Expr.Literal key
              && key.value() instanceof TextValue name -> {
        Span span = inside(key.span(), name.value());
        if (span == null || !member(root, name.value(), span, within)) {
          part(root, within);
        }
      }
      case Expr.Name name -> name(name, within);
      case Expr.Comparison comparison -> {
        words(meaning(comparison.left()), comparison.right());
        words(meaning(comparison.right()), comparison.left());
        expr.children().forEach(child -> part(child, within));
      }
      case Expr.Membership member -> {
        words(meaning(member.element()), member.collection());
        words(elements(member.collection()), member.element());
        expr.children().forEach(child -> part(child, within));
      }
      default -> expr.children().forEach(child -> part(child, within));
    }
  }

  private boolean member(Expr.Name root, String name, Span span, Within within) {
    SymbolKind kind = MEMBERS.get(root.name());
    if (kind == null || !within.facts()) {
      return false;
    }
    String owner = kind == SymbolKind.ARGUMENT ? within.block() : "";
    add(kind, owner, name, Role.USE, span);
    return true;
  }

  private void name(Expr.Name name, Within within) {
    String place = within.locals().get(name.name());
    if (place != null) {
      add(SymbolKind.LOCAL, place, name.name(), Role.USE, name.span());
    } else if (within.facts() && !LanguageTypes.NAMES.contains(name.name())) {
      add(SymbolKind.FACT, "", name.name(), Role.USE, name.span());
    }
  }

  /** What the text is the name of that an expression yields; null for anything else. */
  static @Nullable SymbolKind meaning(@Nullable Expr expr) {
    return switch (expr) {
      case Expr.Name name when name.name().equals("class") -> SymbolKind.CLASS;
      case Expr.Name name when name.name().equals("action") -> SymbolKind.ACTION;
      case Expr.Field field when field.target() instanceof Expr.Name root ->
          switch (root.name() + "." + field.name()) {
            case "signal.type" -> SymbolKind.SIGNAL;
            case "runbook.id" -> SymbolKind.RUNBOOK;
            case "run.suspected" -> SymbolKind.CLASS;
            case "run.stoppedBy" -> SymbolKind.GUARDRAIL;
            default -> null;
          };
      case null, default -> null;
    };
  }

  private static @Nullable SymbolKind elements(Expr expr) {
    if (expr instanceof Expr.Field field
        && field.target() instanceof Expr.Name root
        && root.name().equals("run")) {
      return switch (field.name()) {
        case "did", "planned" -> SymbolKind.STEP;
        case "unmet" -> SymbolKind.EXPECTATION;
        default -> null;
      };
    }
    return null;
  }

  /** The literals of an expression as names. */
  private void words(@Nullable SymbolKind kind, Expr expr) {
    if (kind == null) {
      return;
    }
    if (expr instanceof Expr.ListLiteral list) {
      list.items().forEach(item -> words(kind, item));
    } else if (expr instanceof Expr.Literal literal && literal.value() instanceof TextValue word) {
      Span span = inside(literal.span(), word.value());
      if (span != null && NAME.matcher(word.value()).matches()) {
        String owner = kind.isGlobal() || !ofAny ? "" : Occurrence.ANY;
        add(kind, owner, word.value(), Role.USE, span);
      }
    }
  }

  /** What is named from here on may be any runbook's. */
  void ofAnyRunbook() {
    ofAny = true;
  }

  /** Where a word stands between its quotes; null where it is written with escapes. */
  private @Nullable Span inside(Span literal, String word) {
    String text = file.text(literal);
    int at = text.indexOf(word);
    if (at < 0 || word.isEmpty()) {
      return null;
    }
    int start = literal.start() + text.codePointCount(0, at);
    return new Span(start, start + word.codePointCount(0, word.length()));
  }
}
