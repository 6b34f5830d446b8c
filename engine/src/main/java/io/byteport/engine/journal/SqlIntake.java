package io.byteport.engine.journal;

import io.byteport.engine.intake.AlertStore;
import io.byteport.engine.intake.DueAlerts;
import io.byteport.engine.intake.SourceStore;

/**
 * What the intake keeps in the database of the state, beside the runs.
 *
 * @param alerts what sources said
 * @param due of which it is to be seen what becomes
 * @param sources how it stands with each source
 */
public record SqlIntake(AlertStore alerts, DueAlerts due, SourceStore sources) {

  /** In the database of a store, which is closed with it. */
  public static SqlIntake of(SqlRunStore store) {
    SqlTransactions transactions = store.transactions();
    AlertCodec codec = new AlertCodec(store.codec());
    SqlAttached attached = new SqlAttached(new SqlJournal(store.codec(), new StandardWrites()));
    String replica = store.replica();
    return new SqlIntake(
        new SqlAlerts(transactions, new SqlAlertRows(codec), attached, replica, store.isShared()),
        new SqlDueAlerts(transactions, codec, attached, replica),
        new SqlSources(transactions, codec, replica));
  }
}
