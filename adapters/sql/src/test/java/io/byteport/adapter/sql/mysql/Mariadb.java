package io.byteport.adapter.sql.mysql;

import io.byteport.adapter.sql.Programs;
import io.byteport.adapter.sql.Rig;
import io.byteport.engine.spi.Inventory.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.mariadb.jdbc.Driver;

/** A real MariaDB in a folder of its own. */
final class Mariadb {
  private final Path folder;
  private final Process server;
  private final int port;

  private Mariadb(Path folder, Process server, int port) {
    this.folder = folder;
    this.server = server;
    this.port = port;
  }

  static boolean isInstalled() {
    return Programs.find("mariadbd").isPresent() && Programs.find("mariadb-install-db").isPresent();
  }

  static Mariadb start() throws Exception {
    Path folder = Files.createTempDirectory("byteport-mariadb");
    Path data = folder.resolve("data");
    Path log = folder.resolve("log");
    Process server = null;
    try {
      Programs.run(
          log,
          List.of(
              Programs.find("mariadb-install-db").orElseThrow().toString(),
              "--no-defaults",
              "--datadir=" + data,
              "--auth-root-authentication-method=normal",
              "--skip-test-db",
              "--user=" + System.getProperty("user.name")));
      int port = Programs.freePort();
      server =
          Programs.start(
              log,
              List.of(
                  Programs.find("mariadbd").orElseThrow().toString(),
                  "--no-defaults",
                  "--datadir=" + data,
                  "--user=" + System.getProperty("user.name"),
                  "--bind-address=127.0.0.1",
                  "--port=" + port,
                  "--socket=" + folder.resolve("socket"),
                  "--pid-file=" + folder.resolve("pid"),
                  "--max-connections=50",
                  "--performance-schema=ON",
                  "--skip-name-resolve",
                  "--innodb-flush-log-at-trx-commit=0"));
      Mariadb started = new Mariadb(folder, server, port);
      Rig.await("the server to let us in", started::isUp);
      started.prepare();
      return started;
    } catch (Exception | AssertionError e) {
      String said = Files.readString(log);
      Programs.stop(server);
      Programs.delete(folder);
      throw new IOException(said, e);
    }
  }

  private boolean isUp() {
    try (Connection connection = connect("root", "", "")) {
      return connection.isValid(5);
    } catch (SQLException e) {
      return false;
    }
  }

  private void prepare() throws SQLException {
    try (Connection connection = connect("root", "", "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE shop");
      statement.execute("CREATE TABLE shop.stock (id INT PRIMARY KEY, left_over INT)");
      statement.execute("INSERT INTO shop.stock VALUES (1, 10), (2, 20)");
      statement.execute("CREATE USER byteport@'127.0.0.1' IDENTIFIED BY 'it''s secret'");
      statement.execute("GRANT PROCESS, CONNECTION ADMIN ON *.* TO byteport@'127.0.0.1'");
      for (String schema : List.of("mysql", "performance_schema", "shop")) {
        statement.execute("GRANT SELECT ON " + schema + ".* TO byteport@'127.0.0.1'");
      }
      statement.execute("CREATE USER stranger@'127.0.0.1' IDENTIFIED BY 'x'");
      statement.execute("GRANT SELECT ON shop.* TO stranger@'127.0.0.1'");
      for (String user : List.of("app", "proxysql_app")) {
        statement.execute("CREATE USER " + user + "@'127.0.0.1' IDENTIFIED BY 'x'");
        statement.execute("GRANT ALL ON shop.* TO " + user + "@'127.0.0.1'");
      }
      statement.execute("CREATE USER admin2@'127.0.0.1' IDENTIFIED BY 'x'");
      statement.execute("GRANT ALL ON *.* TO admin2@'127.0.0.1'");
    }
  }

  Connection connect(String user, String password, String database) throws SQLException {
    return connect(user, password, database, "tests");
  }

  Connection connect(String user, String password, String database, String program)
      throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    login.setProperty("connectionAttributes", "program_name:" + program);
    Connection connection =
        new Driver().connect("jdbc:mariadb://127.0.0.1:" + port + "/" + database, login);
    if (connection == null) {
      throw new SQLException("not an address of this driver");
    }
    return connection;
  }

  int port() {
    return port;
  }

  Entry entry(String user, String password) {
    return Rig.entry(
        "mariadb",
        "shop",
        Map.of("address", "127.0.0.1:" + port + "/shop", "username", user),
        password);
  }

  /** Stops it and removes its files. */
  void close() throws IOException, InterruptedException {
    Programs.stop(server);
    Programs.delete(folder);
  }
}
