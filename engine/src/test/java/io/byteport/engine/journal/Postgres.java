package io.byteport.engine.journal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL for the tests of this JVM, which is stopped with it. */
public final class Postgres {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static @Nullable EmbeddedPostgres server;

  private Postgres() {}

  private static synchronized EmbeddedPostgres server() {
    if (server == null) {
      try {
        server =
            EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "300")
                .setServerConfig("fsync", "off")
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return server;
  }

  /** A process that takes every time for what it says. */
  public static SqlRunStore trusting(StoreAddress address, String replica) {
    return SqlRunStore.shared(
        address, Redactor.SHAPES_ONLY, replica, new LedgerTime(null, Duration.ZERO));
  }

  /** From now on a process counts as not heard of for the length of its lease. */
  public static void endLease(StoreAddress address, String replica) {
    try (Connection connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        PreparedStatement update =
            connection.prepareStatement(
                "update replica set lease_until = current_timestamp - interval '1 second' where id"
                    + " = ?")) {
      update.setString(1, replica);
      if (update.executeUpdate() != 1) {
        throw new IllegalStateException("no process is called " + replica);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The address of an empty database. */
  public static StoreAddress freshDatabase() {
    String name = "state" + DATABASES.incrementAndGet();
    try (Connection connection = server().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new StoreAddress(
        "jdbc:postgresql://localhost:" + server().getPort() + "/" + name,
        "postgres",
        "postgres",
        8,
        Duration.ofMinutes(5));
  }
}
