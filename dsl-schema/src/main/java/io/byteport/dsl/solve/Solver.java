package io.byteport.dsl.solve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Searches for facts that fulfil a formula: constraints are taken one by one, alternatives tried in
 * turn, those with the fewest ways first.
 *
 * <p>A search that takes more than {@value #MOST_STEPS} steps is given up. What the solver does not
 * look into, arithmetic and functions but for a few, is taken for a value of its own, so that a
 * formula may be called possible that is not; none is called impossible that is possible. Used by
 * one thread.
 */
public final class Solver {
  private static final int MOST_STEPS = 4_000;

  /** What a search comes to. */
  public sealed interface Outcome {}

  /** Nothing fulfils the formula. */
  public record Impossible() implements Outcome {}

  /**
   * The formula was not refuted.
   *
   * @param facts an example; empty where none was found
   */
  public record Possible(Optional<Model> facts) implements Outcome {}

  /** The search was given up. */
  public record GivenUp() implements Outcome {}

  private static final Outcome IMPOSSIBLE = new Impossible();
  private static final Outcome GIVEN_UP = new GivenUp();

  private static final Outcome POSSIBLE = new Possible(Optional.empty());

  private final Formula goal;
  private final boolean example;
  private int steps;

  /**
   * @param example whether example facts are wanted
   */
  private Solver(Formula goal, boolean example) {
    this.goal = goal;
    this.example = example;
  }

  /** Searches for facts under which all of these hold. */
  public static Outcome solve(List<Formula> formulas) {
    return solve(formulas, true);
  }

  private static Outcome solve(List<Formula> formulas, boolean example) {
    Formula goal = Formula.all(formulas);
    return new Solver(goal, example).search(new State(), List.of(goal), List.of());
  }

  /** Whether nothing fulfils all of these; false too where the search was given up. */
  public static boolean impossible(List<Formula> formulas) {
    return solve(formulas, false) instanceof Impossible;
  }

  public static boolean impossible(Formula formula) {
    return impossible(List.of(formula));
  }

  private Outcome search(State state, List<Formula> open, List<Formula.Any> choices) {
    List<Formula.Any> left = new ArrayList<>(choices);
    if (!take(state, open, left)) {
      return IMPOSSIBLE;
    }
    Optional<List<Formula>> fewest = propagate(state, left);
    if (fewest.isEmpty()) {
      return IMPOSSIBLE;
    }
    if (fewest.get().isEmpty()) {
      return leaf(state);
    }
    boolean givenUp = false;
    for (Formula way : fewest.get()) {
      if (++steps > MOST_STEPS) {
        return GIVEN_UP;
      }
      Outcome outcome = search(state.copy(), List.of(way), left);
      if (outcome instanceof Possible) {
        return outcome;
      }
      givenUp |= outcome instanceof GivenUp;
    }
    return givenUp ? GIVEN_UP : IMPOSSIBLE;
  }

  private Outcome leaf(State state) {
    if (!example && state.relations().isEmpty()) {
      return POSSIBLE;
    }
    Leaf leaf = new Leaf(state);
    return !leaf.isPossible() ? IMPOSSIBLE : example ? leaf.example(goal) : POSSIBLE;
  }

  private static boolean take(State state, List<Formula> open, List<Formula.Any> choices) {
    Deque<Formula> pending = new ArrayDeque<>(open);
    while (!pending.isEmpty()) {
      switch (pending.pop()) {
        case Formula.All all -> all.parts().reversed().forEach(pending::push);
        case Formula.Any any -> choices.add(any);
        case Formula.Is is -> {
          if (!state.add(is.constraint())) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /**
   * Takes choices of which one way is left, until none is.
   *
   * @param choices those that are left; changed
   * @return the ways of the choice that has the fewest, which is no longer among those left; no way
   *     where there is no choice; empty where a choice has none
   */
  private Optional<List<Formula>> propagate(State state, List<Formula.Any> choices) {
    while (true) {
      List<List<Formula>> ways = new ArrayList<>();
      for (Formula.Any any : choices) {
        ways.add(any.parts().stream().filter(part -> admits(state, part)).toList());
      }
      int fewest = -1;
      for (int i = 0; i < ways.size(); i++) {
        if (fewest < 0 || ways.get(i).size() < ways.get(fewest).size()) {
          fewest = i;
        }
      }
      if (fewest < 0) {
        return Optional.of(List.of());
      }
      List<Formula> found = ways.get(fewest);
      choices.remove(fewest);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      if (found.size() > 1) {
        return Optional.of(sorted(found));
      }
      if (!take(state, found, choices)) {
        return Optional.empty();
      }
    }
  }

  /** Single constraints first: they lead to an example soonest. */
  private static List<Formula> sorted(List<Formula> ways) {
    return ways.stream()
        .sorted(Comparator.comparingInt(way -> way instanceof Formula.Is ? 0 : 1))
        .toList();
  }

  private static boolean admits(State state, Formula formula) {
    return switch (formula) {
      case Formula.Is is -> state.admits(is.constraint());
      case Formula.All all -> all.parts().stream().allMatch(part -> admits(state, part));
      case Formula.Any any -> any.parts().stream().anyMatch(part -> admits(state, part));
    };
  }
}
