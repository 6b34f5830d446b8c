package io.byteport.cli.story;

import io.byteport.engine.eval.Cause;
import io.byteport.engine.eval.Causes;
import io.byteport.engine.run.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is said of a single term: the values that it rests on.
 *
 * @param missing facts of which is said elsewhere why they could not be read
 */
public record Terms(Set<String> missing) {
  private static final int VALUE = 72;

  public Terms {
    missing = Set.copyOf(missing);
  }

  /** The computed facts that a term names, itself left out. */
  static List<Term> facts(Term term) {
    return term.parts().stream()
        .flatMap(part -> part.kind() == Term.Kind.FACT ? Stream.of(part) : facts(part).stream())
        .distinct()
        .toList();
  }

  /**
   * The values beside a term, or why there are none; empty where the term or what is drawn below
   * says it.
   *
   * @param open whether parts are drawn below
   */
  String detail(Term term, boolean open) {
    return switch (term.kind()) {
      case ALL, ANY, LITERAL -> "";
      case NOT -> open ? "" : detail(term.parts().getFirst(), false);
      case FACT -> term.verdict() == null || !open ? is(term, term.verdict() != null) : "";
      case VALUE -> term.verdict() == null ? withLeaves(term) : undecided(term);
      case CALL -> term.verdict() == null ? withLeaves(term) : leaves(term);
      case COMPARISON -> comparison(term);
    };
  }

  private String undecided(Term term) {
    return term.value() == null ? reason(term.undecided()) : "";
  }

  private String is(Term term, boolean verdict) {
    return term.value() == null ? reason(term.undecided()) : verdict ? "" : "is " + value(term);
  }

  private String withLeaves(Term term) {
    String leaves = term.value() == null ? "" : leaves(term);
    return is(term, false) + (leaves.isEmpty() ? "" : ", with " + leaves);
  }

  private String comparison(Term term) {
    List<Term> sides =
        term.parts().stream().filter(side -> side.kind() != Term.Kind.LITERAL).toList();
    if (term.value() == null && sides.stream().allMatch(side -> side.value() != null)) {
      return reason(term.undecided());
    }
    if (sides.size() == 1 && sides.getFirst().parts().isEmpty()) {
      return is(sides.getFirst(), false);
    }
    Map<String, String> said = new LinkedHashMap<>();
    sides.forEach(side -> say(side, said));
    return joined(said);
  }

  /** What the leaves of a term are. */
  private String leaves(Term term) {
    if (term.value() == null) {
      return reason(term.undecided());
    }
    Map<String, String> said = new LinkedHashMap<>();
    term.parts().forEach(part -> say(part, said));
    return joined(said);
  }

  private void say(Term term, Map<String, String> said) {
    boolean list = term.kind() == Term.Kind.VALUE && term.text().startsWith("[");
    if (term.kind() != Term.Kind.LITERAL && !list) {
      said.putIfAbsent(term.text(), is(term, false));
    }
    if (term.kind() != Term.Kind.FACT && (term.value() != null || list)) {
      term.parts().forEach(part -> say(part, said));
    }
  }

  private static String joined(Map<String, String> said) {
    return said.entrySet().stream()
        .map(
            one ->
                one.getValue().startsWith("is ")
                    ? one.getKey() + " " + one.getValue()
                    : one.getValue())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** What a term came to, not too long; {@code ?} where nothing is known. */
  public static String value(Term term) {
    return term.value() == null ? "?" : Brief.cut(term.value(), VALUE);
  }

  /** Why something is not known; short where that is said elsewhere. */
  private String reason(List<Cause> causes) {
    List<String> said = new ArrayList<>();
    List<Cause> unsaid = new ArrayList<>();
    for (Cause cause : causes) {
      String fact = cause.name().split("[.\\[]", 2)[0];
      if (missing.contains(fact)) {
        said.add(fact);
      } else {
        unsaid.add(cause);
      }
    }
    String names = said.isEmpty() ? "" : String.join(", ", said) + " could not be read";
    return unsaid.isEmpty()
        ? names
        : Causes.sentence(unsaid) + (names.isEmpty() ? "" : "; " + names);
  }
}
