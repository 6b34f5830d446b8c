package io.byteport.dsl.expr;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;
import io.byteport.dsl.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expressions that are a file of their own. */
final class Sources {
  private Sources() {}

  static SourceFile file(String text) {
    return new SourceFile("expression", text);
  }

  static SourceMap map(String text) {
    return SourceMap.straight(0, text.codePointCount(0, text.length()));
  }

  static Checked<Expr> parse(String text) {
    return ExprParser.parse(file(text), text, map(text));
  }

  static Expr read(String text) {
    Checked<Expr> parsed = parse(text);
    if (parsed.hasErrors()) {
      throw new AssertionError(text + ": " + parsed.diagnostics().get(0).message());
    }
    return parsed.value().orElseThrow();
  }

  static Checked<TypedExpr> check(String text, Scope scope, @Nullable Type expected) {
    return TypeChecker.check(file(text), read(text), scope, expected);
  }

  /** A finding with the text that it points at: {@code EXPR_TYPE [80] expected ...}. */
  static String described(Diagnostic diagnostic) {
    return diagnostic.code()
        + " ["
        + diagnostic.file().text(diagnostic.span())
        + "] "
        + diagnostic.message();
  }

  static List<String> described(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(Sources::described).toList();
  }
}
