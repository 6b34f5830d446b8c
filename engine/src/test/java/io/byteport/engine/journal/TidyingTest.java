package io.byteport.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TidyingTest {
  private static final int ACCOUNTS = 400;
  private static final String TEXT = "what stands in a row ".repeat(40);

  @TempDir private Path folder;

  @Test
  void the_file_stays_small_while_it_is_written_to_and_nothing_is_lost() throws Exception {
    Path file = folder.resolve("byteport.mv.db");
    int writers = 4;
    int changes = 400;
    long untidy;
    try (EmbeddedDatabase database =
        EmbeddedDatabase.inFolder(folder, Duration.ofDays(1), 1 << 20)) {
      fill(database.connections().getConnection());
      write(database, writers, changes);
      untidy = Files.size(file);
    }
    try (EmbeddedDatabase database =
        EmbeddedDatabase.inFolder(folder, Duration.ofMillis(20), 1 << 20)) {
      write(database, writers, changes);
      awaitSmaller(file, untidy / 2);
      assertThat(sum(database.connections().getConnection())).isEqualTo(2L * writers * changes);
    }
  }

  private static void awaitSmaller(Path file, long bytes) throws Exception {
    for (int i = 0; i < 600 && Files.size(file) >= bytes; i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(Files.size(file)).isLessThan(bytes);
  }

  /** What is older than H2's retention time would be written over, which is no time at all here. */
  @Test
  void what_is_flushed_is_in_the_file_however_long_it_has_been_open() throws Exception {
    try (Connection connection = open("kept")) {
      fill(connection);
      connection.setAutoCommit(false);
      for (int i = 1; i <= 40; i++) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("update account set amount = " + i + " where id = 0");
          connection.commit();
          statement.execute("checkpoint sync");
        }
        Files.copy(
            folder.resolve("kept.mv.db"),
            folder.resolve("copy.mv.db"),
            StandardCopyOption.REPLACE_EXISTING);
        try (Connection copy = open("copy")) {
          assertThat(sum(copy)).as("after flush " + i).isEqualTo(i);
        }
      }
    }
  }

  private Connection open(String name) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:h2:file:" + folder.resolve(name) + EmbeddedDatabase.IN_FILES + ";RETENTION_TIME=0");
  }

  private static void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table account (id int primary key, amount bigint, text text)");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("insert into account values (?, 0, ?)")) {
      for (int i = 0; i < ACCOUNTS; i++) {
        insert.setInt(1, i);
        insert.setString(2, TEXT);
        insert.executeUpdate();
      }
    }
  }

  private static void write(EmbeddedDatabase database, int writers, int changes) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        int first = i;
        all.add(
            threads.submit(
                () -> {
                  for (int j = 0; j < changes; j++) {
                    add(database, (first + writers * j) % ACCOUNTS);
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private static void add(EmbeddedDatabase database, int account) throws SQLException {
    try (Connection connection = database.connections().getConnection();
        PreparedStatement add =
            connection.prepareStatement("update account set amount = amount + 1 where id = ?")) {
      add.setInt(1, account);
      assertThat(add.executeUpdate()).isEqualTo(1);
    }
  }

  private static long sum(Connection connection) throws SQLException {
    try (connection;
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select sum(amount) from account")) {
      row.next();
      return row.getLong(1);
    }
  }
}
