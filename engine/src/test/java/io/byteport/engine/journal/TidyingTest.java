package io.byteport.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TidyingTest {
  private static final int ACCOUNTS = 400;
  private static final String TEXT = "what stands in a row ".repeat(40);

  @TempDir private Path folder;

  @BeforeAll
  static void recordsFiles() {
    FilePath.register(new RecordedFiles());
  }

  /** As a store opens it, and what is overwritten may be used again at once. */
  private Connection open(String scheme, String name) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:h2:"
            + scheme
            + ":"
            + folder.resolve(name)
            + EmbeddedDatabase.OPTIONS
            + ";RETENTION_TIME=0");
  }

  @Test
  void what_was_overwritten_is_used_again_while_the_state_is_open() throws Exception {
    long untidy = size(false);
    long tidy = size(true);
    assertThat(tidy).isLessThan(untidy / 2);
  }

  private long size(boolean tidy) throws Exception {
    String name = tidy ? "tidy" : "untidy";
    try (Connection connection = open("file", name)) {
      fill(connection);
      churn(connection, 1200, tidy);
      return Files.size(folder.resolve(name + ".mv.db"));
    }
  }

  @Test
  void a_process_that_is_killed_while_it_tidies_up_leaves_a_state_that_can_be_read()
      throws Exception {
    RecordedFiles.begin();
    int begun;
    try (Connection connection = open(RecordedFiles.SCHEME, "cut")) {
      fill(connection);
      begun = RecordedFiles.steps();
      churn(connection, 300, true);
    }
    int steps = RecordedFiles.steps();
    assertThat(steps - begun).isGreaterThan(300);
    int stride = Integer.getInteger("cuts.stride", (steps - begun) / 60);
    for (int step = begun; step <= steps; step += stride) {
      RecordedFiles.after(step, folder.resolve("left.mv.db"));
      try (Connection connection = open("file", "left");
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery("select count(*), sum(amount), max(text) from account")) {
        row.next();
        assertThat(row.getInt(1)).as("killed after write " + step).isEqualTo(ACCOUNTS);
        assertThat(row.getLong(2)).as("killed after write " + step).isZero();
        assertThat(row.getString(3)).as("killed after write " + step).isEqualTo(TEXT);
      }
    }
  }

  private static void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table account (id int primary key, amount bigint, text text)");
    }
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement("insert into account values (?, 0, ?)")) {
      for (int i = 0; i < ACCOUNTS; i++) {
        insert.setInt(1, i);
        insert.setString(2, TEXT);
        insert.executeUpdate();
      }
    }
    connection.commit();
  }

  /** Moves amounts between accounts, so that their sum stays. */
  private static void churn(Connection connection, int times, boolean tidy) throws SQLException {
    Random random = new Random(7);
    try (PreparedStatement move =
        connection.prepareStatement("update account set amount = amount + ? where id = ?")) {
      for (int i = 0; i < times; i++) {
        int amount = random.nextInt(1000);
        for (int sign : new int[] {1, -1}) {
          move.setInt(1, sign * amount);
          move.setInt(2, random.nextInt(ACCOUNTS));
          move.executeUpdate();
        }
        connection.commit();
        if (tidy && i % 10 == 0) {
          Tidying.step(connection);
        }
      }
    }
  }
}
