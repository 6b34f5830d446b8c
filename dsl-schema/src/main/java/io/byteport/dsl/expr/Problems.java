package io.byteport.dsl.expr;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.Assignment;
import io.byteport.dsl.type.LiteralCoercion;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.NumberValue;
import io.byteport.dsl.value.Value.TextValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The words of the type checker: decides how a misfit is best explained, and notes it. */
final class Problems {
  /** More words than this are not all told. */
  private static final int MANY = 24;

  private static final int FEW = 3;

  private final SourceFile file;
  private final List<Diagnostic> diagnostics;

  Problems(SourceFile file, List<Diagnostic> diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
  }

  void report(DiagnosticCode code, Span span, String message, @Nullable String hint) {
    diagnostics.add(Diagnostic.of(code, file, span, message, hint));
  }

  private void report(
      DiagnosticCode code, Span span, String message, @Nullable String hint, @Nullable Fix fix) {
    Diagnostic diagnostic = Diagnostic.of(code, file, span, message, hint);
    diagnostics.add(fix == null ? diagnostic : diagnostic.withFix(fix));
  }

  /** A type as messages call it; a text literal is just a text. */
  static String name(Type type) {
    return switch (type) {
      case EnumType words when words.words().size() == 1 -> "string";
      case EnumType words when words.words().size() > MANY ->
          "enum(" + String.join(", ", words.words().subList(0, FEW)) + ", ...)";
      case ListType list -> "list<" + name(list.element()) + ">";
      case Type.NullableType nullable -> name(nullable.inner()) + " or null";
      default -> type.toString();
    };
  }

  /** An expression with its type: {@code `used` of type percent}. */
  static String described(TypedExpr typed) {
    String text = ExprPrinter.print(typed.syntax());
    String shown = text.length() > 60 ? text.substring(0, 57) + "..." : text;
    return typed.type() == Special.NULL
        ? "`null`"
        : "`" + shown + "` of type " + name(typed.type());
  }

  void unexpected(TypedExpr found, Type expected) {
    String hint = null;
    if (found.type().mayBeNull() && Assignment.fits(found.type().nonNull(), expected)) {
      hint = "it may be null; name what stands for null with `coalesce(value, other)`";
    } else if (found.type() == Special.ANY) {
      hint = conversion(expected);
    }
    Optional<Literal> literal = rewritten(found, expected);
    report(
        DiagnosticCode.EXPR_TYPE,
        found.syntax().span(),
        "expected " + name(expected) + ", found " + described(found),
        literal.map(Literal::hint).orElse(hint),
        literal.map(l -> l.fix(found)).orElse(null));
  }

  void nullableCondition(Expr syntax) {
    boolean simple =
        syntax instanceof Expr.Field
            || syntax instanceof Expr.Name
            || syntax instanceof Expr.Call
            || syntax instanceof Expr.Index
            || syntax instanceof Expr.Element;
    Fix fix =
        simple
            ? new Fix(
                "Compare it with `true`",
                new Span(syntax.span().end(), syntax.span().end()),
                " == true",
                false)
            : null;
    report(
        DiagnosticCode.EXPR_NULLABLE_CONDITION,
        syntax.span(),
        "expected a condition that is true or false, found `"
            + ExprPrinter.print(syntax)
            + "`, which may be null",
        "write `== true`, or `== false`, so that null counts as neither",
        fix);
  }

  void unknownName(Expr.Name name, Map<String, Scope.Binding> bindings) {
    Optional<String> owner = owner(name.name(), bindings);
    String hint =
        switch (name.name()) {
          case "nil", "None", "empty", "undefined" -> "write `null`";
          case "this", "self" -> "facts, params, inputs, signal and target are in scope";
          default -> null;
        };
    if (hint == null) {
      hint =
          owner
              .map(root -> "did you mean `" + root + "." + name.name() + "`?")
              .or(
                  () ->
                      Suggestions.nearest(name.name(), bindings.keySet())
                          .map(near -> "did you mean `" + near + "`?"))
              .or(() -> ForeignWords.hint(name.name()))
              .orElseGet(() -> Suggestions.hintOrChoices(name.name(), bindings.keySet()));
    }
    Fix fix =
        owner
            .map(root -> root + "." + name.name())
            .or(() -> Suggestions.nearest(name.name(), bindings.keySet()))
            .map(near -> new Fix("Write `" + near + "`", name.span(), near, false))
            .orElse(null);
    report(
        DiagnosticCode.EXPR_UNKNOWN_NAME,
        name.span(),
        "expected a name in scope, found `" + name.name() + "`",
        hint,
        fix);
  }

  /** Which of the roots that hold declared names has this one. */
  private static Optional<String> owner(String name, Map<String, Scope.Binding> bindings) {
    for (String root : List.of("params", "inputs", "args", "signal", "run")) {
      Scope.Binding binding = bindings.get(root);
      if (binding != null
          && binding.type() instanceof RecordType record
          && record.field(name).isPresent()) {
        return Optional.of(root);
      }
    }
    return Optional.empty();
  }

  Type unknownField(Expr.Field field, RecordType record) {
    Fix fix =
        Suggestions.nearest(field.name(), record.fields().keySet())
            .map(near -> new Fix("Write `" + near + "`", field.nameSpan(), near, false))
            .orElse(null);
    report(
        DiagnosticCode.EXPR_UNKNOWN_FIELD,
        field.nameSpan(),
        "expected a field of `" + record.name() + "`, found `" + field.name() + "`",
        Suggestions.hintOrChoices(field.name(), record.fields().keySet()),
        fix);
    return Special.UNKNOWN;
  }

  Type noFields(Expr.Field field, TypedExpr target) {
    Type type = target.type().nonNull();
    String hint = null;
    if (type instanceof MapType) {
      hint = "write `[\"" + field.name() + "\"]`";
    } else if (type instanceof ListType) {
      hint =
          "write `map(list, $."
              + field.name()
              + ")` for all of them, or `first(list)."
              + field.name()
              + "`";
    }
    report(
        DiagnosticCode.EXPR_UNKNOWN_FIELD,
        field.nameSpan(),
        "expected a record before `." + field.name() + "`, found " + described(target),
        hint);
    return Special.UNKNOWN;
  }

  Type indexedRecord(Expr.Index index, RecordType record) {
    String hint =
        index.key() instanceof Expr.Literal literal && literal.value() instanceof TextValue text
            ? "write `." + text.value() + "`"
            : "name the field, as in `.name`";
    report(
        DiagnosticCode.EXPR_TYPE,
        index.span(),
        "expected a list or map before `[`, found a record of type " + record.name(),
        hint);
    return Special.UNKNOWN;
  }

  Type notIndexable(Expr.Index index, TypedExpr target) {
    report(
        DiagnosticCode.EXPR_TYPE,
        index.span(),
        "expected a list or map before `[`, found " + described(target),
        null);
    return Special.UNKNOWN;
  }

  void comparison(TypedExpr left, TypedExpr right, Span operator, boolean equality, String symbol) {
    Type a = left.type().nonNull();
    Type b = right.type().nonNull();
    if (a == Special.UNKNOWN || b == Special.UNKNOWN) {
      return;
    }
    boolean json = a == Special.ANY || b == Special.ANY;
    if (!equality && !json) {
      ordering(left, right, operator, symbol);
    } else if (!Assignment.isComparable(a, b)) {
      incomparable(left, right, symbol);
    }
  }

  private void ordering(TypedExpr left, TypedExpr right, Span operator, String symbol) {
    boolean ordered = Assignment.isOrdered(left.type()) && Assignment.isOrdered(right.type());
    boolean alike = Assignment.join(left.type().nonNull(), right.type().nonNull()).isPresent();
    if (ordered && alike) {
      return;
    }
    boolean texts = Assignment.isText(left.type()) && Assignment.isText(right.type());
    if (alike || left.type() == Special.NULL || right.type() == Special.NULL) {
      report(
          DiagnosticCode.EXPR_TYPE,
          operator,
          "expected numbers, quantities or instants around `%s`, found %s and %s"
              .formatted(symbol, described(left), described(right)),
          texts ? "texts have no order here" : null);
      return;
    }
    incomparable(left, right, symbol);
  }

  private void incomparable(TypedExpr left, TypedExpr right, String symbol) {
    if (left.type() == Special.ANY || right.type() == Special.ANY) {
      boolean first = left.type() == Special.ANY;
      TypedExpr any = first ? left : right;
      TypedExpr other = first ? right : left;
      report(
          DiagnosticCode.EXPR_TYPE,
          any.syntax().span(),
          "expected a value of a known type beside `" + symbol + "`, found " + described(any),
          conversion(other.type()));
      return;
    }
    boolean swap = isLiteral(left) && !isLiteral(right);
    TypedExpr odd = swap ? left : right;
    TypedExpr standard = swap ? right : left;
    if (words(odd, standard.type())) {
      return;
    }
    Optional<Literal> literal = rewritten(odd, standard.type().nonNull());
    report(
        DiagnosticCode.EXPR_TYPE,
        odd.syntax().span(),
        "expected a value of type "
            + name(standard.type().nonNull())
            + " to compare with `"
            + ExprPrinter.print(standard.syntax())
            + "`, found "
            + described(odd),
        literal.map(Literal::hint).orElse(null),
        literal.map(l -> l.fix(odd)).orElse(null));
  }

  private static boolean isLiteral(TypedExpr typed) {
    return typed instanceof TypedExpr.Literal;
  }

  /** A word that an enum does not have; whether it was that. */
  private boolean words(TypedExpr odd, Type standard) {
    if (!(odd.type().nonNull() instanceof EnumType some)
        || !(standard.nonNull() instanceof EnumType all)) {
      return false;
    }
    if (odd instanceof TypedExpr.Literal literal && literal.value() instanceof TextValue word) {
      word(literal.syntax(), word.value(), all);
      return true;
    }
    report(
        DiagnosticCode.EXPR_TYPE,
        odd.syntax().span(),
        "expected one of %s, found one of %s, which are never the same"
            .formatted(choices(all), choices(some)),
        null);
    return true;
  }

  /** The words in quotes; of very many the first few. */
  private static String choices(EnumType all) {
    int size = all.words().size();
    return size <= MANY
        ? "`" + String.join("`, `", all.words()) + "`"
        : "`"
            + String.join("`, `", all.words().subList(0, FEW))
            + "` and "
            + (size - FEW)
            + " more";
  }

  private void word(Expr syntax, String word, EnumType all) {
    Fix fix =
        Suggestions.nearest(word, all.words())
            .map(
                near ->
                    new Fix(
                        "Write `\"" + near + "\"`", syntax.span(), ExprPrinter.quoted(near), false))
            .orElse(null);
    report(
        DiagnosticCode.EXPR_TYPE,
        syntax.span(),
        "expected one of " + choices(all) + ", found `" + word + "`",
        Suggestions.nearest(word, all.words())
            .map(near -> "did you mean `" + near + "`?")
            .orElse(null),
        fix);
  }

  void member(TypedExpr element, TypedExpr collection, Type type) {
    Type elementType = element.type().nonNull();
    if (elementType == Special.UNKNOWN
        || type == Special.UNKNOWN
        || type.nonNull() == Special.UNKNOWN) {
      return;
    }
    if (elementType instanceof EnumType all && collection instanceof TypedExpr.ListOf list) {
      for (TypedExpr item : list.items()) {
        if (item instanceof TypedExpr.Literal literal
            && literal.value() instanceof TextValue word
            && !all.words().contains(word.value())
            && !isLiteral(element)) {
          word(item.syntax(), word.value(), all);
        }
      }
    } else if (!Assignment.isComparable(elementType, type)) {
      if (element.type() == Special.ANY || !words(element, type)) {
        Optional<Literal> literal = rewritten(element, type.nonNull());
        report(
            DiagnosticCode.EXPR_TYPE,
            element.syntax().span(),
            "expected a value of type "
                + name(type.nonNull())
                + " to look for in `"
                + ExprPrinter.print(collection.syntax())
                + "`, found "
                + described(element),
            element.type() == Special.ANY
                ? conversion(type)
                : literal.map(Literal::hint).orElse(null),
            literal.map(l -> l.fix(element)).orElse(null));
      }
    }
  }

  void noCollection(TypedExpr collection) {
    report(
        DiagnosticCode.EXPR_TYPE,
        collection.syntax().span(),
        "expected a list, map or text to look into, found " + described(collection),
        collection.type() == Special.ANY ? conversion(Scalar.STRING) : null);
  }

  void arithmetic(Expr.Arithmetic arithmetic, TypedExpr left, TypedExpr right) {
    String symbol = arithmetic.operator().symbol();
    Type a = left.type().nonNull();
    Type b = right.type().nonNull();
    String hint = null;
    Fix fix = null;
    if (Assignment.isText(a) || Assignment.isText(b)) {
      hint = "texts are put together with `join([a, b], \"\")` or in a template";
    } else if (a == Special.ANY || b == Special.ANY) {
      hint = conversion(a == Special.ANY ? b : a);
    } else {
      boolean swap = isLiteral(left) && !isLiteral(right);
      Type wanted = swap ? b : a;
      Optional<Literal> literal =
          rewritten(swap ? left : right, wanted == Scalar.INSTANT ? Scalar.DURATION : wanted);
      hint = literal.map(Literal::hint).orElse(null);
      fix = literal.map(l -> l.fix(swap ? left : right)).orElse(null);
    }
    report(
        DiagnosticCode.EXPR_TYPE,
        arithmetic.operatorSpan(),
        "expected operands that `%s` is defined on, found %s and %s"
            .formatted(symbol, described(left), described(right)),
        hint,
        fix);
  }

  void unknownFunction(Expr.Call call) {
    Fix fix =
        Suggestions.nearest(call.function(), Functions.names())
            .map(near -> new Fix("Write `" + near + "`", call.nameSpan(), near, false))
            .orElse(null);
    report(
        DiagnosticCode.EXPR_UNKNOWN_FUNCTION,
        call.nameSpan(),
        "expected a function of the library, found `" + call.function() + "`",
        ForeignWords.hint(call.function())
            .or(
                () ->
                    Suggestions.nearest(call.function(), Functions.names())
                        .map(near -> "did you mean `" + near + "`?"))
            .orElse("only the functions of the library can be called"),
        fix);
  }

  void wrongCount(Expr.Call call, List<Function> overloads) {
    int found = call.arguments().size();
    List<String> forms = new ArrayList<>();
    overloads.forEach(function -> forms.add("`" + signature(function) + "`"));
    report(
        DiagnosticCode.EXPR_ARGUMENTS,
        call.span(),
        "expected %s, found %d argument%s"
            .formatted(String.join(" or ", forms), found, found == 1 ? "" : "s"),
        overloads.get(0).doc());
  }

  /**
   * A function as the reference writes it: {@code take(list, number)}, optional ones with a
   * question mark.
   */
  static String signature(Function function) {
    List<String> names = new ArrayList<>();
    function.parameters().forEach(p -> names.add(p.name() + (p.optional() ? "?" : "")));
    return function.name()
        + "("
        + String.join(", ", names)
        + (function.variadic() ? ", ..." : "")
        + ")";
  }

  void argument(Function function, List<TypedExpr> arguments, Arguments.Misfit misfit) {
    TypedExpr argument = arguments.get(misfit.argument());
    String hint =
        argument.type() == Special.ANY
            ? "convert it with `number(x)`, `text(x)` or `time(x)`"
            : function.doc();
    report(
        DiagnosticCode.EXPR_ARGUMENTS,
        argument.syntax().span(),
        "expected %s in `%s`, found %s"
            .formatted(misfit.expected(), signature(function), described(argument)),
        hint);
  }

  private static String conversion(Type wanted) {
    Type type = wanted.nonNull();
    if (Assignment.isNumber(type)) {
      return "JSON has no type here; convert it with `number(x)`";
    }
    if (type == Scalar.INSTANT) {
      return "JSON has no type here; convert it with `time(x)`";
    }
    return "JSON has no type here; convert it with `text(x)`, `number(x)` or `time(x)`";
  }

  /** How a literal would be written in the wanted type. */
  private record Literal(String replacement, boolean exact) {
    String hint() {
      return exact ? "write `" + replacement + "`" : "say the unit, as in `" + replacement + "`";
    }

    @Nullable Fix fix(TypedExpr found) {
      return exact
          ? new Fix("Write `" + replacement + "`", found.syntax().span(), replacement, false)
          : null;
    }
  }

  private static Optional<Literal> rewritten(TypedExpr found, Type wanted) {
    if (!(found instanceof TypedExpr.Literal literal) || !(wanted instanceof Scalar scalar)) {
      return Optional.empty();
    }
    if (literal.value() instanceof TextValue text) {
      return unquoted(text.value(), scalar);
    }
    if (!(literal.value() instanceof NumberValue number)) {
      return Optional.empty();
    }
    String digits = Quantities.number(number.value());
    return switch (scalar) {
      case PERCENT -> Optional.of(new Literal(digits + "%", true));
      case DURATION -> Optional.of(new Literal(digits + "s", false));
      case SIZE -> Optional.of(new Literal(digits + "Mi", false));
      case STRING -> Optional.of(new Literal("\"" + digits + "\"", true));
      case NUMBER, INTEGER, BOOLEAN, INSTANT, REGEX, PATH, DOMAIN -> Optional.empty();
    };
  }

  private static Optional<Literal> unquoted(String text, Scalar wanted) {
    return switch (LiteralCoercion.coerce(Value.of(text), wanted)) {
      case LiteralCoercion.Fits fits
          when Assignment.isOrdered(wanted) && wanted != Scalar.INSTANT ->
          Optional.of(new Literal(text, true));
      default -> Optional.empty();
    };
  }
}
