package io.byteport.engine.run;

/** Sees the journal while it is written: a console, a terminal, metrics. */
@FunctionalInterface
public interface RunListener {

  /**
   * An entry that was appended to the journal; where it can wait, it may be on its way there still.
   * Called on the thread of the run, entry by entry; must return quickly. What it throws is logged
   * and changes nothing.
   */
  void entry(RunId run, JournalEntry entry);
}
