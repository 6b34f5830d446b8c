package io.byteport.lsp.assist;

import org.eclipse.lsp4j.CompletionItemKind;

/**
 * One thing that may be written at a place.
 *
 * @param label what a list of them shows
 * @param kind what it is, for the icon
 * @param detail a few words beside the label
 * @param doc Markdown
 * @param text what is put in; a snippet where it has something to fill in
 * @param snippet whether the text is one
 * @param rank the lower the earlier
 * @param commits characters that put it in and go on
 * @param deprecated whether it is on its way out
 */
record Offer(
    String label,
    CompletionItemKind kind,
    String detail,
    String doc,
    String text,
    boolean snippet,
    int rank,
    String commits,
    boolean deprecated) {
  /** Expected at the place. */
  static final int EXPECTED = 1;

  static final int NEAR = 3;
  static final int USUAL = 5;
  static final int FAR = 7;
  static final int LAST = 9;

  static Offer of(String label, CompletionItemKind kind) {
    return new Offer(label, kind, "", "", label, false, USUAL, "", false);
  }

  Offer detail(String words) {
    return new Offer(label, kind, words, doc, text, snippet, rank, commits, deprecated);
  }

  Offer doc(String markdown) {
    return new Offer(label, kind, detail, markdown, text, snippet, rank, commits, deprecated);
  }

  Offer text(String other) {
    return new Offer(label, kind, detail, doc, other, false, rank, commits, deprecated);
  }

  Offer snippet(String other) {
    return new Offer(label, kind, detail, doc, other, true, rank, commits, deprecated);
  }

  Offer rank(int other) {
    return new Offer(label, kind, detail, doc, text, snippet, other, commits, deprecated);
  }

  Offer commits(String characters) {
    return new Offer(label, kind, detail, doc, text, snippet, rank, characters, deprecated);
  }

  Offer deprecated(boolean yes) {
    return new Offer(label, kind, detail, doc, text, snippet, yes ? LAST : rank, commits, yes);
  }
}
