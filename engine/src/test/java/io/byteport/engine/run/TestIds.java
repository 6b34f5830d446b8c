package io.byteport.engine.run;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Names that are the same in every test. */
record TestIds(String prefix, AtomicInteger count) implements IdSource {

  TestIds(String prefix) {
    this(prefix, new AtomicInteger());
  }

  @Override
  public RunId newRun(Instant at) {
    return new RunId(prefix + "-run-" + count.incrementAndGet());
  }

  @Override
  public IntentId newIntent(RunId run) {
    return new IntentId(run + "-" + prefix + "-" + count.incrementAndGet());
  }
}
