package io.byteport.adapter.sql.postgres;

import io.byteport.adapter.sql.Rig;
import io.byteport.engine.spi.Inventory.Entry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL for the tests of this JVM, stopped with it; one user is us, one a client. */
public final class Postgres {
  /** How many connections it has in all. */
  public static final int MAX = 100;

  private static final class Holder {
    private static final EmbeddedPostgres SERVER = start();
  }

  private Postgres() {}

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setServerConfig("max_connections", Integer.toString(MAX))
              .setServerConfig("fsync", "off")
              .setServerConfig("wal_level", "logical")
              .setServerConfig("lc_messages", "C")
              .start();
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE ROLE byteport LOGIN");
        statement.execute(
            "GRANT pg_monitor, pg_signal_backend, pg_use_reserved_connections TO byteport");
        statement.execute("CREATE ROLE stranger LOGIN");
        statement.execute("CREATE ROLE app LOGIN");
        statement.execute("CREATE TABLE stock (id integer PRIMARY KEY, left_over integer)");
        statement.execute("INSERT INTO stock VALUES (1, 10), (2, 20)");
        statement.execute("GRANT ALL ON stock TO app, byteport");
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public static int port() {
    return Holder.SERVER.getPort();
  }

  /** An entry by which a user gets in. */
  public static Entry entry(String name, String user) {
    return Rig.entry(
        "postgres",
        name,
        Map.of("address", "localhost:" + port() + "/postgres", "username", user),
        "");
  }

  /** A client's connection. */
  public static Connection connect(String user, String application) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"localhost"});
    source.setPortNumbers(new int[] {port()});
    source.setDatabaseName("postgres");
    source.setUser(user);
    source.setApplicationName(application);
    return source.getConnection();
  }

  /** As the administrator. */
  public static void run(String sql) throws SQLException {
    try (Connection connection = connect("postgres", "admin");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
