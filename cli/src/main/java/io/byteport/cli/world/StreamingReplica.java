package io.byteport.cli.world;

import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Inventory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real streaming replica of a PostgreSQL that replays each commit three seconds late. */
public final class StreamingReplica implements AutoCloseable {
  /** The entry of the inventory, and its application_name to the primary. */
  public static final String NAME = "prod-ro-2";

  private final EmbeddedPostgres server;
  private @Nullable String stopped;

  private StreamingReplica(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * Made of a backup that ends before the copy of the files is used, as pg_basebackup does it.
   *
   * @param programs how PostgreSQL is started
   * @param administrator of the primary; stays open
   * @param port of the primary
   * @param folder not there yet; for its files
   * @throws IOException if it does not start
   * @throws SQLException if the primary does not play along
   */
  public static StreamingReplica start(
      EmbeddedPostgres.Builder programs, Connection administrator, int port, Path folder)
      throws IOException, SQLException {
    try (Statement statement = administrator.createStatement()) {
      statement.execute("SELECT pg_create_physical_replication_slot('ro', true)");
      Path data = Path.of(word(statement, "SHOW data_directory"));
      statement.execute("SELECT pg_backup_start('replica', true)");
      copy(data, folder);
      Files.writeString(
          folder.resolve("backup_label"),
          word(statement, "SELECT labelfile FROM pg_backup_stop(false)"));
    }
    Files.writeString(folder.resolve("standby.signal"), "");
    Files.writeString(
        folder.resolve("postgresql.auto.conf"),
        """
        primary_conninfo = 'host=localhost port=%d user=postgres application_name=%s'
        primary_slot_name = 'ro'
        recovery_min_apply_delay = 3s
        wal_receiver_status_interval = 1s
        """
            .formatted(port, NAME),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return new StreamingReplica(
        programs
            .setDataDirectory(folder)
            .setCleanDataDirectory(false)
            .setServerConfig("max_connections", "104")
            .setServerConfig("fsync", "off")
            .setServerConfig("lc_messages", "C")
            .setPGStartupWait(Duration.ofSeconds(60))
            .start());
  }

  /** What goes away meanwhile, as temporary files do, is missed by nobody. */
  private static void copy(Path data, Path folder) throws IOException {
    Process copying =
        new ProcessBuilder("cp", "-Rp", data.toString(), folder.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    copying.onExit().join();
    Files.deleteIfExists(folder.resolve("postmaster.pid"));
    Files.deleteIfExists(folder.resolve("postmaster.opts"));
    Files.move(folder.resolve("pg_replslot"), folder.resolveSibling("slots-of-the-primary"));
    Files.createDirectory(folder.resolve("pg_replslot"));
  }

  private static String word(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /**
   * How byteport gets in.
   *
   * @param primary its entry's name
   */
  public Inventory.Entry entry(String primary) {
    Map<String, Value> settings = new LinkedHashMap<>();
    settings.put("address", Value.of("localhost:" + server.getPort() + "/postgres"));
    settings.put("username", Value.of("byteport"));
    settings.put("engine", Value.of("postgres"));
    settings.put("replicaOf", Value.of(primary));
    return new Inventory.Entry(
        "database", "postgres", NAME, List.of(), settings, Map.of(), Map.of(), Map.of());
  }

  /** Stops who receives the log, as a dead network would. */
  public void stopReceiver() throws IOException, SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      String receiver = word(statement, "SELECT pid FROM pg_stat_wal_receiver");
      kill("STOP", receiver);
      stopped = receiver;
    }
  }

  /** Lets go on whoever was stopped. */
  public void resumeReceiver() throws IOException {
    String receiver = stopped;
    stopped = null;
    if (receiver != null) {
      kill("CONT", receiver);
    }
  }

  private static void kill(String signal, String pid) throws IOException {
    Process kill = new ProcessBuilder("kill", "-" + signal, pid).start();
    if (kill.onExit().join().exitValue() != 0) {
      throw new IOException("no " + signal + " for " + pid);
    }
  }

  @Override
  public void close() throws IOException {
    resumeReceiver();
    server.close();
  }
}
