package io.byteport.engine.journal;

import io.byteport.engine.run.RunId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports that were delivered and are not yet marked so: several are marked at a time. One that is
 * lost is delivered once more, at the next start. Safe for several threads.
 */
final class Deliveries {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  private final SqlTransactions transactions;
  private final Set<RunId> unmarked = new LinkedHashSet<>();

  Deliveries(SqlTransactions transactions) {
    this.transactions = transactions;
  }

  synchronized void add(RunId run) {
    unmarked.add(run);
  }

  /**
   * Marks those that are not marked yet.
   *
   * @throws StoreException if that cannot be done; then it is tried again with the next
   */
  synchronized void mark() {
    if (unmarked.isEmpty()) {
      return;
    }
    List<RunId> all = new ArrayList<>(unmarked);
    transactions.writeLazily(
        "note deliveries", connection -> SqlJournal.markDelivered(connection, all));
    unmarked.clear();
  }

  /** The same for nobody who waits for it. */
  void catchUp() {
    try {
      mark();
    } catch (StoreException e) {
      LOG.debug("deliveries are not noted yet", e);
    }
  }
}
