package io.byteport.lsp.live;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.lsp.Positions;
import io.byteport.lsp.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/**
 * What an incident made of each rule and term, behind where it is written. Where the text has
 * changed since, only what stands before or behind the change is shown, and moves with it. Pure.
 */
final class ExplainedHints {
  private ExplainedHints() {}

  static List<InlayHint> in(View view, Span span, Explanation explanation) {
    Optional<SourceFile> before = explanation.text(view.path());
    if (before.isEmpty()) {
      return List.of();
    }
    Kept kept = Kept.of(before.get(), view.text());
    List<InlayHint> hints = new ArrayList<>();
    for (Explanation.Said said : explanation.said()) {
      Optional<Integer> place =
          said.file().equals(view.path()) ? kept.moved(said.span()) : Optional.empty();
      if (place.isPresent() && span.start() <= place.get() && place.get() <= span.end()) {
        InlayHint hint =
            new InlayHint(
                Positions.of(view.text(), place.get()), Either.forLeft(" " + said.label()));
        hint.setTooltip(said.detail());
        hints.add(hint);
      }
    }
    return hints;
  }

  /**
   * How much of a text is still there.
   *
   * @param start code points that begin both
   * @param end code points that end both
   * @param length of the text before, in code points
   * @param by how many code points there are more now
   */
  private record Kept(int start, int end, int length, int by) {
    static Kept of(SourceFile before, SourceFile now) {
      int most = Math.min(before.length(), now.length());
      int start = 0;
      while (start < most && before.codePoint(start) == now.codePoint(start)) {
        start++;
      }
      int end = 0;
      while (end < most - start
          && before.codePoint(before.length() - 1 - end) == now.codePoint(now.length() - 1 - end)) {
        end++;
      }
      return new Kept(start, end, before.length(), now.length() - before.length());
    }

    /** Where what ended a span is now; empty where it may not be the same any more. */
    Optional<Integer> moved(Span span) {
      if (span.end() > length) {
        return Optional.empty();
      }
      boolean whole = by == 0 && start == length;
      if (whole || span.end() < start) {
        return Optional.of(span.end());
      }
      return span.start() >= length - end ? Optional.of(span.end() + by) : Optional.empty();
    }
  }
}
