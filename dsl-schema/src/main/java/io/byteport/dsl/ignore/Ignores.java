package io.byteport.dsl.ignore;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Diagnostics;
import io.byteport.dsl.ignore.IgnoreComment.Word;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.Comment;
import io.byteport.dsl.yaml.CommentReader;
import io.byteport.dsl.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The comments {@code # byteport-ignore: CODE[, CODE] reason} of one file. On a line of its own
 * such a comment is about the entry or list item that follows, with all that is in it; at the end
 * of a line it is about that line. Only {@linkplain DiagnosticCode#ignorable() judgements} can be
 * ignored, and only with a reason. Immutable, safe for use by several threads.
 */
public final class Ignores {
  /** Of a file without such comments. */
  public static final Ignores NONE = new Ignores(List.of(), List.of());

  private final List<Ignore> ignores;
  private final List<Diagnostic> faults;

  /** A code that may be ignored, in a part of the file. */
  private record Ignore(
      IgnoreComment comment, Word word, DiagnosticCode code, Span reach, SourceFile file) {
    boolean covers(SourceFile found, DiagnosticCode other, Span span) {
      return code == other
          && file.equals(found)
          && reach.start() <= span.start()
          && (span.start() < reach.end() || span.equals(reach));
    }
  }

  private Ignores(List<Ignore> ignores, List<Diagnostic> faults) {
    this.ignores = List.copyOf(ignores);
    this.faults = List.copyOf(faults);
  }

  /**
   * Reads the comments of a file.
   *
   * @param root the document in it
   */
  public static Ignores read(SourceFile file, YamlNode root) {
    if (!file.text().contains(IgnoreComment.MARK)) {
      return NONE;
    }
    Reach reach = new Reach(file, root);
    IgnoreFindings faults = new IgnoreFindings(file);
    List<Ignore> ignores = new ArrayList<>();
    for (Comment written : CommentReader.read(file)) {
      IgnoreComment comment = IgnoreComment.of(written).orElse(null);
      if (comment == null) {
        continue;
      }
      Span reached = reach.of(written);
      for (Word word : faults.words(comment)) {
        Optional<DiagnosticCode> code = faults.ignorable(word);
        if (code.isPresent() && !comment.reason().isEmpty()) {
          ignores.add(new Ignore(comment, word, code.get(), reached, file));
        }
      }
    }
    return new Ignores(ignores, faults.list());
  }

  /** Whether a comment says to ignore such a finding at a place. */
  public boolean covers(SourceFile file, DiagnosticCode code, Span span) {
    return ignores.stream().anyMatch(ignore -> ignore.covers(file, code, span));
  }

  /**
   * What is left of everything that was found in the file, with what is wrong with the comments
   * themselves, sorted. That a comment ignores nothing is told only where no error is left, since
   * errors keep checks from looking further, and never of a code that only a folder shows.
   */
  public List<Diagnostic> apply(List<Diagnostic> found) {
    return apply(found, true);
  }

  /**
   * As {@link #apply}, of a file that is judged in several places: that a comment ignores nothing
   * in one of them is not told.
   */
  public List<Diagnostic> applyUnlessStale(List<Diagnostic> found) {
    return apply(found, false);
  }

  private List<Diagnostic> apply(List<Diagnostic> found, boolean stale) {
    if (ignores.isEmpty() && faults.isEmpty()) {
      return found;
    }
    List<Diagnostic> left = new ArrayList<>();
    Set<Ignore> used = new HashSet<>();
    for (Diagnostic finding : found) {
      List<Ignore> covering =
          ignores.stream()
              .filter(one -> one.covers(finding.file(), finding.code(), finding.span()))
              .toList();
      used.addAll(covering);
      if (covering.isEmpty()) {
        left.add(finding);
      }
    }
    if (stale && left.stream().noneMatch(Diagnostic::isError)) {
      for (Ignore ignore : ignores) {
        if (!used.contains(ignore) && !ignore.code().isAboutFolders()) {
          left.add(IgnoreFindings.stale(ignore.file(), ignore.comment(), ignore.word()));
        }
      }
    }
    left.addAll(faults);
    return Diagnostics.sort(left);
  }
}
