package io.byteport.dsl.solve;

import java.util.ArrayList;
import java.util.List;

/**
 * Constraints joined by and and or. Negation stands at the constraints already, so a formula says
 * what must be so for a condition to have a verdict. Immutable.
 */
public sealed interface Formula {
  Formula TRUE = new All(List.of());
  Formula FALSE = new Any(List.of());

  record All(List<Formula> parts) implements Formula {
    public All {
      parts = List.copyOf(parts);
    }
  }

  record Any(List<Formula> parts) implements Formula {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** One constraint. */
  final class Is implements Formula {
    private final Constraint constraint;

    Is(Constraint constraint) {
      this.constraint = constraint;
    }

    Constraint constraint() {
      return constraint;
    }
  }

  /** What holds where all of these do. */
  static Formula all(List<Formula> parts) {
    List<Formula> flat = new ArrayList<>();
    for (Formula part : parts) {
      if (part.equals(FALSE)) {
        return FALSE;
      }
      if (part instanceof All all) {
        flat.addAll(all.parts());
      } else {
        flat.add(part);
      }
    }
    return flat.size() == 1 ? flat.get(0) : new All(flat);
  }

  /** What holds where one of these does. */
  static Formula any(List<Formula> parts) {
    List<Formula> flat = new ArrayList<>();
    for (Formula part : parts) {
      if (part.equals(TRUE)) {
        return TRUE;
      }
      if (part instanceof Any any) {
        flat.addAll(any.parts());
      } else {
        flat.add(part);
      }
    }
    return flat.size() == 1 ? flat.get(0) : new Any(flat);
  }

  static Formula is(Constraint constraint) {
    return new Is(constraint);
  }
}
