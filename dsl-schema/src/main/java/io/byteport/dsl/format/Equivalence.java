package io.byteport.dsl.format;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprParser;
import io.byteport.dsl.expr.SameMeaning;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.expr.TemplateParser;
import io.byteport.dsl.schema.Shape;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.List;
import java.util.Optional;

/**
 * Whether two documents mean the same: the same values, expressions and texts, and the author's own
 * keys in the same order. Only the order of the language's own fields, the way in which a scalar is
 * quoted and the spaces in expressions do not count.
 */
final class Equivalence {
  private Equivalence() {}

  /** Where the first one says something that the second one does not; empty where they agree. */
  static Optional<Span> difference(YamlNode one, YamlNode other, Shape shape) {
    return switch (one) {
      case YamlScalar scalar ->
          other instanceof YamlScalar that && same(scalar, that, shape)
              ? Optional.empty()
              : Optional.of(scalar.span());
      case YamlSequence sequence ->
          other instanceof YamlSequence that
              ? items(sequence, that, shape.item())
              : Optional.of(sequence.span());
      case YamlMapping mapping ->
          other instanceof YamlMapping that
              ? entries(mapping, that, shape)
              : Optional.of(mapping.span());
    };
  }

  private static Optional<Span> items(YamlSequence one, YamlSequence other, Shape shape) {
    if (one.items().size() != other.items().size()) {
      return Optional.of(one.span());
    }
    for (int i = 0; i < one.items().size(); i++) {
      Optional<Span> difference = difference(one.items().get(i), other.items().get(i), shape);
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private static Optional<Span> entries(YamlMapping one, YamlMapping other, Shape shape) {
    if (!free(one, shape).equals(free(other, shape))
        || one.entries().size() != other.entries().size()) {
      return Optional.of(one.span());
    }
    for (Entry entry : one.entries()) {
      String key = entry.key().text();
      Optional<Entry> that = other.entry(key);
      if (that.isEmpty() || !entry.key().value().equals(that.get().key().value())) {
        return Optional.of(entry.key().span());
      }
      Optional<Span> difference = difference(entry.value(), that.get().value(), shape.field(key));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  /** The keys whose order is the author's. */
  private static List<String> free(YamlMapping mapping, Shape shape) {
    List<String> fields = shape.fields();
    return mapping.entries().stream()
        .map(entry -> entry.key().text())
        .filter(key -> !fields.contains(key))
        .toList();
  }

  private static boolean same(YamlScalar one, YamlScalar other, Shape shape) {
    if (!one.value().getClass().equals(other.value().getClass())) {
      return false;
    }
    return one.value().isNull()
        || one.text().equals(other.text())
        || switch (shape.notation()) {
          case LITERAL -> false;
          case EXPRESSION -> sameExpression(one.text(), other.text());
          case TEMPLATE -> sameTemplate(one.text(), other.text());
        };
  }

  private static boolean sameExpression(String one, String other) {
    Checked<Expr> left = ExprParser.parse(file(one), one, map(one));
    Checked<Expr> right = ExprParser.parse(file(other), other, map(other));
    return !left.hasErrors()
        && !right.hasErrors()
        && SameMeaning.of(left.value().orElseThrow(), right.value().orElseThrow());
  }

  private static boolean sameTemplate(String one, String other) {
    Checked<Template> left = TemplateParser.parse(file(one), one, map(one));
    Checked<Template> right = TemplateParser.parse(file(other), other, map(other));
    return !left.hasErrors()
        && !right.hasErrors()
        && SameMeaning.of(left.value().orElseThrow(), right.value().orElseThrow());
  }

  private static SourceFile file(String text) {
    return new SourceFile("scalar", text);
  }

  private static SourceMap map(String text) {
    return SourceMap.straight(0, text.codePointCount(0, text.length()));
  }
}
