package io.byteport.engine.run;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all runs of a driver share. */
record RunServices(
    RunStore store,
    Timers timers,
    ActionCalls actions,
    ParallelReads reads,
    ChangeMaker changes,
    Delivery delivery,
    SignalSink handOffs,
    Course.Beginning courses,
    Redactor redactor,
    List<RunListener> listeners) {
  private static final Logger LOG = LoggerFactory.getLogger(RunServices.class);

  static RunServices of(DriverParts parts) {
    ActionCalls actions =
        new ActionCalls(parts.actions(), parts.timers().clock(), parts.redactor(), parts.gate());
    return new RunServices(
        parts.store(),
        parts.timers(),
        actions,
        new ParallelReads(actions),
        new ChangeMaker(parts.store(), actions, parts.ids(), parts.timers().clock()),
        new Delivery(
            parts.store(), parts.timers(), parts.handOffs(), parts.dispatch(), parts.redactor()),
        parts.handOffs(),
        parts.courses(),
        parts.redactor(),
        parts.listeners());
  }

  /** Tells the listeners of entries that are in the journal. */
  void heard(RunId run, List<? extends JournalEntry> entries) {
    for (RunListener listener : listeners) {
      for (JournalEntry entry : entries) {
        try {
          listener.entry(run, entry);
        } catch (RuntimeException e) {
          LOG.warn("a listener failed at an entry of run {}: {}", run, redactor.trace(e));
        }
      }
    }
  }
}
