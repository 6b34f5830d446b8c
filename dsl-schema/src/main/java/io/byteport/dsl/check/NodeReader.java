package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprParser;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.expr.TemplateParser;
import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.model.ValueExpr.Constant;
import io.byteport.dsl.model.ValueExpr.Interpolated;
import io.byteport.dsl.model.ValueExpr.ListOf;
import io.byteport.dsl.model.ValueExpr.MapOf;
import io.byteport.dsl.model.ValueExpr.Single;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.NumberValue;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the notations that every section shares from YAML nodes: ids, expressions, texts, values,
 * choices. What has the wrong shape leaves a finding and a placeholder that no later check speaks
 * about again.
 */
final class NodeReader {
  private final SourceFile file;
  private final List<Diagnostic> findings = new ArrayList<>();

  NodeReader(SourceFile file) {
    this.file = file;
  }

  List<Diagnostic> findings() {
    return findings;
  }

  void misshapen(YamlNode node, String expected) {
    findings.add(
        Diagnostic.of(
            DiagnosticCode.SCHEMA_WRONG_TYPE,
            file,
            node.span(),
            "expected " + expected + ", found " + shape(node),
            null));
  }

  private static String shape(YamlNode node) {
    return switch (node) {
      case YamlScalar scalar -> scalar.value().isNull() ? "nothing" : "`" + scalar.text() + "`";
      case YamlSequence sequence -> "a list";
      case YamlMapping mapping -> "a map";
    };
  }

  static boolean isNull(YamlNode node) {
    return node instanceof YamlScalar scalar && scalar.value().isNull();
  }

  /** A required field, or a finding and nothing. */
  Optional<YamlNode> required(YamlMapping parent, String key) {
    Optional<YamlNode> node = parent.get(key);
    if (node.isEmpty()) {
      findings.add(
          Diagnostic.of(
              DiagnosticCode.SCHEMA_MISSING_FIELD,
              file,
              new Span(parent.span().start(), parent.span().start()),
              "expected `" + key + "`, found none",
              null));
    }
    return node;
  }

  /**
   * A map; an empty one and a finding where the node is something else; an empty one where it is
   * null.
   */
  YamlMapping mapping(YamlNode node) {
    if (node instanceof YamlMapping mapping) {
      return mapping;
    }
    if (!isNull(node)) {
      misshapen(node, "a map");
    }
    return new YamlMapping(List.of(), false, node.span());
  }

  /** The map of a field; an empty one where there is no such field. */
  YamlMapping mapping(YamlMapping parent, String key) {
    return parent
        .get(key)
        .map(this::mapping)
        .orElse(new YamlMapping(List.of(), false, parent.span()));
  }

  List<YamlNode> sequence(YamlNode node, String what) {
    if (node instanceof YamlSequence sequence) {
      return sequence.items();
    }
    misshapen(node, "a list of " + what);
    return List.of();
  }

  Id id(YamlScalar scalar) {
    return new Id(scalar.text(), scalar.span());
  }

  /** A name; the empty one and a finding where the node is no text. */
  Id id(YamlNode node) {
    if (node instanceof YamlScalar scalar && !scalar.value().isNull()) {
      return id(scalar);
    }
    misshapen(node, "a name");
    return new Id("", node.span());
  }

  List<Id> ids(YamlMapping parent, String key) {
    return parent
        .get(key)
        .map(node -> sequence(node, "names").stream().map(this::id).toList())
        .orElse(List.of());
  }

  List<String> words(YamlMapping parent, String key) {
    return ids(parent, key).stream().map(Id::name).toList();
  }

  @Nullable String word(YamlMapping parent, String key) {
    return parent.get(key).map(node -> id(node).name()).orElse(null);
  }

  Expr expr(YamlNode node) {
    if (node instanceof YamlScalar scalar && !scalar.value().isNull()) {
      Checked<Expr> parsed = ExprParser.parse(file, scalar.text(), scalar.map());
      findings.addAll(parsed.diagnostics());
      return parsed.value().orElseGet(() -> new Expr.Invalid(scalar.span()));
    }
    misshapen(node, "an expression");
    return new Expr.Invalid(node.span());
  }

  @Nullable Expr expr(YamlMapping parent, String key) {
    return parent.get(key).map(this::expr).orElse(null);
  }

  Expr requiredExpr(YamlMapping parent, String key) {
    return required(parent, key).map(this::expr).orElseGet(() -> new Expr.Invalid(parent.span()));
  }

  List<Expr> exprs(YamlMapping parent, String key) {
    return parent
        .get(key)
        .map(node -> sequence(node, "expressions").stream().map(this::expr).toList())
        .orElse(List.of());
  }

  /** A literal, an interpolation or a structure of them. */
  ValueExpr value(YamlNode node) {
    return switch (node) {
      case YamlScalar scalar ->
          scalar.value() instanceof TextValue
              ? template(scalar)
              : new Constant(scalar.value(), scalar.map(), scalar.span());
      case YamlSequence sequence ->
          new ListOf(sequence.items().stream().map(this::value).toList(), sequence.span());
      case YamlMapping mapping -> new MapOf(entries(mapping), mapping.span());
    };
  }

  @Nullable ValueExpr value(YamlMapping parent, String key) {
    return parent.get(key).map(this::value).orElse(null);
  }

  ValueExpr requiredValue(YamlMapping parent, String key) {
    return required(parent, key).map(this::value).orElseGet(() -> placeholder(parent.span()));
  }

  /** What stands where a value is missing: typed as unknown, so that nobody speaks about it. */
  static ValueExpr placeholder(Span span) {
    return new Single(new Expr.Invalid(span), span);
  }

  private ValueExpr template(YamlScalar scalar) {
    Checked<Template> parsed = TemplateParser.parse(file, scalar.text(), scalar.map());
    findings.addAll(parsed.diagnostics());
    Template template = parsed.valueOrNull();
    if (template == null) {
      return placeholder(scalar.span());
    }
    if (template.isConstant()) {
      String text =
          template.parts().stream()
              .map(part -> ((Template.Text) part).text())
              .collect(Collectors.joining());
      return new Constant(Value.of(text), scalar.map(), scalar.span());
    }
    return template
        .single()
        .<ValueExpr>map(expr -> new Single(expr, scalar.span()))
        .orElseGet(() -> new Interpolated(template, scalar.span()));
  }

  /** A text, with interpolations or without; numbers and booleans count as they are written. */
  ValueExpr text(YamlNode node) {
    if (node instanceof YamlScalar scalar && !scalar.value().isNull()) {
      return template(scalar);
    }
    misshapen(node, "a text");
    return placeholder(node.span());
  }

  @Nullable ValueExpr text(YamlMapping parent, String key) {
    return parent.get(key).map(this::text).orElse(null);
  }

  ValueExpr requiredText(YamlMapping parent, String key) {
    return required(parent, key).map(this::text).orElseGet(() -> placeholder(parent.span()));
  }

  List<ValueExpr> texts(YamlNode node) {
    return sequence(node, "texts").stream().map(this::text).toList();
  }

  @Nullable Constant constant(YamlMapping parent, String key) {
    Optional<YamlNode> node = parent.get(key);
    if (node.isEmpty()) {
      return null;
    }
    if (node.get() instanceof YamlScalar scalar) {
      return new Constant(scalar.value(), scalar.map(), scalar.span());
    }
    misshapen(node.get(), "a literal");
    return null;
  }

  double number(YamlMapping parent, String key, double otherwise) {
    Constant constant = constant(parent, key);
    if (constant == null) {
      return otherwise;
    }
    if (constant.value() instanceof NumberValue number) {
      return number.value();
    }
    parent.get(key).ifPresent(node -> misshapen(node, "a number"));
    return otherwise;
  }

  boolean flag(YamlMapping parent, String key) {
    Constant constant = constant(parent, key);
    if (constant == null) {
      return false;
    }
    if (constant.value() instanceof Value.BooleanValue flag) {
      return flag.value();
    }
    parent.get(key).ifPresent(node -> misshapen(node, "true or false"));
    return false;
  }

  Map<String, ValueExpr.Entry> entries(YamlMapping mapping) {
    Map<String, ValueExpr.Entry> entries = new LinkedHashMap<>();
    for (Entry entry : mapping.entries()) {
      entries.put(entry.key().text(), new ValueExpr.Entry(id(entry.key()), value(entry.value())));
    }
    return entries;
  }

  /** A list of options, or a plain value that is the only one. */
  Choice choice(YamlNode node, boolean asText) {
    if (!(node instanceof YamlSequence sequence)) {
      return Choice.of(asText ? text(node) : value(node));
    }
    List<Choice.Option> options = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      YamlMapping option = mapping(item);
      ValueExpr value =
          required(option, "value")
              .map(written -> asText ? text(written) : value(written))
              .orElseGet(() -> placeholder(item.span()));
      options.add(new Choice.Option(value, expr(option, "when"), item.span()));
    }
    return new Choice(options, sequence.span());
  }

  @Nullable Choice choice(YamlMapping parent, String key, boolean asText) {
    return parent.get(key).map(node -> choice(node, asText)).orElse(null);
  }
}
