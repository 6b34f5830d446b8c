package io.byteport.dsl.model;

import java.util.List;

/** What happens when a step fails. */
public sealed interface OnFailure {

  OnFailure STOP = new Stop();

  /** The steps end, what was changed is rolled back, a human is called. */
  record Stop() implements OnFailure {}

  /** The next step follows; the verification decides. */
  record Continue() implements OnFailure {}

  /** These steps instead. */
  record Instead(List<Step> steps) implements OnFailure {
    public Instead {
      steps = List.copyOf(steps);
    }
  }
}
