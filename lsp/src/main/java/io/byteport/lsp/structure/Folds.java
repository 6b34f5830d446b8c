package io.byteport.lsp.structure;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.Comment;
import io.byteport.dsl.yaml.CommentReader;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeKind;
import org.jspecify.annotations.Nullable;

/** What of a text can be folded: whatever takes more than a line. Used by one thread. */
public final class Folds {
  private final SourceFile text;
  private final Map<Integer, FoldingRange> byLine = new TreeMap<>();

  public Folds(SourceFile text) {
    this.text = text;
  }

  /** In the order of the text; one at most begins in a line, the largest. */
  public List<FoldingRange> of(YamlNode root) {
    node(root);
    comments();
    return List.copyOf(byLine.values());
  }

  private void node(YamlNode node) {
    switch (node) {
      case YamlScalar scalar -> {}
      case YamlSequence list -> {
        for (YamlNode item : list.items()) {
          if (item.span().start() >= list.span().start()) {
            fold(item.span().start(), item.span().end(), null);
            node(item);
          }
        }
      }
      case YamlMapping map -> map.entries().forEach(this::entry);
    }
  }

  private void entry(Entry entry) {
    Span value = entry.value().span();
    if (value.start() >= entry.key().span().end()) { // else it is an alias
      boolean includes = entry.key().text().equals("include");
      fold(entry.key().span().start(), value.end(), includes ? FoldingRangeKind.Imports : null);
      node(entry.value());
    }
  }

  private void comments() {
    int first = -1;
    int last = -2;
    for (Comment comment : CommentReader.read(text)) {
      int line = text.position(comment.span().start()).line();
      if (!comment.alone()) {
        continue;
      }
      if (line != last + 1) {
        comment(first, last);
        first = line;
      }
      last = line;
    }
    comment(first, last);
  }

  private void comment(int first, int last) {
    if (first >= 0 && last > first) {
      add(first, last, FoldingRangeKind.Comment);
    }
  }

  private void fold(int start, int end, @Nullable String kind) {
    int first = text.position(start).line();
    int last = text.position(end).line();
    while (last > first && text.line(last).isBlank()) {
      last--;
    }
    if (text.position(end).column() == 0 && last == text.position(end).line() && last > first) {
      last--; // a block ends where the next line begins
    }
    if (last > first) {
      add(first, last, kind);
    }
  }

  private void add(int first, int last, @Nullable String kind) {
    FoldingRange known = byLine.get(first);
    if (known == null || known.getEndLine() < last) {
      FoldingRange fold = new FoldingRange(first, last);
      fold.setKind(kind);
      byLine.put(first, fold);
    }
  }
}
