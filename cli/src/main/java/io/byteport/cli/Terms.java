package io.byteport.cli;

import io.byteport.engine.eval.Cause;
import io.byteport.engine.eval.Causes;
import io.byteport.engine.run.Term;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is said of a single term: the values that it rests on. */
final class Terms {
  private static final int VALUE = 72;

  private Terms() {}

  /** The computed facts that a term names, itself left out. */
  static List<Term> facts(Term term) {
    return term.parts().stream()
        .flatMap(
            part ->
                part.kind() == Term.Kind.FACT ? Stream.of(part) : facts(part).stream())
        .distinct()
        .toList();
  }

  /**
   * The values beside a term, or why there are none; empty where the term or what is drawn below
   * says it.
   *
   * @param open whether parts are drawn below
   */
  static String detail(Term term, boolean open) {
    return switch (term.kind()) {
      case ALL, ANY, LITERAL -> "";
      case NOT -> open ? "" : detail(term.parts().getFirst(), false);
      case FACT -> term.verdict() == null || !open ? is(term, term.verdict() != null) : "";
      case VALUE -> term.verdict() == null ? withLeaves(term) : undecided(term);
      case CALL -> term.verdict() == null ? withLeaves(term) : leaves(term);
      case COMPARISON -> comparison(term);
    };
  }

  private static String undecided(Term term) {
    return term.value() == null ? reason(term.undecided()) : "";
  }

  private static String is(Term term, boolean verdict) {
    return term.value() == null ? reason(term.undecided()) : verdict ? "" : "is " + value(term);
  }

  private static String withLeaves(Term term) {
    String leaves = term.value() == null ? "" : leaves(term);
    return is(term, false) + (leaves.isEmpty() ? "" : ", with " + leaves);
  }

  private static String comparison(Term term) {
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
  private static String leaves(Term term) {
    if (term.value() == null) {
      return reason(term.undecided());
    }
    Map<String, String> said = new LinkedHashMap<>();
    term.parts().forEach(part -> say(part, said));
    return joined(said);
  }

  private static void say(Term term, Map<String, String> said) {
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

  static String value(Term term) {
    return term.value() == null ? "?" : Brief.cut(term.value(), VALUE);
  }

  static String reason(List<Cause> causes) {
    return Causes.sentence(causes);
  }
}
