package io.byteport.lsp.structure;

import io.byteport.dsl.edit.Document;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What holds a place of a text. For one request; used by one thread. */
public final class Holders {
  private final SourceFile text;
  private final Document document;

  public Holders(SourceFile text) {
    this.text = text;
    this.document = Document.of(text);
  }

  /** From the narrowest, the word, to the whole text; each lies within the next and is less. */
  public List<Span> of(int offset) {
    List<Span> all = new ArrayList<>();
    all.add(new Span(0, text.length()));
    all.add(word(offset));
    document.root().ifPresent(root -> node(root, offset, all));
    document.expressions().forEach(expr -> expression(expr, offset, all));
    List<Span> holding =
        all.stream()
            .filter(span -> holds(span, offset))
            .distinct()
            .sorted(Comparator.comparingInt(Span::length))
            .toList();
    List<Span> nested = new ArrayList<>();
    for (Span span : holding) {
      if (nested.isEmpty() || within(nested.getLast(), span)) {
        nested.add(span);
      }
    }
    return nested;
  }

  private static boolean holds(Span span, int offset) {
    return span.start() <= offset && offset <= span.end();
  }

  private static boolean within(Span inner, Span outer) {
    return outer.start() <= inner.start()
        && inner.end() <= outer.end()
        && outer.length() > inner.length();
  }

  private Span word(int offset) {
    int start = Math.min(offset, text.length());
    int end = start;
    while (start > 0 && isWord(text.codePoint(start - 1))) {
      start--;
    }
    while (isWord(text.codePoint(end))) {
      end++;
    }
    return new Span(start, end);
  }

  private static boolean isWord(int c) {
    return c == '_' || (c >= 0 && Character.isLetterOrDigit(c));
  }

  private static void expression(Expr expr, int offset, List<Span> all) {
    if (holds(expr.span(), offset)) {
      all.add(expr.span());
      expr.children().forEach(child -> expression(child, offset, all));
    }
  }

  private void node(YamlNode node, int offset, List<Span> all) {
    if (!holds(node.span(), offset)) {
      return;
    }
    all.add(trimmed(node.span()));
    switch (node) {
      case YamlScalar scalar -> {
        if (scalar.map().length() > 0) {
          all.add(scalar.map().span(0, scalar.map().length()));
        }
      }
      case YamlSequence list -> list.items().forEach(item -> node(item, offset, all));
      case YamlMapping map -> {
        for (Entry entry : map.entries()) {
          node(entry.key(), offset, all);
          if (entry.value().span().start() >= entry.key().span().end()) {
            all.add(trimmed(entry.key().span().to(entry.value().span())));
            node(entry.value(), offset, all);
          }
        }
      }
    }
  }

  /** Without the line breaks after it. */
  private Span trimmed(Span span) {
    int end = span.end();
    while (end > span.start() && Character.isWhitespace(text.codePoint(end - 1))) {
      end--;
    }
    return new Span(span.start(), end);
  }
}
