package io.byteport.dsl.action;

import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.TypeNotation;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands after the name of a field or an input: {@code string}, {@code size?}, {@code
 * PodRef!}, {@code duration = 3s}.
 *
 * @param required whether it ends in an exclamation mark
 * @param defaultValue what follows the equals sign, in the declared type; null where there is none
 */
record TypeDeclaration(Type type, boolean required, @Nullable Value defaultValue) {

  static TypeDeclaration read(
      CatalogueFile file, YamlScalar scalar, Map<String, ? extends Type> types) {
    String text = scalar.text();
    TypeNotation.Parsed parsed =
        TypeNotation.parsePrefix(text, name -> Optional.ofNullable(types.get(name)));
    for (TypeNotation.Problem problem : parsed.problems()) {
      file.fault(span(scalar, problem.start(), problem.end()), problem.message(), null);
    }
    if (!parsed.problems().isEmpty()) {
      return new TypeDeclaration(parsed.type(), false, null);
    }
    int at = parsed.end();
    boolean required = text.startsWith("!", at);
    at += required ? 1 : 0;
    String rest = text.substring(at).strip();
    if (rest.isEmpty()) {
      return new TypeDeclaration(parsed.type(), required, null);
    }
    if (!rest.startsWith("=") || required) {
      file.fault(
          span(scalar, at, text.length()),
          "expected the end of the type, found `" + rest + "`",
          "a type may be followed by `?` or `!`, or by ` = ` and a default");
      return new TypeDeclaration(parsed.type(), required, null);
    }
    String literal = rest.substring(1).strip();
    Optional<Value> value = literal(literal, parsed.type().nonNull());
    if (value.isEmpty()) {
      file.fault(
          span(scalar, text.length() - literal.length(), text.length()),
          "expected a default of type " + parsed.type() + ", found `" + literal + "`",
          null);
    }
    return new TypeDeclaration(parsed.type(), false, value.orElse(null));
  }

  private static Span span(YamlScalar scalar, int start, int end) {
    String text = scalar.text();
    return scalar.map().span(text.codePointCount(0, start), text.codePointCount(0, end));
  }

  private static Optional<Value> literal(String text, Type type) {
    if (type instanceof EnumType words) {
      return words.words().contains(text) ? Optional.of(Value.of(text)) : Optional.empty();
    }
    if (!(type instanceof Scalar scalar)) {
      return Optional.empty();
    }
    return switch (scalar) {
      case STRING, PATH, DOMAIN, REGEX -> Optional.of(Value.of(text));
      case BOOLEAN ->
          text.equals("true") || text.equals("false")
              ? Optional.of(Value.of(text.equals("true")))
              : Optional.empty();
      case INTEGER ->
          text.matches("-?[0-9]{1,15}")
              ? Optional.of(Value.of(Double.parseDouble(text)))
              : Optional.empty();
      case NUMBER ->
          text.matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?")
              ? Optional.of(Value.of(Double.parseDouble(text)))
              : Optional.empty();
      case DURATION -> Quantities.duration(text).map(Value::of);
      case SIZE -> Quantities.size(text).map(Value::of);
      case PERCENT -> Quantities.percent(text).map(Value::of);
      case INSTANT -> Optional.empty();
    };
  }
}
