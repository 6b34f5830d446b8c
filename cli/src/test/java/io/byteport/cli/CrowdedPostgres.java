package io.byteport.cli;

import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Inventory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A real PostgreSQL that lets a hundred clients in, and clients that behave badly. */
final class CrowdedPostgres implements AutoCloseable {
  /** The entry of the inventory. */
  static final String NAME = "appdb";

  private final EmbeddedPostgres server;
  private final List<Connection> clients = new ArrayList<>();

  private CrowdedPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  static CrowdedPostgres start() throws IOException, SQLException {
    CrowdedPostgres postgres =
        new CrowdedPostgres(
            EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "104")
                .setServerConfig("superuser_reserved_connections", "3")
                .setServerConfig("reserved_connections", "1")
                .setServerConfig("fsync", "off")
                .setServerConfig("lc_messages", "C")
                .start());
    for (String statement :
        List.of(
            "CREATE ROLE byteport LOGIN",
            "GRANT pg_monitor, pg_signal_backend, pg_use_reserved_connections TO byteport",
            "CREATE ROLE app LOGIN",
            "CREATE TABLE stock (id integer PRIMARY KEY, left_over integer)",
            "INSERT INTO stock VALUES (1, 10), (2, 20)",
            "GRANT ALL ON stock TO app")) {
      postgres.run(statement);
    }
    return postgres;
  }

  int port() {
    return server.getPort();
  }

  /**
   * How byteport gets in.
   *
   * @param annotations by whose leave
   */
  Inventory.Entry entry(Map<String, String> annotations) {
    Map<String, Value> settings = new LinkedHashMap<>();
    settings.put("address", Value.of("localhost:" + port() + "/postgres"));
    settings.put("username", Value.of("byteport"));
    settings.put("engine", Value.of("postgres"));
    return new Inventory.Entry(
        "database", "postgres", NAME, List.of(), settings, Map.of(), Map.of(), annotations);
  }

  Connection administrator() throws SQLException {
    return server.getPostgresDatabase().getConnection();
  }

  /** As the administrator. */
  void run(String sql) throws SQLException {
    try (Connection connection = administrator();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A number, as the administrator sees it. */
  long count(String sql) throws SQLException {
    try (Connection connection = administrator();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** How many sessions an application has. */
  long sessionsOf(String application) throws SQLException {
    return count(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = '" + application + "'");
  }

  Connection client(String user, String application) throws SQLException {
    Connection connection =
        server
            .getDatabase(user, "postgres", Map.of("ApplicationName", application))
            .getConnection();
    clients.add(connection);
    return connection;
  }

  /** Clients that begin a transaction and forget it. */
  List<Connection> forget(int sessions, String user, String application) throws SQLException {
    List<Connection> forgotten = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      Connection connection = client(user, application);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT 'kettle of the harbour', " + i);
      }
      forgotten.add(connection);
    }
    return forgotten;
  }

  /** Runs a statement and tells how it ended: with an SQLSTATE, or with null. */
  CompletableFuture<String> busy(String application, String sql) throws SQLException {
    Connection connection = client("app", application);
    CompletableFuture<String> end = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
                end.complete("it ended by itself");
              } catch (SQLException e) {
                end.complete(String.valueOf(e.getSQLState()));
              }
            });
    return end;
  }

  /** All clients leave, those too that are in the middle of something. */
  void disconnect() throws SQLException {
    run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> 'byteport'"
            + " AND backend_type = 'client backend' AND pid <> pg_backend_pid()");
    for (Connection client : clients) {
      client.abort(Runnable::run);
    }
    clients.clear();
  }

  @Override
  public void close() throws IOException, SQLException {
    disconnect();
    server.close();
  }
}
