package io.byteport.cli;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL for tests, with a role that has a password. */
final class Database implements AutoCloseable {
  static final String PASSWORD = "kettle-9-harbour";

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final EmbeddedPostgres server;

  private Database(EmbeddedPostgres server) {
    this.server = server;
  }

  static Database start() throws IOException {
    return new Database(EmbeddedPostgres.builder().setServerConfig("fsync", "off").start());
  }

  /** The address of an empty database, with the password in it. */
  String fresh() throws SQLException {
    String name = "state" + DATABASES.incrementAndGet();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return "postgresql://postgres:" + PASSWORD + "@localhost:" + server.getPort() + "/" + name;
  }

  /** A number from the database. */
  long count(String address, String query) throws SQLException {
    String name = address.substring(address.lastIndexOf('/') + 1);
    try (Connection connection = server.getDatabase("postgres", name).getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
