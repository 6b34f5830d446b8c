package io.byteport.cli.world;

import io.byteport.adapter.sql.SqlAdapterProvider;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.Inventory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real PostgreSQL whose connections are taken. Its own clock is the real one, so that a little
 * real time passes here whenever the virtual one moves.
 */
public final class DatabaseWorld implements World {
  private static final Duration MOMENT = Duration.ofMillis(20);

  private final EmbeddedPostgres server;
  private final List<Connection> clients = new ArrayList<>();

  private DatabaseWorld(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * @param name {@code forgotten}, where an application leaves transactions open, or {@code
   *     consoles}, where those who do so are a superuser and a console
   */
  static Setting setting(String name) {
    return new Setting() {
      @Override
      public Instant startAt() {
        return Instant.parse("2026-11-21T03:00:00Z");
      }

      @Override
      public World start(InstantSource clock, Path folder) throws IOException {
        DatabaseWorld world =
            new DatabaseWorld(
                EmbeddedPostgres.builder()
                    .setPgBinaryResolver(PostgresPrograms.here())
                    .setOverrideWorkingDirectory(folder.resolve("postgres").toFile())
                    .setServerConfig("max_connections", "44")
                    .setServerConfig("superuser_reserved_connections", "3")
                    .setServerConfig("reserved_connections", "1")
                    .setServerConfig("fsync", "off")
                    .setServerConfig("lc_messages", "C")
                    .start());
        try {
          world.fill(name);
        } catch (SQLException e) {
          world.close();
          throw new IOException("PostgreSQL does not play along: " + e.getMessage(), e);
        }
        return world;
      }
    };
  }

  private void fill(String name) throws SQLException {
    for (String statement :
        List.of(
            "CREATE ROLE byteport LOGIN",
            "GRANT pg_monitor, pg_signal_backend, pg_use_reserved_connections TO byteport",
            "CREATE ROLE app LOGIN")) {
      run(statement);
    }
    switch (name) {
      case "forgotten" -> {
        open(12, "app", "web", false);
        open(9, "app", "api", false);
        open(18, "app", "worker-pool", true);
      }
      case "consoles" -> {
        open(13, "app", "web", false);
        open(13, "app", "api", false);
        open(9, "app", "cart", false);
        open(2, "app", "pgAdmin 4 - DB:appdb", true);
        open(2, "postgres", "psql", true);
      }
      default -> throw new IllegalArgumentException("no scenario of a database: " + name);
    }
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Clients that hold a connection, and perhaps a transaction that they have forgotten. */
  private void open(int count, String user, String application, boolean forget)
      throws SQLException {
    for (int i = 0; i < count; i++) {
      Connection connection =
          server
              .getDatabase(user, "postgres", Map.of("ApplicationName", application))
              .getConnection();
      clients.add(connection);
      connection.setAutoCommit(!forget);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT 'job', " + i);
      }
    }
  }

  @Override
  public String introduction() {
    return "A real PostgreSQL with room for 40 clients answers at localhost:"
        + server.getPort()
        + "; 39 are there.";
  }

  @Override
  public List<Inventory.Entry> entries() {
    return List.of(
        new Inventory.Entry(
            "database",
            "postgres",
            "appdb",
            List.of(),
            Map.of(
                "engine",
                Value.of("postgres"),
                "address",
                Value.of("localhost:" + server.getPort() + "/postgres"),
                "username",
                Value.of("byteport")),
            Map.of(),
            Map.of(),
            Map.of()));
  }

  @Override
  public List<Adapter> adapters(Inventory inventory) {
    return List.of(new SqlAdapterProvider().create(inventory));
  }

  @Override
  public void tick() {
    try {
      TimeUnit.NANOSECONDS.sleep(MOMENT.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many clients have lost their session. */
  @Override
  public long changes() {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                    + " AND application_name <> 'byteport' AND pid <> pg_backend_pid()")) {
      row.next();
      return clients.size() - row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL does not answer any more", e);
    }
  }

  @Override
  public String subject() {
    return "the database";
  }

  @Override
  public void close() throws IOException {
    for (Connection client : clients) {
      try {
        client.close();
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }
    server.close();
  }
}
