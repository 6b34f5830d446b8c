package io.byteport.cli;

import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A real MariaDB that lets fifty clients in, and clients that behave badly. */
final class CrowdedMariadb implements AutoCloseable {
  /** The entry of the inventory. */
  static final String NAME = "shop";

  private final Installed programs;
  private final int port;
  private final List<Connection> clients = new ArrayList<>();

  private CrowdedMariadb(Path folder) throws IOException {
    this.programs = new Installed(folder);
    this.port = Installed.freePort();
  }

  static boolean isInstalled() {
    return Installed.find("mariadbd").isPresent()
        && Installed.find("mariadb-install-db").isPresent();
  }

  static CrowdedMariadb start(Path folder) throws Exception {
    CrowdedMariadb server = new CrowdedMariadb(folder);
    Path data = folder.resolve("data");
    Files.createDirectory(data);
    String user = "--user=" + System.getProperty("user.name");
    try {
      server.programs.run(
          Map.of(),
          Installed.find("mariadb-install-db").orElseThrow().toString(),
          "--no-defaults",
          "--datadir=" + data,
          "--auth-root-authentication-method=normal",
          "--skip-test-db",
          user);
      server.programs.start(
          Map.of(),
          Installed.find("mariadbd").orElseThrow().toString(),
          "--no-defaults",
          "--datadir=" + data,
          user,
          "--bind-address=127.0.0.1",
          "--port=" + server.port,
          "--socket=" + folder.resolve("socket"),
          "--pid-file=" + folder.resolve("pid"),
          "--max-connections=50",
          "--performance-schema=ON",
          "--skip-name-resolve",
          "--innodb-flush-log-at-trx-commit=0");
      server.programs.await(server.port);
      server.prepare();
      return server;
    } catch (Exception | AssertionError e) {
      server.close();
      throw e;
    }
  }

  private void prepare() throws SQLException {
    for (String statement :
        List.of(
            "CREATE DATABASE shop",
            "CREATE TABLE shop.stock (id INT PRIMARY KEY, left_over INT)",
            "INSERT INTO shop.stock VALUES (1, 10), (2, 20)",
            "CREATE USER byteport@'127.0.0.1' IDENTIFIED BY 'secret'",
            "GRANT PROCESS, CONNECTION ADMIN ON *.* TO byteport@'127.0.0.1'",
            "GRANT SELECT ON mysql.* TO byteport@'127.0.0.1'",
            "GRANT SELECT ON performance_schema.* TO byteport@'127.0.0.1'",
            "GRANT SELECT ON shop.* TO byteport@'127.0.0.1'",
            "CREATE USER app@'127.0.0.%' IDENTIFIED BY 'x'",
            "GRANT ALL ON shop.* TO app@'127.0.0.%'",
            "CREATE USER proxysql_app@'127.0.0.%' IDENTIFIED BY 'x'",
            "GRANT ALL ON shop.* TO proxysql_app@'127.0.0.%'")) {
      run(statement);
    }
  }

  private Connection connect(String user, String password, Map<String, String> options)
      throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    options.forEach(login::setProperty);
    return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/", login);
  }

  /** As the administrator. */
  void run(String sql) throws SQLException {
    try (Connection connection = connect("root", "", Map.of());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A number, as the administrator sees it. */
  long count(String sql) throws SQLException {
    try (Connection connection = connect("root", "", Map.of());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** How many sessions a user has. */
  long sessionsOf(String user) throws SQLException {
    return count("SELECT count(*) FROM information_schema.processlist WHERE user = '" + user + "'");
  }

  /** Clients of an application, from a machine of their own. */
  List<Connection> clients(int sessions, String user, String application, String address)
      throws SQLException {
    List<Connection> made = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      made.add(
          connect(
              user,
              "x",
              Map.of(
                  "localSocketAddress",
                  address,
                  "connectionAttributes",
                  "program_name:" + application)));
    }
    clients.addAll(made);
    return made;
  }

  /** Clients that begin a transaction and forget it. */
  void forget(int sessions, String user, String application, String address) throws SQLException {
    for (Connection client : clients(sessions, user, application, address)) {
      client.setAutoCommit(false);
      try (Statement statement = client.createStatement()) {
        statement.execute("SELECT left_over FROM shop.stock");
      }
    }
  }

  /**
   * How byteport gets in.
   *
   * @param annotations by whose leave
   */
  Inventory.Entry entry(Map<String, String> annotations) {
    Map<String, Value> settings = new LinkedHashMap<>();
    settings.put("address", Value.of("127.0.0.1:" + port + "/shop"));
    settings.put("username", Value.of("byteport"));
    settings.put("engine", Value.of("mysql"));
    return new Inventory.Entry(
        "database",
        "mariadb",
        NAME,
        List.of(),
        settings,
        Map.of("password", new Secret("a test", () -> "secret", value -> {})),
        Map.of(),
        annotations);
  }

  /** All clients leave. */
  void disconnect() throws SQLException {
    for (Connection client : clients) {
      client.abort(Runnable::run);
    }
    clients.clear();
  }

  @Override
  public void close() throws SQLException {
    disconnect();
    programs.close();
  }
}
