package io.byteport.cli.console;

import static j2html.TagCreator.code;
import static j2html.TagCreator.each;
import static j2html.TagCreator.li;
import static j2html.TagCreator.small;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import io.byteport.cli.story.TermLine;
import j2html.tags.DomContent;
import java.util.List;

/** A condition's tree as nested lists. */
final class TreeHtml {
  private TreeHtml() {}

  static DomContent of(TermLine line) {
    return ul(item(line)).withClass("tree");
  }

  private static DomContent item(TermLine line) {
    var item =
        li(
            Parts.mark(line.verdict()),
            text(" "),
            code(Safe.text(line.text())),
            line.detail().isEmpty()
                ? text("")
                : Parts.all(text(" "), small(Safe.text(line.detail()))),
            below(line.below()));
    return line.idle() ? item.withClass("idle") : item;
  }

  private static DomContent below(List<TermLine> lines) {
    return lines.isEmpty() ? text("") : ul(each(lines, TreeHtml::item));
  }
}
