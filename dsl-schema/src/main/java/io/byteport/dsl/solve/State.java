package io.byteport.dsl.solve;

import io.byteport.dsl.solve.Constraint.Absent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The constraints taken so far, and what they leave for each term. Used by one thread. */
final class State {
  private final Map<Term, Cell> cells;
  private final List<Constraint> relations;

  State() {
    this(new LinkedHashMap<>(), new ArrayList<>());
  }

  private State(Map<Term, Cell> cells, List<Constraint> relations) {
    this.cells = cells;
    this.relations = relations;
  }

  State copy() {
    return new State(new LinkedHashMap<>(cells), new ArrayList<>(relations));
  }

  Map<Term, Cell> cells() {
    return cells;
  }

  /** Constraints between two terms, each of which has a cell. */
  List<Constraint> relations() {
    return relations;
  }

  /** Takes a constraint; false where nothing is left for a term, after which the state is spent. */
  boolean add(Constraint constraint) {
    if (constraint instanceof Constraint.Unavailable asked) {
      Cell before = cells.putIfAbsent(asked.term(), Cell.unavailable(asked.term()));
      return before == null || before.unavailable();
    }
    for (Term term : constraint.terms()) {
      Cell cell = cells.computeIfAbsent(term, Cell::of);
      Cell narrowed = cell.unavailable() ? null : narrowed(cell, constraint);
      if (narrowed == null) {
        return false;
      }
      cells.put(term, narrowed);
      if (!narrowed.mayBeNull()) {
        for (Term need : term.needs()) {
          if (!add(new Absent(need, false))) {
            return false;
          }
        }
      }
    }
    if (constraint instanceof Constraint.Order || constraint instanceof Constraint.Same) {
      relations.add(constraint);
    }
    return true;
  }

  /** Whether a constraint leaves something; where that takes more than its own terms, yes. */
  boolean admits(Constraint constraint) {
    for (Term term : constraint.terms()) {
      Cell cell = cells.get(term);
      boolean unknown = constraint instanceof Constraint.Unavailable;
      if (cell != null && (cell.unavailable() ? !unknown : unknown)) {
        return false;
      }
      if (!unknown && narrowed(cell == null ? Cell.of(term) : cell, constraint) == null) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Cell narrowed(Cell cell, Constraint constraint) {
    return switch (constraint) {
      case Constraint.Among among -> cell.with(among);
      case Constraint.Bound bound -> cell.with(bound);
      case Constraint.Like like -> cell.with(like);
      case Constraint.Absent absent -> cell.absent(absent.absent());
      case Constraint.Order order -> cell.absent(false);
      case Constraint.Same same -> cell.absent(false);
      case Constraint.Known known -> cell;
      case Constraint.Unavailable unavailable -> cell;
    };
  }
}
