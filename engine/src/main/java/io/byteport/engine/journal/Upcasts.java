package io.byteport.engine.journal;

import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * How entries of earlier formats become entries of this one: one step from each format to the next,
 * done on the tree, before anything is read from it. What is stored is never rewritten. Immutable.
 *
 * @param steps the first leads from format 1 to format 2; none is left out
 */
record Upcasts(List<UnaryOperator<ObjectNode>> steps) {

  /**
   * A format gets a step here when a component is renamed, is given another meaning or becomes
   * required; what is merely added needs none, since what is not there is null or empty.
   */
  static final Upcasts ALL = new Upcasts(List.of());

  Upcasts {
    steps = List.copyOf(steps);
  }

  /** The newest format, which is the one that is written. */
  int newest() {
    return steps.size() + 1;
  }

  /**
   * An entry in the newest format.
   *
   * @param format of the entry, 1 at least
   */
  ObjectNode raise(ObjectNode entry, int format) {
    ObjectNode raised = entry;
    for (UnaryOperator<ObjectNode> step : steps.subList(format - 1, steps.size())) {
      raised = step.apply(raised);
    }
    return raised;
  }
}
