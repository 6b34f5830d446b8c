package io.byteport.engine.run;

/** Sees the journal while it is written: a console, a terminal, metrics. */
@FunctionalInterface
public interface RunListener {

  /**
   * An entry that is in the journal now. Called on the thread of the run, entry by entry; must
   * return quickly. What it throws is logged and changes nothing.
   */
  void entry(RunId run, JournalEntry entry);
}
