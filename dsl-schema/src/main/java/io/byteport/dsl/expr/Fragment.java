package io.byteport.dsl.expr;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Special;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands before a place of an expression that may be half written. Offsets are code points of
 * the expression's text.
 *
 * @param text of the expression
 * @param kind what may stand at the place
 * @param word what is typed of it, before the place and after
 * @param calls the calls that hold the place, the outermost first
 * @param receiver what a field or an entry is asked of; null where none is
 * @param compared what the place is compared with; null where it is not
 */
public record Fragment(
    String text,
    Kind kind,
    Span word,
    List<Call> calls,
    @Nullable Span receiver,
    @Nullable Compared compared) {

  public Fragment {
    calls = List.copyOf(calls);
  }

  /** What may stand at a place. */
  public enum Kind {
    /** A name, a call or a literal. */
    OPERAND,
    /** A name after a dot. */
    FIELD,
    /** The key of an entry, inside its quotes. */
    KEY,
    /** A text, inside its quotes. */
    TEXT,
    /** The unit of a number. */
    UNIT,
    /** A word between two operands, or none. */
    OPERATOR
  }

  /**
   * @param operator as it is written: {@code ==}, {@code in}, {@code contains}
   * @param operand the other side
   */
  public record Compared(String operator, Span operand) {}

  /**
   * A call that is not closed before the place.
   *
   * @param argument the number of the argument that holds the place, from 0
   * @param first the first argument, as far as it is written
   */
  public record Call(String function, Span name, int argument, Span first) {}

  /** What stands before an offset of an expression. */
  public static Fragment at(String text, int offset) {
    return new FragmentReader(text, offset).read();
  }

  /** What is typed before the place and after. */
  public String typed() {
    return part(word);
  }

  /** A part of the text. */
  public String part(Span span) {
    return new SourceFile("", text).text(span);
  }

  /** The type of the receiver; empty where there is none, unknown where it has an error. */
  public Optional<Type> receiverType(Scope scope) {
    return Optional.ofNullable(receiver).map(span -> type(span, scope, element(scope)));
  }

  /** The type of what the place is compared with; empty where it is not. */
  public Optional<Type> comparedType(Scope scope) {
    return Optional.ofNullable(compared).map(one -> type(one.operand(), scope, element(scope)));
  }

  /** The type of a part of the text, as it is at the place; empty where it has an error. */
  public Optional<Type> type(Span part, Scope scope) {
    Type type = type(part, scope, element(scope));
    return type == Special.UNKNOWN ? Optional.empty() : Optional.of(type);
  }

  /** The type of {@code $} at the place; empty where there is no element. */
  public Optional<Type> elementType(Scope scope) {
    return Optional.ofNullable(element(scope));
  }

  private @Nullable Type element(Scope scope) {
    Type element = null;
    for (Call call : calls) {
      boolean lambda =
          Functions.named(call.function()).stream()
              .anyMatch(function -> function.lambda(call.argument()));
      if (lambda && call.argument() > 0) {
        element = Arguments.elementOf(type(call.first(), scope, element)).orElse(Special.UNKNOWN);
      }
    }
    return element;
  }

  private Type type(Span span, Scope scope, @Nullable Type element) {
    SourceFile file = new SourceFile("", text);
    Expr expr =
        ExprParser.parse(file, part(span), SourceMap.straight(span.start(), span.length()))
            .value()
            .orElseGet(() -> new Expr.Invalid(span));
    return TypeChecker.type(file, expr, scope, element);
  }
}
