package io.byteport.adapter.sql.postgres;

import io.byteport.adapter.sql.Programs;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;

/** A real streaming replica of the tests' PostgreSQL, made of a copy of its files. */
final class Standby implements AutoCloseable {
  private static final Set<String> NOT_COPIED =
      Set.of("postmaster.pid", "postmaster.opts", "pg_replslot", "pg_stat_tmp");

  private final EmbeddedPostgres server;
  private final Path folder;

  private Standby(EmbeddedPostgres server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /**
   * @param name its application_name to the primary
   * @param slot a physical slot that is there
   */
  static Standby start(String name, String slot) throws IOException, SQLException {
    Path folder = Files.createTempDirectory("byteport-standby");
    copy(folder);
    Files.writeString(folder.resolve("standby.signal"), "");
    Files.writeString(
        folder.resolve("postgresql.auto.conf"),
        """
        primary_conninfo = 'host=localhost port=%d user=postgres application_name=%s'
        primary_slot_name = '%s'
        max_standby_streaming_delay = 0
        wal_receiver_status_interval = 1s
        """
            .formatted(Postgres.port(), name, slot),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return new Standby(
        EmbeddedPostgres.builder()
            .setDataDirectory(folder)
            .setCleanDataDirectory(false)
            .setServerConfig("max_connections", Integer.toString(Postgres.MAX))
            .setServerConfig("fsync", "off")
            .setServerConfig("lc_messages", "C")
            .setPGStartupWait(Duration.ofSeconds(60))
            .start(),
        folder);
  }

  /** The files of the primary as a backup that runs from the copy on. */
  private static void copy(Path folder) throws IOException, SQLException {
    try (Connection connection = Postgres.connect("postgres", "backup");
        Statement statement = connection.createStatement()) {
      Path data;
      try (ResultSet row = statement.executeQuery("SHOW data_directory")) {
        row.next();
        data = Path.of(row.getString(1));
      }
      statement.execute("SELECT pg_backup_start('standby', true)");
      Files.walkFileTree(data, new Copy(data, folder));
      try (ResultSet row = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
        row.next();
        Files.writeString(folder.resolve("backup_label"), row.getString(1));
      }
    }
    Files.createDirectories(folder.resolve("pg_replslot"));
    Files.createDirectories(folder.resolve("pg_stat_tmp"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  private static final class Copy extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    Copy(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (NOT_COPIED.contains(folder.getFileName().toString())) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      Path made = Files.createDirectories(to.resolve(from.relativize(folder).toString()));
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx------"));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (!NOT_COPIED.contains(file.getFileName().toString())) {
        try {
          Files.copy(file, to.resolve(from.relativize(file).toString()));
        } catch (NoSuchFileException e) {
          return FileVisitResult.CONTINUE; // it went away meanwhile, as temporary files do
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }

  int port() {
    return server.getPort();
  }

  Connection connect() throws SQLException {
    return server.getPostgresDatabase().getConnection();
  }

  @Override
  public void close() throws IOException {
    server.close();
    Programs.delete(folder);
  }
}
