package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.expr.TypeChecker;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.model.ValueExpr.Constant;
import io.byteport.dsl.model.ValueExpr.Interpolated;
import io.byteport.dsl.model.ValueExpr.ListOf;
import io.byteport.dsl.model.ValueExpr.MapOf;
import io.byteport.dsl.model.ValueExpr.Single;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.Assignment;
import io.byteport.dsl.type.LiteralCoercion;
import io.byteport.dsl.type.LiteralCoercion.Fits;
import io.byteport.dsl.type.LiteralCoercion.Misfit;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Types expressions and values against what their place expects, and notes the result. */
final class ValueTyping {
  private final Findings findings;
  private final Typing.Builder typing;

  ValueTyping(Findings findings, Typing.Builder typing) {
    this.findings = findings;
    this.typing = typing;
  }

  /** A condition, which may not be null; a missing one is none. */
  void condition(@Nullable Expr expr, Scope scope) {
    if (expr != null) {
      typing.site(expr.span(), scope, Scalar.BOOLEAN);
      note(expr, findings.take(TypeChecker.checkCondition(findings.file(), expr, scope)));
    }
  }

  /** An expression of any type, or of the one expected. */
  Type expr(Expr expr, Scope scope, @Nullable Type expected) {
    typing.site(expr.span(), scope, expected);
    Type wanted = expected;
    if (expected instanceof Type.NullableType nullable) {
      TypedExpr found = TypeChecker.check(findings.file(), expr, scope, null).valueOrNull();
      wanted = found != null && !found.type().mayBeNull() ? nullable.inner() : expected;
    }
    return note(expr, findings.take(TypeChecker.check(findings.file(), expr, scope, wanted)));
  }

  private Type note(Expr expr, @Nullable TypedExpr typed) {
    if (typed == null) {
      return Special.UNKNOWN;
    }
    typing.put(expr, typed);
    return typed.type();
  }

  void exprs(List<Expr> exprs, Scope scope) {
    exprs.forEach(expr -> expr(expr, scope, null));
  }

  /** A text; whatever stands in it is printed. */
  void text(@Nullable ValueExpr value, Scope scope) {
    if (value != null) {
      value(value, scope, null);
    }
  }

  void texts(List<ValueExpr> values, Scope scope) {
    values.forEach(value -> text(value, scope));
  }

  /** A value that may be left out. */
  void optional(@Nullable ValueExpr value, Scope scope, Type expected) {
    if (value != null) {
      value(value, scope, expected);
    }
  }

  /**
   * A value.
   *
   * @param expected null where any type will do
   * @return its type; UNKNOWN where it has none
   */
  Type value(ValueExpr value, Scope scope, @Nullable Type expected) {
    if (!(value instanceof Single)) {
      typing.site(value.span(), scope, expected);
    }
    return switch (value) {
      case Constant constant -> constant(constant, expected);
      case Single single -> expr(single.expr(), scope, expected);
      case Interpolated text -> interpolated(text, scope, expected);
      case ListOf list -> list(list, scope, expected);
      case MapOf map -> map(map, scope, expected);
    };
  }

  private Type constant(Constant constant, @Nullable Type expected) {
    if (expected == null || expected instanceof Special) {
      return typeOf(constant.value());
    }
    return switch (LiteralCoercion.coerce(constant.value(), expected)) {
      case Fits fits -> {
        typing.put(constant, fits.value());
        yield fits.value().isNull() ? Special.NULL : expected.nonNull();
      }
      case Misfit misfit -> {
        findings.add(codeOf(expected), constant.span(), misfit.message(), misfit.hint());
        yield Special.UNKNOWN;
      }
    };
  }

  private static DiagnosticCode codeOf(Type expected) {
    return switch (expected.nonNull()) {
      case Scalar.DURATION, Scalar.SIZE, Scalar.PERCENT -> DiagnosticCode.EXPR_BAD_QUANTITY;
      case Scalar.REGEX -> DiagnosticCode.EXPR_BAD_REGEX;
      default -> DiagnosticCode.EXPR_TYPE;
    };
  }

  /** A text is the enum of its one word, as in expressions. */
  private static Type typeOf(Value value) {
    return switch (value) {
      case Value.NullValue none -> Special.NULL;
      case Value.BooleanValue flag -> Scalar.BOOLEAN;
      case Value.NumberValue number ->
          number.value() == Math.rint(number.value()) ? Scalar.INTEGER : Scalar.NUMBER;
      case Value.TextValue text -> new EnumType(List.of(text.value()));
      case Value.DurationValue duration -> Scalar.DURATION;
      case Value.SizeValue size -> Scalar.SIZE;
      case Value.PercentValue percent -> Scalar.PERCENT;
      case Value.InstantValue instant -> Scalar.INSTANT;
      case Value.ListValue list -> new ListType(Special.UNKNOWN);
      case Value.StructValue struct -> Special.ANY;
    };
  }

  private Type interpolated(Interpolated text, Scope scope, @Nullable Type expected) {
    for (Template.Part part : text.template().parts()) {
      if (part instanceof Template.Hole hole) {
        expr(hole.expr(), scope, null);
      }
    }
    if (expected != null && !Assignment.fits(Scalar.STRING, expected)) {
      mismatch(text.span(), expected, "a text");
      return Special.UNKNOWN;
    }
    return Scalar.STRING;
  }

  private void mismatch(Span span, Type expected, String found) {
    findings.add(DiagnosticCode.EXPR_TYPE, span, "expected " + expected + ", found " + found, null);
  }

  private Type list(ListOf list, Scope scope, @Nullable Type expected) {
    Type wanted = expected == null ? Special.UNKNOWN : expected.nonNull();
    if (wanted instanceof ListType elements) {
      list.items().forEach(item -> value(item, scope, elements.element()));
      return wanted;
    }
    if (!(wanted instanceof Special)) {
      mismatch(list.span(), wanted, "a list");
    }
    Type element = Special.UNKNOWN;
    for (ValueExpr item : list.items()) {
      Type type = value(item, scope, null);
      element = Assignment.join(element, type).orElse(Special.ANY);
    }
    return new ListType(element);
  }

  private Type map(MapOf map, Scope scope, @Nullable Type expected) {
    Type wanted = expected == null ? Special.UNKNOWN : expected.nonNull();
    return switch (wanted) {
      case RecordType record -> {
        fields(map, scope, record);
        yield record;
      }
      case MapType values -> {
        map.entries().values().forEach(entry -> value(entry.value(), scope, values.value()));
        yield wanted;
      }
      case Special special -> shape(map.entries(), scope);
      default -> {
        mismatch(map.span(), wanted, "a map");
        shape(map.entries(), scope);
        yield Special.UNKNOWN;
      }
    };
  }

  private void fields(MapOf map, Scope scope, RecordType record) {
    for (ValueExpr.Entry entry : map.entries().values()) {
      Optional<Type> field = record.field(entry.key().name());
      if (field.isEmpty()) {
        findings.unknown(
            DiagnosticCode.EXPR_UNKNOWN_FIELD,
            entry.key(),
            "a field of " + record,
            record.fields().keySet());
      }
      value(entry.value(), scope, field.map(Type::orNull).orElse(null));
    }
    List<String> missing =
        record.fields().keySet().stream()
            .filter(name -> record.requires(name) && !map.entries().containsKey(name))
            .toList();
    if (!missing.isEmpty()) {
      findings.add(
          DiagnosticCode.EXPR_TYPE,
          map.span(),
          "expected " + record + " with `" + String.join("`, `", missing) + "`, found none",
          null);
    }
  }

  /** The record that a map makes where no other is expected. */
  RecordType shape(Map<String, ValueExpr.Entry> entries, Scope scope) {
    Map<String, Type> fields = new LinkedHashMap<>();
    entries.forEach((name, entry) -> fields.put(name, value(entry.value(), scope, null)));
    return RecordType.of("map", fields);
  }

  /**
   * A choice. Words and quantities that stand in it literally take the type that its expressions
   * have.
   *
   * @return the type of what is chosen, null included where no entry always holds
   */
  Type choice(Choice choice, Scope scope, @Nullable Type expected) {
    Type joined = expected == null ? Special.UNKNOWN : expected;
    boolean falls = true;
    boolean known = true;
    for (Choice.Option option : choice.options()) {
      condition(option.when(), scope);
      falls &= option.when() != null && !isTrue(option.when());
      if (expected != null) {
        value(option.value(), scope, expected);
      } else if (!(option.value() instanceof Constant)) {
        Type type = value(option.value(), scope, null);
        known &= type != Special.UNKNOWN;
        joined = join(joined, type, option.value().span());
      }
    }
    if (expected == null) {
      for (Choice.Option option : choice.options()) {
        if (option.value() instanceof Constant constant) {
          joined = joinConstant(joined, constant);
        }
      }
    }
    return !known ? Special.UNKNOWN : falls ? joined.orNull() : joined;
  }

  private static boolean isTrue(Expr when) {
    return when instanceof Expr.Literal literal && literal.value().equals(Value.TRUE);
  }

  private Type join(Type before, Type type, Span span) {
    Optional<Type> joined = Assignment.join(before, type);
    if (joined.isEmpty()) {
      mismatch(span, before, "a value of type " + type);
    }
    return joined.orElse(Special.UNKNOWN);
  }

  private Type joinConstant(Type before, Constant constant) {
    boolean written = before == Special.UNKNOWN || before.nonNull() instanceof EnumType;
    if (!written
        && !constant.value().isNull()
        && LiteralCoercion.coerce(constant.value(), before) instanceof Fits fits) {
      typing.put(constant, fits.value());
      return before;
    }
    Optional<Type> joined = Assignment.join(before, typeOf(constant.value()));
    if (joined.isEmpty()) {
      findings.add(
          DiagnosticCode.EXPR_TYPE,
          constant.span(),
          "expected " + before + ", found `" + findings.file().text(constant.span()) + "`",
          null);
    }
    return joined.orElse(Special.UNKNOWN);
  }
}
