package io.byteport.dsl.solve;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A condition without and, or, not: what must be so for each of its verdicts.
 *
 * @param terms what it hangs on: where one of them is unavailable it may have no verdict
 */
record Atom(Formula holds, Formula fails, Set<Term> terms) {
  static Atom of(Formula holds, Formula fails, Term... terms) {
    return new Atom(holds, fails, new LinkedHashSet<>(List.of(terms)));
  }

  Atom negated() {
    return new Atom(fails, holds, terms);
  }

  static Atom constant(boolean verdict) {
    return verdict ? Atom.of(Formula.TRUE, Formula.FALSE) : Atom.of(Formula.FALSE, Formula.TRUE);
  }
}
