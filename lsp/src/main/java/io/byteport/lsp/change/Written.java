package io.byteport.lsp.change;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.yaml.YamlNode.Style;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Text as a scalar of YAML. Pure. */
final class Written {
  /** What may stand without quotes anywhere in block style, and reads as text. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_ ./()<>=+*$-]*");

  private static final Pattern WORD =
      Pattern.compile("(?i)null|true|false|yes|no|on|off|y|n|\\.inf|\\.nan");

  private Written() {}

  /** A text, quoted where it needs to be. */
  static String text(String text) {
    boolean plain =
        PLAIN.matcher(text).matches()
            && !text.endsWith(" ")
            && !WORD.matcher(text).matches()
            && !text.contains(" #");
    return plain ? text : quoted(text);
  }

  private static String quoted(String text) {
    boolean control = text.chars().anyMatch(c -> c < ' ' || c == 0x7f);
    return control ? doubled(text) : "\"" + escaped(text) + "\"";
  }

  private static String doubled(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c ->
                out.append(
                    c < ' ' || c == 0x7f
                        ? String.format(Locale.ROOT, "\\x%02x", c)
                        : escaped(Character.toString(c))));
    return out.append('"').toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** An expression as the value of an entry: without quotes where YAML leaves it as it is. */
  static String expression(String expression) {
    boolean safe =
        !expression.contains(": ")
            && !expression.contains(" #")
            && !expression.endsWith(":")
            && !"[]{}&*!|>%@`'\"#,?-".contains(expression.substring(0, 1));
    return safe && !WORD.matcher(expression).matches()
        ? expression
        : "'" + expression.replace("'", "''") + "'";
  }

  /** A piece of an expression inside a scalar of some style; empty where it cannot stand there. */
  static Optional<String> within(String piece, Style style) {
    return switch (style) {
      case SINGLE_QUOTED -> Optional.of(piece.replace("'", "''"));
      case DOUBLE_QUOTED -> Optional.of(escaped(piece));
      case PLAIN ->
          piece.contains(": ") || piece.contains(" #") ? Optional.empty() : Optional.of(piece);
      case LITERAL, FOLDED -> Optional.of(piece);
    };
  }

  /** A value that is no structure, as a test gives it. */
  static Optional<String> value(Value value) {
    return switch (value) {
      case Value.NullValue none -> Optional.of("null");
      case Value.BooleanValue bool -> Optional.of(String.valueOf(bool.value()));
      case Value.TextValue text -> Optional.of(text(text.value()));
      case Value.NumberValue number -> printed(value);
      case Value.DurationValue duration -> printed(value);
      case Value.SizeValue size -> printed(value);
      case Value.PercentValue percent -> printed(value);
      case Value.InstantValue instant -> Optional.of(instant.value().toString());
      case Value.ListValue list -> list.items().isEmpty() ? Optional.of("[]") : Optional.empty();
      case Value.StructValue struct -> Optional.empty();
    };
  }

  private static Optional<String> printed(Value value) {
    return Optional.of(ExprPrinter.print(new Expr.Literal(value, Span.START)));
  }
}
