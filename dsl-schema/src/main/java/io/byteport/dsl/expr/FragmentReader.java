package io.byteport.dsl.expr;

import io.byteport.dsl.expr.Fragment.Call;
import io.byteport.dsl.expr.Fragment.Compared;
import io.byteport.dsl.expr.Fragment.Kind;
import io.byteport.dsl.source.CodePoints;
import io.byteport.dsl.source.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at the words of an expression before a place. Used once, by one thread. */
final class FragmentReader {
  private static final Set<String> COMPARING =
      Set.of("==", "!=", "<", "<=", ">", ">=", "in", "contains", "~=");
  private static final Set<String> WORDS = Set.of("and", "or", "not", "in", "contains");

  private final String text;
  private final int[] points;
  private final int offset;

  /** The words that end before what is typed at the place. */
  private final List<Token> tokens = new ArrayList<>();

  private int start;
  private int end;
  private @Nullable Token openText;
  private @Nullable Token number;

  FragmentReader(String text, int offset) {
    this.text = text;
    this.points = CodePoints.of(text);
    this.offset = Math.max(0, Math.min(offset, points.length));
    this.start = this.offset;
    this.end = this.offset;
  }

  Fragment read() {
    split();
    return openText != null ? inText(openText) : number != null ? inNumber(number) : word();
  }

  /** The words up to the place; what cannot be read is passed over. */
  private void split() {
    int from = 0;
    while (from < offset) {
      String rest = new String(points, from, offset - from);
      int next = offset;
      for (Token token : Lexer.tokens(rest)) {
        Token here = moved(token, from);
        if (token.kind() == Token.Kind.PROBLEM) {
          boolean quote = isQuote(points[here.start()]);
          boolean open = quote && (here.end() >= offset || !closes(here.start()));
          if (open) {
            openText = here;
          } else if (here.end() == offset && isDigit(points[here.start()])) {
            number = here;
          } else {
            next = quote ? afterQuote(here.start()) : Math.max(here.end(), here.start() + 1);
            tokens.add(unread(here, next));
          }
        } else if (token.kind() == Token.Kind.LITERAL
            && here.end() == offset
            && isDigit(points[here.start()])) {
          number = here;
        } else if (token.kind() != Token.Kind.END) {
          tokens.add(here);
        }
      }
      from = next;
    }
  }

  private static Token moved(Token token, int by) {
    return new Token(
        token.kind(),
        token.text(),
        token.value(),
        token.problem(),
        token.start() + by,
        token.end() + by);
  }

  /** Something of which only its place is known stands for a value. */
  private static Token unread(Token token, int end) {
    return new Token(Token.Kind.LITERAL, token.text(), null, null, token.start(), end);
  }

  private static boolean isQuote(int c) {
    return c == '"' || c == '\'';
  }

  private boolean closes(int quote) {
    return afterQuote(quote) <= offset;
  }

  /** The offset after the quote that closes a text; past the place where none does. */
  private int afterQuote(int quote) {
    for (int i = quote + 1; i < points.length; i++) {
      if (points[i] == '\\') {
        i++;
      } else if (points[i] == points[quote]) {
        return i + 1;
      }
    }
    return points.length + 1;
  }

  private Fragment inText(Token open) {
    start = open.start() + 1;
    int close = afterQuote(open.start()) - 1;
    end = close > points.length - 1 ? offset : Math.max(offset, close);
    Token before = last(0);
    if (before != null && before.is("[") && isIndex(tokens.size() - 1)) {
      return fragment(Kind.KEY, operand(tokens.size() - 2), null);
    }
    return fragment(Kind.TEXT, null, compared());
  }

  private Fragment inNumber(Token digits) {
    start = digits.start();
    while (end < points.length && isNamePart(points[end])) {
      end++;
    }
    return fragment(Kind.UNIT, null, compared());
  }

  private Fragment word() {
    Token typed = last(0);
    if (typed != null && typed.kind() == Token.Kind.NAME && typed.end() == offset) {
      start = typed.start();
      tokens.removeLast();
    } else if (typed != null && typed.is("$") && typed.end() == offset) {
      start = typed.start();
      tokens.removeLast();
    }
    while (end < points.length && isNamePart(points[end])) {
      end++;
    }
    Token before = last(0);
    if (before != null && before.is(".")) {
      return fragment(Kind.FIELD, operand(tokens.size() - 2), null);
    }
    if (before != null && endsOperand(before)) {
      return fragment(Kind.OPERATOR, null, null);
    }
    return fragment(Kind.OPERAND, null, compared());
  }

  private Fragment fragment(Kind kind, @Nullable Span receiver, @Nullable Compared compared) {
    return new Fragment(text, kind, new Span(start, end), calls(), receiver, compared);
  }

  private @Nullable Token last(int back) {
    int index = tokens.size() - 1 - back;
    return index < 0 ? null : tokens.get(index);
  }

  private static boolean endsOperand(Token token) {
    return switch (token.kind()) {
      case NAME -> !WORDS.contains(token.text());
      case LITERAL -> true;
      case SYMBOL -> token.is(")") || token.is("]") || token.is("$");
      case PROBLEM, END -> false;
    };
  }

  private boolean isIndex(int bracket) {
    return bracket > 0 && endsOperand(tokens.get(bracket - 1));
  }

  /** The other side of a comparison whose side the place is. */
  private @Nullable Compared compared() {
    int at = tokens.size() - 1;
    int list = openList();
    if (list > 0 && tokens.get(list - 1).isName("in")) {
      at = list - 1;
    }
    if (at < 1 || !COMPARING.contains(tokens.get(at).text())) {
      return null;
    }
    Span operand = operand(at - 1);
    while (operand != null && calculated(operand.start()) > 0) {
      Span before = operand(calculated(operand.start()) - 1);
      operand = before == null ? null : before.to(operand);
    }
    return operand == null ? null : new Compared(tokens.get(at).text(), operand);
  }

  /** The sign right before an operand that calculates with it; -1 where there is none. */
  private int calculated(int start) {
    for (int i = tokens.size() - 1; i > 0; i--) {
      if (tokens.get(i).start() == start) {
        return "+-*/".contains(tokens.get(i - 1).text()) && !tokens.get(i - 1).text().isEmpty()
            ? i - 1
            : -1;
      }
    }
    return -1;
  }

  /** The bracket of the list literal whose item the place is; -1 where it is none. */
  private int openList() {
    int depth = 0;
    for (int i = tokens.size() - 1; i >= 0; i--) {
      Token token = tokens.get(i);
      if (token.is(")") || token.is("]")) {
        depth++;
      } else if (token.is("(") || token.is("[")) {
        if (depth == 0) {
          boolean item = i == tokens.size() - 1 || tokens.getLast().is(",");
          return token.is("[") && !isIndex(i) && item ? i : -1;
        }
        depth--;
      }
    }
    return -1;
  }

  /** The operand that ends with a word: a name with its fields, a call, something in brackets. */
  private @Nullable Span operand(int last) {
    int at = last;
    while (at >= 0 && endsOperand(tokens.get(at))) {
      int first = tokens.get(at).is(")") || tokens.get(at).is("]") ? opening(at) : at;
      if (first < 0) {
        return null;
      }
      boolean follows = first > 0 && endsOperand(tokens.get(first - 1));
      if (first < at && follows) {
        boolean call = tokens.get(first).is("(");
        at = first - 1;
        if (!call) {
          continue; // an entry of what stands before
        }
        first = at;
      }
      if (first > 1 && tokens.get(first - 1).is(".")) {
        at = first - 2;
        continue;
      }
      return new Span(tokens.get(first).start(), tokens.get(last).end());
    }
    return null;
  }

  private int opening(int closing) {
    int depth = 0;
    for (int i = closing; i >= 0; i--) {
      Token token = tokens.get(i);
      if (token.is(")") || token.is("]")) {
        depth++;
      } else if (token.is("(") || token.is("[")) {
        depth--;
        if (depth == 0) {
          return i;
        }
      }
    }
    return -1;
  }

  private List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    int argument = 0;
    int firstEnd = -1;
    int depth = 0;
    for (int i = tokens.size() - 1; i >= 0; i--) {
      Token token = tokens.get(i);
      if (token.is(")") || token.is("]")) {
        depth++;
      } else if (token.is(",") && depth == 0) {
        argument++;
        firstEnd = token.start();
      } else if (token.is("(") || token.is("[")) {
        if (depth > 0) {
          depth--;
          continue;
        }
        if (token.is("(") && i > 0 && tokens.get(i - 1).kind() == Token.Kind.NAME) {
          Token name = tokens.get(i - 1);
          Span first =
              new Span(token.end(), Math.max(token.end(), firstEnd < 0 ? start : firstEnd));
          calls.add(new Call(name.text(), new Span(name.start(), name.end()), argument, first));
        }
        argument = 0;
        firstEnd = -1;
      }
    }
    Collections.reverse(calls);
    return calls;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNamePart(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || isDigit(c);
  }
}
