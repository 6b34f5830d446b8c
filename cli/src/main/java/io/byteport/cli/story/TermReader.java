package io.byteport.cli.story;

import io.byteport.engine.run.Note.Verdict;
import io.byteport.engine.run.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the terms of conditions as trees: what each came to, what was not needed, and why something
 * could not be decided. A computed fact is opened once by one reader.
 */
public final class TermReader {
  private final int deepest;
  private final Terms terms;
  private final Set<String> opened = new HashSet<>();

  /**
   * @param deepest levels that are read, 1 at least
   * @param missing facts of which is said elsewhere why they could not be read
   */
  public TermReader(int deepest, Set<String> missing) {
    this.deepest = deepest;
    this.terms = new Terms(missing);
  }

  public TermLine read(Term term) {
    return read(term, 1, null);
  }

  /**
   * @param idle why the term decided nothing; null where it may have
   */
  private TermLine read(Term term, int level, @Nullable String idle) {
    List<Term> below = idle == null ? below(term) : List.of();
    boolean cut = !below.isEmpty() && level >= deepest;
    List<TermLine> lines = new ArrayList<>();
    boolean decided = false;
    for (Term part : cut ? List.<Term>of() : below) {
      String why = null;
      if (isChain(term, below)) {
        why = decided ? "(not needed)" : passedOver(term, part);
        decided |= decides(chain(term), part);
      }
      lines.add(read(part, level + 1, why));
    }
    return new TermLine(
        idle != null && term.verdict() == null ? Verdict.FALSE : term.verdict(),
        idle != null,
        head(term, !below.isEmpty()),
        idle != null ? idle : terms.detail(term, !below.isEmpty()),
        cut,
        lines);
  }

  /** Undecided or not, it does not matter where another part decides. */
  private static @Nullable String passedOver(Term term, Term part) {
    Term chain = chain(term);
    return part.verdict() == Verdict.UNDECIDED && chain.verdict() != Verdict.UNDECIDED
        ? "(does not matter)"
        : null;
  }

  private static boolean decides(Term chain, Term part) {
    return part.verdict() == (chain.kind() == Term.Kind.ANY ? Verdict.TRUE : Verdict.FALSE);
  }

  private static boolean isChain(Term term, List<Term> below) {
    return chain(term).parts().equals(below)
        && (chain(term).kind() == Term.Kind.ALL || chain(term).kind() == Term.Kind.ANY);
  }

  /** The joint that a term is, or that a fact is computed by. */
  private static Term chain(Term term) {
    return term.kind() == Term.Kind.FACT && term.parts().size() == 1
        ? term.parts().getFirst()
        : term;
  }

  private String head(Term term, boolean open) {
    return switch (term.kind()) {
      case ALL -> "all of:";
      case ANY -> "any of:";
      case NOT -> open ? "not:" : term.text();
      case FACT -> term.text() + (open ? joint(term) : "");
      case COMPARISON, CALL, LITERAL, VALUE -> term.text();
    };
  }

  private static String joint(Term fact) {
    return switch (chain(fact).kind()) {
      case ALL -> ", all of:";
      case ANY -> ", any of:";
      default -> "";
    };
  }

  /** What is drawn under a term. */
  private List<Term> below(Term term) {
    return switch (term.kind()) {
      case ALL, ANY -> term.parts();
      case NOT -> isPlain(term.parts().getFirst()) ? List.of() : term.parts();
      case FACT -> opens(term) ? chainOrItself(term) : List.of();
      case COMPARISON, CALL, VALUE, LITERAL ->
          Terms.facts(term).stream().filter(this::isNew).toList();
    };
  }

  private static List<Term> chainOrItself(Term fact) {
    Term chain = chain(fact);
    return chain.kind() == Term.Kind.ALL || chain.kind() == Term.Kind.ANY
        ? chain.parts()
        : fact.parts();
  }

  private boolean opens(Term fact) {
    return !fact.parts().isEmpty() && opened.add(fact.text());
  }

  private boolean isNew(Term fact) {
    return !fact.parts().isEmpty() && !opened.contains(fact.text());
  }

  private static boolean isPlain(Term term) {
    return Terms.facts(term).isEmpty()
        && term.kind() != Term.Kind.ALL
        && term.kind() != Term.Kind.ANY
        && term.kind() != Term.Kind.FACT;
  }
}
