package io.byteport.lsp.structure;

import io.byteport.dsl.check.LanguageTypes;
import io.byteport.dsl.edit.Document;
import io.byteport.dsl.edit.Occurrence;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.lsp4j.SemanticTokenModifiers;
import org.eclipse.lsp4j.SemanticTokenTypes;

/**
 * The words of a text that mean something: names wherever they stand, and all of an expression. For
 * one request; used by one thread.
 */
public final class Words {
  /** What a word can be, in the order of the numbers that the protocol sends. */
  public static final List<String> TYPES =
      List.of(
          SemanticTokenTypes.Namespace,
          SemanticTokenTypes.Class,
          SemanticTokenTypes.EnumMember,
          SemanticTokenTypes.Parameter,
          SemanticTokenTypes.Variable,
          SemanticTokenTypes.Property,
          SemanticTokenTypes.Event,
          SemanticTokenTypes.Function,
          SemanticTokenTypes.Method,
          SemanticTokenTypes.Decorator,
          SemanticTokenTypes.Keyword,
          SemanticTokenTypes.String,
          SemanticTokenTypes.Number,
          SemanticTokenTypes.Regexp,
          SemanticTokenTypes.Operator);

  public static final List<String> MODIFIERS =
      List.of(SemanticTokenModifiers.Declaration, SemanticTokenModifiers.DefaultLibrary);

  private static final int DECLARES = 1;
  private static final int LANGUAGE = 2;

  private final SourceFile text;
  private final TreeMap<Integer, Word> words = new TreeMap<>();

  /**
   * @param modifiers as bits, in the order of {@link #MODIFIERS}
   */
  public record Word(Span span, String type, int modifiers) {}

  public Words(SourceFile text) {
    this.text = text;
  }

  /** In the order of the text; none overlaps another, none goes over the end of its line. */
  public Collection<Word> all() {
    Document document = Document.of(text);
    for (Occurrence one : document.symbols().occurrences()) {
      add(one.span(), type(one), one.declares() ? DECLARES : 0);
    }
    document.expressions().forEach(this::expression);
    List<Word> apart = new ArrayList<>();
    int end = 0;
    for (Map.Entry<Integer, Word> word : words.entrySet()) {
      if (word.getKey() >= end) {
        apart.addAll(lines(word.getValue()));
        end = word.getValue().span().end();
      }
    }
    return apart;
  }

  private void add(Span span, String type, int modifiers) {
    if (span.length() > 0) {
      words.putIfAbsent(span.start(), new Word(span, type, modifiers));
    }
  }

  private static String type(Occurrence one) {
    return switch (one.kind()) {
      case RUNBOOK, LIBRARY, LENT -> SemanticTokenTypes.Namespace;
      case CLASS, GUARDED -> SemanticTokenTypes.Class;
      case PARAMETER, INPUT, ARGUMENT, COLUMN -> SemanticTokenTypes.Parameter;
      case FACT, LOCAL, FIXTURE -> SemanticTokenTypes.Variable;
      case SIGNAL, SOURCE -> SemanticTokenTypes.Event;
      case BLOCK, ACTION -> SemanticTokenTypes.Function;
      case STEP -> SemanticTokenTypes.Method;
      case GUARDRAIL, EXPECTATION, LOCK, COUNTER, LIMIT, WINDOW -> SemanticTokenTypes.Decorator;
      case CONNECTION, CHANNEL, PERSON -> SemanticTokenTypes.Variable;
      case RECORDED -> SemanticTokenTypes.EnumMember;
    };
  }

  private void expression(Expr expr) {
    switch (expr) {
      case Expr.Literal literal -> add(literal.span(), literal(literal.value()), 0);
      case Expr.Name name ->
          add(
              name.span(),
              SemanticTokenTypes.Variable,
              LanguageTypes.NAMES.contains(name.name()) ? LANGUAGE : 0);
      case Expr.Element element -> add(element.span(), SemanticTokenTypes.Keyword, 0);
      case Expr.Field field -> add(field.nameSpan(), SemanticTokenTypes.Property, 0);
      case Expr.Call call -> add(call.nameSpan(), SemanticTokenTypes.Function, LANGUAGE);
      case Expr.Not not ->
          add(
              new Span(not.span().start(), not.span().start() + notLength(not)),
              SemanticTokenTypes.Keyword,
              0);
      case Expr.Negate negate ->
          add(
              new Span(negate.span().start(), negate.span().start() + 1),
              SemanticTokenTypes.Operator,
              0);
      case Expr.Logical logical -> operator(logical.operatorSpan());
      case Expr.Comparison comparison -> operator(comparison.operatorSpan());
      case Expr.Arithmetic arithmetic -> operator(arithmetic.operatorSpan());
      case Expr.Membership member -> operator(member.operatorSpan());
      case Expr.Match match -> {
        operator(match.operatorSpan());
        if (match.pattern() instanceof Expr.Literal pattern) {
          add(pattern.span(), SemanticTokenTypes.Regexp, 0);
        }
      }
      case Expr.ListLiteral list -> {}
      case Expr.Index index -> {}
      case Expr.Invalid invalid -> {}
    }
    expr.children().forEach(this::expression);
  }

  private int notLength(Expr.Not not) {
    return text.codePoint(not.span().start()) == '!' ? 1 : "not".length();
  }

  private void operator(Span span) {
    boolean word = Character.isLetter(text.codePoint(span.start()));
    add(span, word ? SemanticTokenTypes.Keyword : SemanticTokenTypes.Operator, 0);
  }

  private static String literal(Value value) {
    return switch (value) {
      case Value.TextValue word -> SemanticTokenTypes.String;
      case Value.BooleanValue flag -> SemanticTokenTypes.Keyword;
      case Value.NullValue nothing -> SemanticTokenTypes.Keyword;
      case Value.NumberValue number -> SemanticTokenTypes.Number;
      case Value.DurationValue duration -> SemanticTokenTypes.Number;
      case Value.SizeValue size -> SemanticTokenTypes.Number;
      case Value.PercentValue percent -> SemanticTokenTypes.Number;
      case Value.InstantValue instant -> SemanticTokenTypes.Number;
      case Value.ListValue list -> SemanticTokenTypes.Number;
      case Value.StructValue struct -> SemanticTokenTypes.Number;
    };
  }

  /** A text that goes on in the next line is as many words as it has lines. */
  private List<Word> lines(Word word) {
    int first = text.position(word.span().start()).line();
    int last = text.position(word.span().end()).line();
    if (first == last) {
      return List.of(word);
    }
    List<Word> parts = new ArrayList<>();
    for (int line = first; line <= last; line++) {
      Span whole = text.lineSpan(line);
      int start = Math.max(whole.start(), word.span().start());
      int end = Math.min(whole.end(), word.span().end());
      while (start < end && Character.isWhitespace(text.codePoint(start))) {
        start++;
      }
      if (start < end) {
        parts.add(new Word(new Span(start, end), word.type(), word.modifiers()));
      }
    }
    return parts;
  }
}
