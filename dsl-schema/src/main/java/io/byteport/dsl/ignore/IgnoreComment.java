package io.byteport.dsl.ignore;

import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.Comment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code # byteport-ignore: CODE[, CODE] reason}.
 *
 * @param comment the whole of it
 * @param codes the words in the place of codes, in order; empty where there are none
 * @param reason without the dash or colon that may lead it; empty where none is given
 */
record IgnoreComment(Comment comment, List<Word> codes, String reason) {
  static final String MARK = "byteport-ignore";
  private static final Pattern START = Pattern.compile("^\\s*" + MARK + "(?![\\w-])\\s*:?");
  private static final Pattern WORD = Pattern.compile("\\s*([^\\s,:;]+)");
  private static final Pattern COMMA = Pattern.compile("\\s*,");
  private static final Pattern LEADING = Pattern.compile("^[\\s:;()\\p{Pd}]+");

  IgnoreComment {
    codes = List.copyOf(codes);
  }

  /** A word with its place. */
  record Word(String text, Span span) {}

  /** What a comment says, if it is about ignoring at all. */
  static Optional<IgnoreComment> of(Comment comment) {
    String text = comment.text();
    Matcher start = START.matcher(text);
    if (!start.find()) {
      return Optional.empty();
    }
    List<Word> codes = new ArrayList<>();
    Matcher word = WORD.matcher(text);
    Matcher comma = COMMA.matcher(text);
    int at = start.end();
    boolean more = true;
    while (more && word.region(at, text.length()).lookingAt()) {
      codes.add(new Word(word.group(1), span(comment, word.start(1), word.end(1))));
      at = word.end();
      more = comma.region(at, text.length()).lookingAt();
      at = more ? comma.end() : at;
    }
    String reason = LEADING.matcher(text.substring(at)).replaceFirst("").strip();
    return Optional.of(new IgnoreComment(comment, codes, reason));
  }

  private static Span span(Comment comment, int start, int end) {
    int first = comment.span().start() + 1;
    String text = comment.text();
    return new Span(first + text.codePointCount(0, start), first + text.codePointCount(0, end));
  }
}
