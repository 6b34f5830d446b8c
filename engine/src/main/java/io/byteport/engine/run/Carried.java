package io.byteport.engine.run;

import java.time.Instant;

/** How a process left a run that it carried on for a while. */
public sealed interface Carried {

  /** It has ended, and it was tried to tell people. */
  record Ended(RunReport report) implements Carried {}

  /** Nothing is to be done before then, unless something is left in its inbox. */
  record Waits(Instant until) implements Carried {}

  /** Another process carries it on, or this one is not to. */
  record Elsewhere() implements Carried {}
}
