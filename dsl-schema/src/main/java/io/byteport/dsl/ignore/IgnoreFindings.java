package io.byteport.dsl.ignore;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.ignore.IgnoreComment.Word;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is wrong with the comments themselves. */
final class IgnoreFindings {
  private final SourceFile file;
  private final List<Diagnostic> list = new ArrayList<>();

  IgnoreFindings(SourceFile file) {
    this.file = file;
  }

  List<Diagnostic> list() {
    return list;
  }

  /** The words in the place of codes; a comment without code or reason leaves a finding. */
  List<Word> words(IgnoreComment comment) {
    Span span = comment.comment().span();
    if (comment.codes().isEmpty()) {
      list.add(
          Diagnostic.of(
              DiagnosticCode.IGNORE_UNKNOWN_CODE,
              file,
              span,
              "expected the code of a finding after `" + IgnoreComment.MARK + ":`, found none",
              "write `# " + IgnoreComment.MARK + ": CODE reason`, or remove the comment"));
    } else if (comment.reason().isEmpty()) {
      list.add(
          Diagnostic.of(
              DiagnosticCode.IGNORE_NO_REASON,
              file,
              span,
              "expected a reason after `" + comment.codes().getLast().text() + "`, found none",
              "say in a few words why it does not matter here; without them nothing is ignored"));
    }
    return comment.codes();
  }

  /** The code that a word names, if it is one that can be ignored; else a finding. */
  Optional<DiagnosticCode> ignorable(Word word) {
    Optional<DiagnosticCode> code = DiagnosticCode.ofId(word.text());
    if (code.isEmpty()) {
      list.add(unknown(word));
    } else if (!code.get().ignorable()) {
      list.add(
          Diagnostic.of(
              DiagnosticCode.IGNORE_REFUSED,
              file,
              word.span(),
              "expected a code that is a judgement, found `"
                  + word.text()
                  + "`: "
                  + code.get().title().substring(0, 1).toLowerCase(Locale.ROOT)
                  + code.get().title().substring(1),
              "remove it from the comment, and repair what it is about"));
    }
    return code.filter(DiagnosticCode::ignorable);
  }

  private Diagnostic unknown(Word word) {
    List<String> ids = Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::id).toList();
    Optional<String> sameLetters = ids.stream().filter(word.text()::equalsIgnoreCase).findFirst();
    Optional<String> meant = sameLetters.or(() -> Suggestions.nearest(word.text(), ids));
    Diagnostic unknown =
        Diagnostic.of(
            DiagnosticCode.IGNORE_UNKNOWN_CODE,
            file,
            word.span(),
            "expected the code of a finding, found `" + word.text() + "`",
            meant
                .map(near -> "did you mean `" + near + "`?")
                .orElse("codes look like `BP-FOLDER-001`; the finding itself shows its code"));
    return meant
        .map(
            near ->
                unknown.withFix(
                    new Fix("write `" + near + "`", word.span(), near, sameLetters.isPresent())))
        .orElse(unknown);
  }

  /** A code that ignores nothing; the fix takes it out, with the comment if it is the only one. */
  static Diagnostic stale(SourceFile file, IgnoreComment comment, Word word) {
    boolean only = comment.codes().size() == 1;
    return Diagnostic.of(
            DiagnosticCode.IGNORE_STALE,
            file,
            word.span(),
            "expected a finding `" + word.text() + "` to ignore here, found none",
            only ? "remove the comment" : "remove the code from the comment")
        .withFix(
            only
                ? new Fix("remove the comment", whole(file, comment), "", true)
                : new Fix("remove the code", listed(comment, word), "", true));
  }

  /** The comment with its line, or with the blanks that part it from what stands before it. */
  private static Span whole(SourceFile file, IgnoreComment comment) {
    int start = comment.comment().span().start();
    int end = comment.comment().span().end();
    while (start > 0 && (file.codePoint(start - 1) == ' ' || file.codePoint(start - 1) == '\t')) {
      start--;
    }
    if (comment.comment().alone()) {
      end += file.codePoint(end) == '\r' ? 1 : 0;
      end += file.codePoint(end) == '\n' ? 1 : 0;
    }
    return new Span(start, end);
  }

  /** A code with the comma behind it, or before it where it is the last. */
  private static Span listed(IgnoreComment comment, Word word) {
    List<Word> codes = comment.codes();
    int index = codes.indexOf(word);
    return index + 1 < codes.size()
        ? new Span(word.span().start(), codes.get(index + 1).span().start())
        : new Span(codes.get(index - 1).span().end(), word.span().end());
  }
}
