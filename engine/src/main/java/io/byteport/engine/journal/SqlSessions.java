package io.byteport.engine.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Sessions in the state database. */
final class SqlSessions implements SessionStore {
  private final SqlTransactions transactions;

  SqlSessions(SqlTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void put(Kept session, Instant now, int most) {
    transactions.writeLazily(
        "keep a session",
        connection -> {
          forget(connection, now, most - 1);
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "insert into console_session (name, person, proof, until_at)"
                      + " values (?, ?, ?, ?)")) {
            insert.setString(1, session.name());
            insert.setString(2, session.person());
            insert.setString(3, session.proof());
            insert.setObject(4, session.until().atOffset(ZoneOffset.UTC));
            return insert.executeUpdate();
          }
        });
  }

  private static void forget(Connection connection, Instant now, int most) throws SQLException {
    try (PreparedStatement over =
            connection.prepareStatement("delete from console_session where until_at <= ?");
        PreparedStatement oldest =
            connection.prepareStatement(
                "delete from console_session where name in (select name from console_session"
                    + " order by until_at desc, name offset "
                    + most
                    + " rows)")) {
      over.setObject(1, now.atOffset(ZoneOffset.UTC));
      over.executeUpdate();
      oldest.executeUpdate();
    }
  }

  @Override
  public Optional<Kept> find(String name) {
    return transactions.read(
        "look up a session",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select person, proof, until_at from console_session where name = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
              return row.next()
                  ? Optional.of(
                      new Kept(
                          name,
                          row.getString(1),
                          row.getString(2),
                          row.getObject(3, OffsetDateTime.class).toInstant()))
                  : Optional.empty();
            }
          }
        });
  }

  @Override
  public void remove(String name) {
    transactions.write(
        "end a session",
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("delete from console_session where name = ?")) {
            delete.setString(1, name);
            return delete.executeUpdate();
          }
        });
  }
}
