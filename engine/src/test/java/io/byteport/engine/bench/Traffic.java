package io.byteport.engine.bench;

import io.byteport.engine.journal.SqlRunStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.consumer.RecordingStream;
import org.jspecify.annotations.Nullable;

/**
 * What incidents ask of the database beside this process's time: the time of PostgreSQL's
 * processes, its transactions and what it logs ahead; or how often this process flushes files to
 * disk and how much it writes.
 */
final class Traffic implements AutoCloseable {
  private final SqlRunStore store;
  private final @Nullable Path folder;
  private final AtomicLong flushes = new AtomicLong();
  private final RecordingStream files = new RecordingStream();

  private Traffic(SqlRunStore store, @Nullable Path folder) {
    this.store = store;
    this.folder = folder;
  }

  /**
   * @param folder of the embedded database; null where it is PostgreSQL
   */
  static Traffic of(SqlRunStore store, @Nullable Path folder) {
    Traffic traffic = new Traffic(store, folder);
    if (folder != null) {
      traffic.files.enable("jdk.FileForce").withThreshold(Duration.ZERO).withoutStackTrace();
      traffic.files.onEvent("jdk.FileForce", event -> traffic.flushes.incrementAndGet());
      traffic.files.startAsync();
    }
    return traffic;
  }

  /** A moment to measure from. */
  record Mark(long first, long second, Duration server) {}

  Mark now() throws SQLException, IOException {
    return folder != null ? new Mark(flushes.get(), written(), Duration.ZERO) : server();
  }

  private static long written() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/io"))) {
      if (line.startsWith("wchar: ")) {
        return Long.parseLong(line.substring("wchar: ".length()));
      }
    }
    return 0;
  }

  private Mark server() throws SQLException {
    try (Connection connection = store.connections().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select pg_backend_pid(), xact_commit + xact_rollback, pg_current_wal_lsn() -"
                    + " '0/0'::pg_lsn from pg_stat_database where datname = current_database()")) {
      row.next();
      Duration used =
          ProcessHandle.of(row.getLong(1))
              .flatMap(ProcessHandle::parent)
              .map(
                  postmaster ->
                      postmaster
                          .children()
                          .flatMap(child -> child.info().totalCpuDuration().stream())
                          .reduce(Duration.ZERO, Duration::plus))
              .orElse(Duration.ZERO);
      return new Mark(row.getLong(2), row.getLong(3), used);
    }
  }

  /** What came since, for each of so many incidents. */
  String since(Mark mark, int count) throws SQLException, IOException {
    Mark now = now();
    double first = (now.first() - mark.first()) / (double) count;
    double kibibytes = (now.second() - mark.second()) / 1024.0 / count;
    return folder != null
        ? String.format(
            Locale.ROOT,
            "%.2f flushes and %.1f KiB written each, %.0f MiB on disk",
            first,
            kibibytes,
            size(folder) / 1024.0 / 1024)
        : String.format(
            Locale.ROOT,
            "%.2f ms of the server's each, %.1f transactions and %.1f KiB of its log each",
            now.server().minus(mark.server()).toNanos() / 1e6 / count,
            first,
            kibibytes);
  }

  private static long size(Path folder) throws IOException {
    long bytes = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  @Override
  public void close() {
    files.close();
  }
}
