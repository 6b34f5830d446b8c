package io.byteport.dsl.ignore;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.Comment;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a comment reaches. One on a line of its own is about the entry or list item that comes
 * next, with all that is in it; one at the end of a line is about that line, and about the scalar
 * that begins or ends on it.
 */
final class Reach {
  private static final Comparator<Span> FIRST_AND_LONGEST =
      Comparator.comparingInt(Span::start).thenComparing(Span::end, Comparator.reverseOrder());

  private final SourceFile file;
  private final List<Span> members = new ArrayList<>();
  private final Map<Integer, List<Span>> scalarsOfLine = new HashMap<>();

  Reach(SourceFile file, YamlNode root) {
    this.file = file;
    collect(root);
    members.sort(FIRST_AND_LONGEST);
  }

  private void collect(YamlNode node) {
    switch (node) {
      case YamlMapping mapping -> {
        for (Entry entry : mapping.entries()) {
          Span key = entry.key().span();
          add(key, entry.value(), key.start());
        }
      }
      case YamlSequence sequence -> {
        int from = sequence.span().start();
        for (YamlNode item : sequence.items()) {
          add(item.span(), item, from);
          from = Math.max(from, item.span().end());
        }
      }
      case YamlScalar scalar -> {
        return;
      }
    }
  }

  /** An alias has its value elsewhere, where it is met anyway. */
  private void add(Span head, YamlNode value, int from) {
    if (value.span().start() < from) {
      if (head.start() >= from) {
        members.add(head);
      }
      return;
    }
    Span member = head.to(value.span());
    members.add(member);
    if (value instanceof YamlScalar) {
      int first = line(member.start());
      int last = line(member.end());
      scalarsOfLine.computeIfAbsent(first, line -> new ArrayList<>()).add(member);
      if (last != first) {
        scalarsOfLine.computeIfAbsent(last, line -> new ArrayList<>()).add(member);
      }
    }
    collect(value);
  }

  /** The part of the text that a comment is about; empty, behind it, where nothing follows. */
  Span of(Comment comment) {
    return comment.alone() ? next(comment.span().end()) : lineOf(comment.span().start());
  }

  private Span next(int after) {
    int found =
        Collections.binarySearch(members, new Span(after, Integer.MAX_VALUE), FIRST_AND_LONGEST);
    int index = found >= 0 ? found : -found - 1;
    return index < members.size() ? members.get(index) : new Span(after, after);
  }

  private Span lineOf(int hash) {
    Span reach = new Span(hash - file.position(hash).column(), hash);
    for (Span scalar : scalarsOfLine.getOrDefault(line(hash), List.of())) {
      reach = reach.to(scalar);
    }
    return reach;
  }

  private int line(int offset) {
    return file.position(offset).line();
  }
}
