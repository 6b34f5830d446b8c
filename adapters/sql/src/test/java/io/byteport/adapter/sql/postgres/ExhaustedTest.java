package io.byteport.adapter.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.adapter.sql.Rig;
import io.byteport.adapter.sql.model.SessionList;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server whose connections are all taken. */
class ExhaustedTest {
  private static final Map<String, Value> DATABASE = Map.of("database", Value.of("appdb"));

  private final List<Connection> taken = new ArrayList<>();

  @AfterEach
  void close() throws SQLException {
    for (Connection connection : taken) {
      connection.close();
    }
  }

  /** Takes whatever there is, as an application and then as the administrator. */
  private void takeAll() throws Exception {
    for (String user : List.of("app", "postgres")) {
      Rig.await(
          "nothing to be left for " + user,
          () -> {
            try {
              while (taken.size() < Postgres.MAX) {
                taken.add(Postgres.connect(user, "flood"));
              }
              return true;
            } catch (SQLException e) {
              assertThat(e.getSQLState()).isEqualTo("53300");
              return true;
            }
          });
    }
  }

  @Test
  void what_has_been_asked_before_can_be_asked_when_no_connection_is_left() throws Exception {
    try (Rig rig = new Rig(Postgres.entry("appdb", "byteport"))) {
      rig.sessions("appdb");
      takeAll();

      SessionList list = rig.read("sql.sessions", DATABASE);

      assertThat(list.list()).hasSizeGreaterThanOrEqualTo(list.max());
      assertThat(list.list())
          .filteredOn(s -> s.application().equals("flood"))
          .hasSizeGreaterThan(80);
    }
  }

  @Test
  void several_questions_at_once_share_the_one_connection_that_is_left() throws Exception {
    try (Rig rig = new Rig(Postgres.entry("appdb", "byteport"));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      rig.sessions("appdb");
      takeAll();
      List<CompletableFuture<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return rig.sessions("appdb").size();
                  } catch (ActionException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                },
                threads));
      }
      for (CompletableFuture<Integer> answer : answers) {
        assertThat(answer.get()).isGreaterThan(80);
      }
    }
  }

  @Test
  void a_server_that_has_no_room_for_us_says_so_itself() throws Exception {
    takeAll();
    try (Rig late = new Rig(Postgres.entry("appdb", "stranger"))) {
      assertThatThrownBy(() -> late.sessions("appdb"))
          .isInstanceOfSatisfying(
              ActionException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(FailureKind.REFUSED);
                assertThat(e.effect()).isEqualTo(ActionException.Effect.NONE);
              })
          .hasMessageContaining("SQLSTATE 53300");
    }
  }
}
