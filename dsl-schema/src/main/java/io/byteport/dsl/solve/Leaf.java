package io.byteport.dsl.solve;

import io.byteport.dsl.solve.Solver.Possible;
import io.byteport.dsl.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A state in which every alternative is decided: only what terms have to do with each other is
 * left. Used once.
 */
final class Leaf {
  private final State state;
  private final Map<Term, Integer> groups = new HashMap<>();
  private final List<Cell> cells = new ArrayList<>();
  private final Map<Integer, Object> chosen = new LinkedHashMap<>();

  Leaf(State state) {
    this.state = state;
  }

  /** Whether values can be chosen that stand to each other as they must. */
  boolean isPossible() {
    if (!group()) {
      return false;
    }
    List<Numbers.Relation> relations = relations();
    boolean unlikeItself =
        relations.stream()
            .anyMatch(one -> one.left() == one.right() && one.kind() == Numbers.Kind.DIFFERENT);
    return !unlikeItself && new Numbers(cells, relations).solve(chosen) && distinct();
  }

  /** Example facts, where they could be made and proved; asked once it is known to be possible. */
  Possible example(Formula goal) {
    return new Possible(model().filter(facts -> Fulfilled.by(facts, goal)));
  }

  /** Makes one group of terms that are equal; false where nothing is left for one. */
  private boolean group() {
    for (Constraint relation : state.relations()) {
      for (Term term : relation.terms()) {
        groups.computeIfAbsent(
            term,
            one -> {
              cells.add(state.cells().get(one));
              return cells.size() - 1;
            });
      }
    }
    for (Constraint relation : state.relations()) {
      if (relation instanceof Constraint.Same same && same.equal()) {
        int into = groupOf(same.left());
        int from = groupOf(same.right());
        if (into != from) {
          Cell merged = cells.get(into).merged(cells.get(from));
          if (merged == null) {
            return false;
          }
          cells.set(into, merged);
          groups.replaceAll((term, group) -> group == from ? into : group);
        }
      }
    }
    return true;
  }

  private int groupOf(Term term) {
    return groups.getOrDefault(term, -1);
  }

  /** What is asked of two groups, equality aside. */
  private List<Numbers.Relation> relations() {
    List<Numbers.Relation> relations = new ArrayList<>();
    for (Constraint relation : state.relations()) {
      switch (relation) {
        case Constraint.Order order ->
            relations.add(
                new Numbers.Relation(
                    groupOf(order.left()),
                    groupOf(order.right()),
                    order.strict() ? Numbers.Kind.LESS : Numbers.Kind.NOT_MORE));
        case Constraint.Same same when !same.equal() ->
            relations.add(
                new Numbers.Relation(
                    groupOf(same.left()), groupOf(same.right()), Numbers.Kind.DIFFERENT));
        case Constraint.Same same -> {}
        case Constraint.Among among -> {}
        case Constraint.Bound bound -> {}
        case Constraint.Like like -> {}
        case Constraint.Absent absent -> {}
        case Constraint.Known known -> {}
        case Constraint.Unavailable unavailable -> {}
      }
    }
    return relations;
  }

  /** Chooses texts and flags so that those that must differ do; false where they cannot. */
  private boolean distinct() {
    List<Integer> finite = new ArrayList<>();
    for (int group : groups.values().stream().distinct().sorted().toList()) {
      Cell cell = cells.get(group);
      if (cell.term().kind() != Term.Kind.NUMBER && cell.among() != null) {
        finite.add(group);
      }
    }
    return distinct(finite, 0);
  }

  private boolean distinct(List<Integer> finite, int next) {
    if (next == finite.size()) {
      return true;
    }
    int group = finite.get(next);
    Cell cell = cells.get(group);
    for (Object value : cell.among() == null ? List.of() : List.copyOf(cell.among())) {
      if (!others(group).contains(value)) {
        chosen.put(group, value);
        if (distinct(finite, next + 1)) {
          return true;
        }
        chosen.remove(group);
      }
    }
    return false;
  }

  /** The values of those that must differ from a group and are chosen. */
  private List<Object> others(int group) {
    List<Object> others = new ArrayList<>();
    for (Numbers.Relation relation : relations()) {
      if (relation.kind() == Numbers.Kind.DIFFERENT) {
        Object other =
            relation.left() == group
                ? chosen.get(relation.right())
                : relation.right() == group ? chosen.get(relation.left()) : null;
        if (other != null) {
          others.add(other);
        }
      }
    }
    return others;
  }

  private Optional<Model> model() {
    Map<Term, Value> values = new LinkedHashMap<>();
    for (Map.Entry<Term, Cell> entry : state.cells().entrySet()) {
      Term term = entry.getKey();
      Cell cell = entry.getValue();
      if (cell.unavailable()) {
        continue;
      }
      Value value = cell.isNull() || needsNull(term) ? Value.NULL : value(term, cell);
      if (value == null) {
        return Optional.empty();
      }
      values.put(term, value);
    }
    return Optional.of(new Model(values));
  }

  private boolean needsNull(Term term) {
    return term.needs().stream()
        .anyMatch(
            need -> {
              Cell cell = state.cells().get(need);
              return (cell != null && cell.isNull()) || needsNull(need);
            });
  }

  private @Nullable Value value(Term term, Cell cell) {
    int group = groupOf(term);
    Object object = chosen.get(group);
    if (object == null) {
      Cell joined = group < 0 ? cell : cells.get(group);
      object = Examples.value(joined, others(group)).orElse(null);
      if (object != null && group >= 0) {
        chosen.put(group, object);
      }
    }
    return switch (object) {
      case Double number -> Quantity.value(number, term.type()).orElse(null);
      case Boolean flag -> Value.of(flag);
      case String text -> Value.of(text);
      case null, default -> null;
    };
  }
}
