package io.byteport.engine.outbox;

import io.byteport.engine.journal.StormDigest;
import io.byteport.engine.run.RunId;

/** What is done with once something was put: written in the same transaction. */
public sealed interface Closes {
  /** Nothing: the run goes on. */
  record Nothing() implements Closes {}

  /** The report of a run, which counts as delivered. */
  record Report(RunId run) implements Closes {}

  /** The digest of a storm, and the reports in it. */
  record Digest(StormDigest digest) implements Closes {}
}
