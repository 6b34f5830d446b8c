package io.byteport.dsl.source;

import java.util.ArrayList;
import java.util.List;

/**
 * The texts that one runbook is made of: its own, then those of the libraries that it includes.
 * Laid end to end they are one text, so that one span says both file and place, and so that what is
 * recorded of a run needs nothing else. That text is a file again: what it is made of can be told
 * from it. Immutable, safe for use by several threads.
 */
public final class Sources {
  /** The line before a library, up to the name of its file. */
  private static final String MARK = "--- # library: ";

  private final SourceFile whole;
  private final List<Part> parts;
  private final boolean oneFile;

  /**
   * @param start where it begins in the whole
   */
  private record Part(SourceFile file, int start) {}

  private Sources(SourceFile whole, List<Part> parts, boolean oneFile) {
    this.whole = whole;
    this.parts = List.copyOf(parts);
    this.oneFile = oneFile;
  }

  /** Of files of their own. */
  public static Sources of(SourceFile own, List<SourceFile> libraries) {
    List<Part> parts = new ArrayList<>(List.of(new Part(own, 0)));
    if (libraries.isEmpty()) {
      return new Sources(own, parts, false);
    }
    StringBuilder text = new StringBuilder(ended(own.text()));
    int length = text.codePointCount(0, text.length());
    for (SourceFile library : libraries) {
      String mark = MARK + library.name().replaceAll("\\p{Cntrl}", " ") + "\n";
      String body = ended(library.text());
      int start = length + mark.codePointCount(0, mark.length());
      parts.add(new Part(library, start));
      text.append(mark).append(body);
      length = start + body.codePointCount(0, body.length());
    }
    return new Sources(new SourceFile(own.name(), text.toString()), parts, false);
  }

  /** What such a text is made of; itself alone where it holds no libraries. */
  public static Sources in(SourceFile whole) {
    String text = whole.text();
    int mark = next(text, 0);
    if (mark < 0) {
      return new Sources(whole, List.of(new Part(whole, 0)), true);
    }
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(new SourceFile(whole.name(), text.substring(0, mark)), 0));
    while (mark >= 0) {
      int line = text.indexOf('\n', mark);
      int start = line < 0 ? text.length() : line + 1;
      int after = next(text, start);
      String name = text.substring(mark + MARK.length(), line < 0 ? text.length() : line).strip();
      String body = text.substring(start, after < 0 ? text.length() : after);
      parts.add(new Part(new SourceFile(name, body), text.codePointCount(0, start)));
      mark = after;
    }
    return new Sources(whole, parts, true);
  }

  private static int next(String text, int from) {
    if (text.startsWith(MARK, from)) {
      return from;
    }
    int found = text.indexOf("\n" + MARK, from);
    return found < 0 ? -1 : found + 1;
  }

  private static String ended(String text) {
    return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
  }

  /** All of it as one text under the name of the runbook's own file. */
  public SourceFile whole() {
    return whole;
  }

  /** The runbook's own text. */
  public SourceFile own() {
    return parts.getFirst().file();
  }

  /** The texts of the libraries, in order. */
  public List<SourceFile> libraries() {
    return parts.stream().skip(1).map(Part::file).toList();
  }

  /** Every text, the runbook's own first. */
  public List<SourceFile> files() {
    return parts.stream().map(Part::file).toList();
  }

  /** Whether all of it came out of one file, in which its places are told. */
  public boolean isOneFile() {
    return oneFile;
  }

  /** Where one of the texts begins in the whole. */
  public int start(SourceFile file) {
    return parts.stream()
        .filter(part -> part.file() == file)
        .findFirst()
        .map(Part::start)
        .orElseThrow(() -> new IllegalArgumentException("no part: " + file));
  }

  /** Which of the texts holds a span of the whole. */
  public SourceFile file(Span span) {
    return part(span).file();
  }

  /** The place that people know: in the file that holds it. */
  public Origin origin(Span span) {
    if (oneFile) {
      return new Origin(whole, span);
    }
    Part part = part(span);
    int start = span.start() - part.start();
    return new Origin(part.file(), new Span(start, Math.max(start, span.end() - part.start())));
  }

  private Part part(Span span) {
    Part found = parts.getFirst();
    for (Part part : parts) {
      if (part.start() <= span.start()) {
        found = part;
      }
    }
    return found;
  }
}
