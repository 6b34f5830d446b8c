package io.byteport.cli;

import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
import java.util.regex.Pattern;

/** A real PgBouncer before a PostgreSQL, which writes down what its console is asked. */
final class Pooler implements AutoCloseable {
  /** The entry of the inventory. */
  static final String NAME = "appdb-pgbouncer";

  private static final Pattern ASKED = Pattern.compile("got admin query: (.*)");

  private final Path folder;
  private final Installed programs;
  private final int database;
  private final int port;

  private Pooler(Path folder, int database) throws IOException {
    this.folder = folder;
    this.programs = new Installed(folder);
    this.database = database;
    this.port = Installed.freePort();
  }

  /**
   * Lets one client at a time through.
   *
   * @param database the port of PostgreSQL
   */
  static Pooler start(Path folder, int database) throws Exception {
    Pooler pooler = new Pooler(folder, database);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.writeString(folder.resolve("users.txt"), "\"app\" \"x\"\n\"byteport\" \"secret\"\n");
    pooler.configure(1);
    List<String> command =
        new ArrayList<>(List.of(Installed.find("pgbouncer").orElseThrow().toString()));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-u", "nobody"));
    }
    command.add(folder.resolve("pgbouncer.ini").toString());
    try {
      pooler.programs.start(Map.of(), command.toArray(String[]::new));
      pooler.programs.await(pooler.port);
      return pooler;
    } catch (IOException | AssertionError e) {
      pooler.close();
      throw e;
    }
  }

  /** What a human writes into its file; it is in force when the file is read again. */
  void configure(int poolSize) throws IOException {
    Files.writeString(
        folder.resolve("pgbouncer.ini"),
        """
        [databases]
        shop = host=127.0.0.1 port=%d dbname=postgres user=app
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = plain
        auth_file = %s
        admin_users = byteport
        pool_mode = transaction
        default_pool_size = %d
        verbose = 2
        """
            .formatted(database, port, folder.resolve("users.txt"), poolSize));
  }

  /** How byteport gets to its console. */
  Inventory.Entry entry() {
    Map<String, Value> settings = new LinkedHashMap<>();
    settings.put("address", Value.of("127.0.0.1:" + port + "/pgbouncer"));
    settings.put("username", Value.of("byteport"));
    return new Inventory.Entry(
        "database",
        "pgbouncer",
        NAME,
        List.of(),
        settings,
        Map.of("password", new Secret("a test", () -> "secret", value -> {})),
        Map.of(),
        Map.of());
  }

  /** A client, which waits where the pool is full. */
  Connection client() throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", "app");
    login.setProperty("password", "x");
    login.setProperty("prepareThreshold", "0");
    return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/shop", login);
  }

  /** As its administrator, without the SET with which the driver greets an older server. */
  Connection console() throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", "byteport");
    login.setProperty("password", "secret");
    login.setProperty("preferQueryMode", "simple");
    login.setProperty("assumeMinServerVersion", "9.0");
    login.setProperty("replication", "false");
    return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/pgbouncer", login);
  }

  /** How many clients wait. */
  static int waiting(Statement console) throws SQLException {
    int waiting = 0;
    try (ResultSet row = console.executeQuery("SHOW POOLS")) {
      while (row.next()) {
        waiting += row.getInt("cl_waiting");
      }
    }
    return waiting;
  }

  /**
   * Whether a command only reads: what the pooler counts, what stands in its file, or, by the
   * driver, whether there is still somebody.
   */
  static boolean reads(String command) {
    return command.startsWith("SHOW ")
        || command.equals("RELOAD")
        || command.equals("IDENTIFY_SYSTEM");
  }

  /** What its console was asked, in order. */
  List<String> asked() throws IOException {
    return ASKED
        .matcher(Files.readString(folder.resolve("out.log")))
        .results()
        .map(found -> found.group(1).strip())
        .toList();
  }

  @Override
  public void close() {
    programs.close();
  }
}
