package io.byteport.lsp;

import io.byteport.dsl.check.RunbookAnalysis;
import io.byteport.dsl.edit.Outline;
import io.byteport.dsl.edit.Symbols;
import io.byteport.dsl.source.SourceFile;
import io.byteport.lsp.navigate.Declarations;
import io.byteport.lsp.navigate.Declarations.Declaration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Function;

/**
 * What is understood of texts, kept for those that were asked for last. Texts are told apart by
 * identity. Safe for use by several threads, none of which waits for another's text.
 */
final class Analyses {
  private static final int MOST = 48;
  private static final int MOST_MENDED = 8;
  private static final int MOST_SYMBOLS = 1024;
  private static final int MOST_DECLARATIONS = 8192;

  private final Map<SourceFile, Lazy<Optional<RunbookAnalysis>>> kept =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(
            Map.Entry<SourceFile, Lazy<Optional<RunbookAnalysis>>> eldest) {
          return size() > MOST;
        }
      };

  private final Map<String, Lazy<Optional<RunbookAnalysis>>> mended =
      new LinkedHashMap<>(MOST_MENDED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(
            Map.Entry<String, Lazy<Optional<RunbookAnalysis>>> eldest) {
          return size() > MOST_MENDED;
        }
      };

  private final Map<SourceFile, Outline> outlines = new WeakHashMap<>();
  private final Map<SourceFile, Lazy<Symbols>> symbols;
  private final Map<SourceFile, List<Declaration>> declarations;

  Analyses() {
    this(latest(MOST_SYMBOLS), latest(MOST_DECLARATIONS));
  }

  private Analyses(
      Map<SourceFile, Lazy<Symbols>> symbols, Map<SourceFile, List<Declaration>> declarations) {
    this.symbols = symbols;
    this.declarations = declarations;
  }

  /** Keeps those that were asked for last. */
  private static <T> Map<SourceFile, T> latest(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<SourceFile, T> eldest) {
        return size() > most;
      }
    };
  }

  /** Knows nothing any more that depends on what a text includes, but what its own words say. */
  Analyses afresh() {
    return new Analyses(symbols, declarations);
  }

  /** What the lines of a text declare. */
  List<Declaration> declarations(SourceFile text) {
    synchronized (declarations) {
      return declarations.computeIfAbsent(text, Declarations::in);
    }
  }

  /** The names of a text. */
  Symbols symbols(SourceFile text) {
    Lazy<Symbols> lazy;
    synchronized (symbols) {
      lazy = symbols.computeIfAbsent(text, any -> new Lazy<>(() -> Symbols.of(text)));
    }
    return lazy.get();
  }

  Optional<RunbookAnalysis> get(
      SourceFile text, Function<SourceFile, Optional<RunbookAnalysis>> analyse) {
    Lazy<Optional<RunbookAnalysis>> lazy;
    synchronized (kept) {
      lazy = kept.computeIfAbsent(text, any -> new Lazy<>(() -> analyse.apply(text)));
    }
    return lazy.get();
  }

  /** Of a text that was mended: told apart by what it says. */
  Optional<RunbookAnalysis> mended(
      SourceFile text, Function<SourceFile, Optional<RunbookAnalysis>> analyse) {
    Lazy<Optional<RunbookAnalysis>> lazy;
    synchronized (mended) {
      lazy =
          mended.computeIfAbsent(
              text.name() + '\n' + text.text(), any -> new Lazy<>(() -> analyse.apply(text)));
    }
    return lazy.get();
  }

  /** What a text is called and declares. */
  Outline outline(SourceFile text) {
    synchronized (outlines) {
      return outlines.computeIfAbsent(text, Outline::of);
    }
  }
}
