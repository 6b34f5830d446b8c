package io.byteport.cli.world;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who is connected to a real PostgreSQL, and how they behave. Used by one thread, beside those of
 * the statements that run.
 */
final class DatabaseClients implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration MOMENT = Duration.ofMillis(20);

  private final EmbeddedPostgres server;
  private final List<Connection> connections = new ArrayList<>();
  private final AtomicInteger cut = new AtomicInteger();

  DatabaseClients(EmbeddedPostgres server) {
    this.server = server;
  }

  /** How many have come. */
  int count() {
    return connections.size();
  }

  /** How many statements of theirs did not run to their end. */
  int cut() {
    return cut.get();
  }

  Connection administrator() throws SQLException {
    return server.getPostgresDatabase().getConnection();
  }

  /** As the administrator. */
  void run(String... statements) throws SQLException {
    try (Connection connection = administrator();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** A number, as the administrator sees it. */
  long number(String sql) throws SQLException {
    try (Connection connection = administrator();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * Real time until a number is reached.
   *
   * @throws IllegalStateException if it is not within a minute
   */
  void until(long wanted, String sql) throws SQLException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (number(sql) != wanted) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not " + wanted + " within " + PATIENCE + ": " + sql);
      }
      pause(MOMENT);
    }
  }

  static void pause(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Connection connect(String user, String application) throws SQLException {
    Connection connection =
        server
            .getDatabase(user, "postgres", Map.of("ApplicationName", application))
            .getConnection();
    connections.add(connection);
    return connection;
  }

  /** Clients that hold a connection and do nothing. */
  void idle(int count, String user, String application) throws SQLException {
    for (int i = 0; i < count; i++) {
      say(connect(user, application), "SELECT 'job', " + i);
    }
  }

  /** Clients that begin a transaction with a statement and forget it. */
  void forget(int count, String user, String application, String sql) throws SQLException {
    for (int i = 0; i < count; i++) {
      Connection connection = connect(user, application);
      connection.setAutoCommit(false);
      say(connection, sql);
    }
  }

  private static void say(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A client whose statement does not come to an end by itself. */
  void busy(String user, String application, String sql) throws SQLException {
    Connection connection = connect(user, application);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                say(connection, sql);
              } catch (SQLException e) {
                cut.incrementAndGet();
              }
            });
  }

  /** How many have lost their session. */
  long gone() throws SQLException {
    return connections.size()
        - number(
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                + " AND usename <> 'byteport' AND pid <> pg_backend_pid()");
  }

  /** All leave, those too that are in the middle of something. */
  @Override
  public void close() throws SQLException {
    for (Connection connection : connections) {
      connection.abort(Runnable::run);
    }
  }
}
