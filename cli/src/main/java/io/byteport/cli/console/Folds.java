package io.byteport.cli.console;

import static j2html.TagCreator.details;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.summary;

import io.byteport.cli.story.Brief;
import io.byteport.cli.story.TermReader;
import io.byteport.dsl.value.Value;
import io.byteport.engine.run.Term;
import j2html.tags.DomContent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be unfolded in a story: long values and the trees of conditions. There is room for so
 * much of them; what comes after is told in a line, and stands in the journal.
 */
final class Folds {
  private static final int VALUE = 240;
  private static final int LONG_VALUE = 2_000;

  /** Characters of long values. */
  private static final int ROOM = 16_000;

  /** Characters of trees, with their tags. */
  private static final int TREES = 32_000;

  private final Set<String> unread = new HashSet<>();
  private final Map<String, String> told = new HashMap<>();
  private TermReader trees = new TermReader(Integer.MAX_VALUE, Set.of());
  private int room = ROOM;
  private int treeRoom = TREES;

  /** A fact of which was said why it could not be read. */
  void unread(String fact) {
    unread.add(fact);
  }

  /** From now on computed facts are opened again. */
  void anew() {
    trees = new TermReader(Integer.MAX_VALUE, unread);
  }

  /** A short value, or the beginning of a long one that can be unfolded. */
  DomContent value(DomContent name, Value value) {
    String brief = Brief.of(value, VALUE);
    if (!brief.endsWith("…") && !brief.contains(" items") && !brief.endsWith(" characters)")) {
      return Parts.all(name, Safe.text(brief));
    }
    String whole = ValueText.of(value, LONG_VALUE);
    if (whole.length() > room) {
      return Parts.all(name, Safe.text(brief));
    }
    room -= whole.length();
    return details(summary(name, Safe.text(brief)), pre(Safe.text(whole)));
  }

  /** Whether the same was said of something the last time. */
  boolean isAsBefore(String what, String said) {
    return said.equals(told.put(what, said));
  }

  /**
   * A verdict that can be unfolded to the tree of its condition.
   *
   * @param text in place of the tree, in journals of old versions
   */
  DomContent judged(DomContent head, @Nullable Term term, String text, boolean open) {
    if (term == null && text.isEmpty()) {
      return head;
    }
    DomContent tree = term == null ? pre(Safe.text(text)) : TreeHtml.of(trees.read(term));
    int size = tree.render().length();
    if (size > treeRoom) {
      return head;
    }
    treeRoom -= size;
    var folded = details(summary(head), tree);
    return open ? folded.attr("open") : folded;
  }
}
