package io.byteport.engine.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.function.LongSupplier;

/**
 * How long this process may count on its claims. The database's clock says when others may take
 * them over; this process's monotonic clock, which a set clock or a suspended process does not
 * deceive, says when it must no longer rely on them, which is sooner. Safe for several threads.
 */
final class Lease {
  private final SqlTransactions transactions;
  private final String replica;
  private final Duration length;
  private final LongSupplier nanoTime;
  private final LedgerTime time;
  private volatile long heldUntil;

  /**
   * @param length zero where nobody else can take anything over
   */
  Lease(
      SqlTransactions transactions,
      String replica,
      Duration length,
      LongSupplier nanoTime,
      LedgerTime time) {
    this.time = time;
    this.transactions = transactions;
    this.replica = replica;
    this.length = length;
    this.nanoTime = nanoTime;
    this.heldUntil = nanoTime.getAsLong();
  }

  /** Says that this process is alive. */
  void renew() {
    if (length.isZero()) {
      return;
    }
    long asked = nanoTime.getAsLong();
    transactions.write(
        "renew the lease",
        connection -> {
          OffsetDateTime now = SqlReplicas.now(connection);
          compareTime(connection, now);
          OffsetDateTime until = now.plus(length);
          try (PreparedStatement update =
              connection.prepareStatement("update replica set lease_until = ? where id = ?")) {
            update.setObject(1, until);
            update.setString(2, replica);
            if (update.executeUpdate() == 1) {
              return true;
            }
          }
          try (PreparedStatement insert =
              connection.prepareStatement("insert into replica (id, lease_until) values (?, ?)")) {
            insert.setString(1, replica);
            insert.setObject(2, until);
            return insert.executeUpdate() == 1;
          }
        });
    // A quarter of it is for what happens between a look at the lease and what relies on it.
    heldUntil = asked + length.toNanos() / 4 * 3;
  }

  /** All processes count by one time, and each says how far it has come. */
  private void compareTime(Connection connection, OffsetDateTime now) throws SQLException {
    LedgerTime.Mark known = SqlLedgerTime.read(connection);
    if (!time.hasBegun()) {
      time.begin(known, SqlReplicas.othersAreAlive(connection, replica), now.toInstant());
    } else if (known != null) {
      time.heard(known.at());
    }
    LedgerTime.Mark mark = time.mark();
    if (mark != null) {
      SqlLedgerTime.write(connection, mark);
    }
  }

  /** Says that this process carries nothing on any more. */
  void giveUp() {
    heldUntil = nanoTime.getAsLong();
    transactions.write(
        "give up the lease",
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("delete from replica where id = ?")) {
            delete.setString(1, replica);
            return delete.executeUpdate() == 1;
          }
        });
  }

  /** Whether nobody else can have taken over what this process has claimed. */
  boolean isHeld() {
    return length.isZero() || nanoTime.getAsLong() - heldUntil < 0;
  }

  /** How often to renew. */
  Duration every() {
    return length.dividedBy(5);
  }
}
