package io.byteport.lsp;

import io.byteport.dsl.check.RunbookAnalysis;
import io.byteport.dsl.source.SourceFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is understood of texts, kept for those that were asked for last. Texts are told apart by
 * identity. Safe for use by several threads, none of which waits for another's text.
 */
final class Analyses {
  private static final int MOST = 48;

  private final Map<SourceFile, Lazy<Optional<RunbookAnalysis>>> kept =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(
            Map.Entry<SourceFile, Lazy<Optional<RunbookAnalysis>>> eldest) {
          return size() > MOST;
        }
      };

  Optional<RunbookAnalysis> get(
      SourceFile text, Function<SourceFile, Optional<RunbookAnalysis>> analyse) {
    Lazy<Optional<RunbookAnalysis>> lazy;
    synchronized (kept) {
      lazy = kept.computeIfAbsent(text, any -> new Lazy<>(() -> analyse.apply(text)));
    }
    return lazy.get();
  }

  /** Forgets everything, since what texts include is another now. */
  void clear() {
    synchronized (kept) {
      kept.clear();
    }
  }
}
