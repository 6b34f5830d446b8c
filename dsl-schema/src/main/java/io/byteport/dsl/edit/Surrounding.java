package io.byteport.dsl.edit;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The section of a document that holds a place. Sections are told by the keys that begin a line, so
 * that what is wrong elsewhere does no harm.
 *
 * @param text the whole
 * @param offset of the place in the whole
 * @param start of the section in the whole
 * @param section the section's text
 * @param line of the place, counted from the section's start
 */
record Surrounding(SourceFile text, int offset, int start, SourceFile section, int line) {
  /** From so many lines on it pays to leave some out. */
  private static final int LONG = 40;

  private static final Pattern HEADER =
      Pattern.compile("([A-Za-z_][\\w.-]*|\"[^\"]*\"|'[^']*')\\s*:(\\s.*)?");

  static Surrounding of(SourceFile text, int offset) {
    int own = text.position(offset).line();
    int first = own;
    while (first > 0 && !isHeader(text, first)) {
      first--;
    }
    int last = own + 1;
    while (last < text.lineCount() && !isHeader(text, last)) {
      last++;
    }
    int start = text.lineSpan(first).start();
    int end = last < text.lineCount() ? text.lineSpan(last).start() : text.length();
    return new Surrounding(
        text,
        offset,
        start,
        new SourceFile(text.name(), text.text(new Span(start, end))),
        own - first);
  }

  private static boolean isHeader(SourceFile text, int line) {
    int first = text.codePoint(text.lineSpan(line).start());
    return first > ' ' && first != '#' && first != '-' && HEADER.matcher(text.line(line)).matches();
  }

  /** The keys of the document. */
  Set<String> top() {
    Set<String> keys = new LinkedHashSet<>();
    for (int line = 0; line < text.lineCount(); line++) {
      if (isHeader(text, line)) {
        Matcher header = HEADER.matcher(text.line(line));
        if (header.matches() && line != text.position(offset).line()) {
          keys.add(unquoted(header.group(1)));
        }
      }
    }
    return keys;
  }

  private static String unquoted(String key) {
    boolean quoted = key.length() > 1 && (key.startsWith("\"") || key.startsWith("'"));
    return quoted ? key.substring(1, key.length() - 1) : key;
  }

  private Span lineSpan() {
    return section.lineSpan(line);
  }

  /** The line of the place up to it. */
  String before() {
    return section.text(new Span(lineSpan().start(), at()));
  }

  /** The line of the place from it on. */
  String after() {
    return section.text(new Span(at(), Math.max(at(), lineSpan().end())));
  }

  /** The place in the section. */
  int at() {
    return offset - start;
  }

  /** Whether a hash with a space before it stands before the place. */
  boolean inComment() {
    return Pattern.compile("(^|\\s)#").matcher(before()).find();
  }

  /**
   * The section with its line written as a variant has it, and nothing moved before that line.
   *
   * @param beside lines that tell nothing about the place, which become comments, so that a text
   *     that was to follow is none
   * @param left lines that are left out
   */
  SourceFile with(Variant variant, Set<Integer> beside, Set<Integer> left) {
    StringBuilder mended = new StringBuilder();
    int from = 0;
    for (int i = 0; i < section.lineCount(); i++) {
      Span span = section.lineSpan(i);
      mended.append(section.text(new Span(from, span.start())));
      if (i == line) {
        mended.append(variant.line());
      } else if (beside.contains(i)) {
        mended.append("#".repeat(span.length()));
      } else if (left.contains(i)) {
        mended.append(" ".repeat(span.length()));
      } else {
        mended.append(section.text(span));
      }
      from = span.end();
    }
    mended.append(section.text(new Span(from, section.length())));
    return new SourceFile(text.name(), mended.toString());
  }

  /**
   * The lines of a long section that tell nothing about the place: what stands below the other
   * entries of the section.
   */
  Set<Integer> beside() {
    if (section.lineCount() < LONG) {
      return Set.of();
    }
    int entry = 0;
    for (int i = 1; i < section.lineCount() && entry == 0; i++) {
      entry = isBlank(i) ? 0 : indent(i);
    }
    int first = line;
    while (first > 0 && (isBlank(first) || indent(first) > entry)) {
      first--;
    }
    int last = line + 1;
    while (last < section.lineCount() && (isBlank(last) || indent(last) > entry)) {
      last++;
    }
    Set<Integer> beside = new HashSet<>();
    for (int i = 1; i < section.lineCount(); i++) {
      if ((i < first || i >= last) && !isBlank(i) && indent(i) > entry) {
        beside.add(i);
      }
    }
    return beside;
  }

  private boolean isBlank(int i) {
    Span span = section.lineSpan(i);
    int at = span.start() + indent(i);
    return at >= span.end() || section.codePoint(at) == '#';
  }

  private int indent(int i) {
    Span span = section.lineSpan(i);
    int at = span.start();
    while (at < span.end() && section.codePoint(at) == ' ') {
      at++;
    }
    return at - span.start();
  }
}
