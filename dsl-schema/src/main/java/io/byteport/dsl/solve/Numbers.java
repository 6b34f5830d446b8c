package io.byteport.dsl.solve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chooses numbers that stand to each other as they must. Used once. */
final class Numbers {
  private static final int MOST_SPLITS = 200;

  /** How two numbers, or for {@link #DIFFERENT} two values of any kind, stand to each other. */
  enum Kind {
    LESS,
    NOT_MORE,
    DIFFERENT
  }

  record Relation(int left, int right, Kind kind) {}

  private final List<Cell> cells;
  private final List<Relation> relations = new ArrayList<>();
  private final Map<Integer, Integer> index = new LinkedHashMap<>();
  private final List<Integer> members = new ArrayList<>();
  private int splits;

  Numbers(List<Cell> cells, List<Relation> all) {
    this.cells = cells;
    members.add(-1);
    for (Relation relation : all) {
      if (cells.get(relation.left()).term().kind() == Term.Kind.NUMBER) {
        relations.add(relation);
        number(relation.left());
        number(relation.right());
      }
    }
  }

  private void number(int group) {
    if (index.putIfAbsent(group, members.size()) == null) {
      members.add(group);
    }
  }

  /**
   * @param chosen takes a value for each number, as far as one was found
   * @return false where there is none
   */
  boolean solve(Map<Integer, Object> chosen) {
    if (relations.isEmpty()) {
      return true;
    }
    boolean[] whole = new boolean[members.size()];
    whole[0] = true;
    for (int i = 1; i < whole.length; i++) {
      whole[i] = cells.get(members.get(i)).term().integral();
    }
    Differences start = new Differences(whole);
    for (int i = 1; i < whole.length; i++) {
      if (!start.bound(i, cells.get(members.get(i)).range())) {
        return false;
      }
    }
    for (Relation relation : relations) {
      int left = index.getOrDefault(relation.left(), 0);
      int right = index.getOrDefault(relation.right(), 0);
      boolean open = relation.kind() == Kind.LESS;
      if (relation.kind() != Kind.DIFFERENT && !start.atMost(left, right, 0, open)) {
        return false;
      }
    }
    return choose(start, 1, chosen);
  }

  /** Tries the values of those that have only a few, one after the other. */
  private boolean choose(Differences so, int next, Map<Integer, Object> chosen) {
    if (next == members.size()) {
      return split(so, chosen);
    }
    Cell cell = cells.get(members.get(next));
    if (cell.among() == null) {
      return choose(so, next + 1, chosen);
    }
    for (Object value : cell.among()) {
      if (++splits > MOST_SPLITS) {
        return true;
      }
      double number = (Double) value;
      Differences more = so.copy();
      if (more.bound(next, new Range(number, false, number, false))
          && choose(more, next + 1, chosen)) {
        return true;
      }
    }
    return false;
  }

  /** Chooses values; where two that must differ do not, tries both orders. */
  private boolean split(Differences so, Map<Integer, Object> chosen) {
    double[] steps = new double[members.size()];
    for (int i = 1; i < steps.length; i++) {
      steps[i] = Quantity.step(cells.get(members.get(i)).term().type());
    }
    Optional<double[]> found = so.values(steps);
    if (found.isEmpty() || ++splits > MOST_SPLITS) {
      return true;
    }
    double[] values = found.get();
    for (int i = 1; i < values.length; i++) {
      if (cells.get(members.get(i)).not().contains(values[i])) {
        return either(so, i, 0, values[i], chosen);
      }
    }
    for (Relation relation : relations) {
      int left = index.getOrDefault(relation.left(), 0);
      int right = index.getOrDefault(relation.right(), 0);
      if (relation.kind() == Kind.DIFFERENT && values[left] == values[right]) {
        return either(so, left, right, 0, chosen);
      }
    }
    for (int i = 1; i < values.length; i++) {
      chosen.put(members.get(i), values[i]);
    }
    return true;
  }

  /** That a difference is less, or more, than what it may not be. */
  private boolean either(
      Differences so, int left, int right, double not, Map<Integer, Object> chosen) {
    Differences less = so.copy();
    if (less.atMost(left, right, not, true) && split(less, chosen)) {
      return true;
    }
    Differences more = so.copy();
    return more.atMost(right, left, -not, true) && split(more, chosen);
  }
}
