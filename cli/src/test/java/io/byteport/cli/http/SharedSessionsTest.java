package io.byteport.cli.http;

import static io.byteport.cli.http.AccessTest.csrf;
import static io.byteport.cli.http.AccessTest.session;
import static io.byteport.cli.http.AccessTest.submit;
import static io.byteport.cli.http.AccessTest.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two agents that share a PostgreSQL, and a browser that meets now one of them and now the other.
 */
class SharedSessionsTest {
  private static EmbeddedPostgres postgres;

  private Lab one;
  private Lab other;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void open() throws ListenException {
    one = lab("one");
    other = lab("other");
  }

  @AfterEach
  void close() throws Exception {
    one.close();
    other.close();
  }

  private static Lab lab(String replica) throws ListenException {
    SqlRunStore store =
        SqlRunStore.shared(
            new StoreAddress(
                postgres.getJdbcUrl("postgres", "postgres"),
                "postgres",
                "postgres",
                3,
                StoreAddress.DEFAULT_LEASE),
            Redactor.SHAPES_ONLY,
            replica);
    return new Lab(
        new FakeAgent(store).with(Configured.STAFFED), Limits.standard(), new AccessTest.Notes());
  }

  @Test
  void who_signs_in_at_one_agent_is_in_at_the_other() throws Exception {
    String anna = session(one, "anna");

    assertThat(view(other, "/", anna).body()).startsWith("hello anna");
    assertThat(view(one, "/", anna).body()).startsWith("hello anna");
    assertThat(view(other, "/api/v1/runs", anna).statusCode()).isEqualTo(200);
  }

  @Test
  void a_form_of_one_agent_is_taken_by_the_other_and_of_no_other_session() throws Exception {
    String anna = session(one, "anna");
    String token = csrf(one, anna);

    assertThat(submit(other, "/note", Map.of("note", "x", "csrf", token), anna).body())
        .isEqualTo("anna notes x");
    assertThat(submit(other, "/note", Map.of("note", "x"), anna).statusCode()).isEqualTo(403);
    String others = csrf(one, session(one, "ada"));
    assertThat(submit(other, "/note", Map.of("note", "x", "csrf", others), anna).statusCode())
        .isEqualTo(403);
  }

  @Test
  void who_signs_out_at_one_agent_is_out_at_the_other() throws Exception {
    String anna = session(one, "anna");
    HttpResponse<String> out = submit(other, "/logout", Map.of("csrf", csrf(other, anna)), anna);

    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(view(one, "/", anna).statusCode()).isEqualTo(303);
    assertThat(view(other, "/", anna).statusCode()).isEqualTo(303);
  }

  @Test
  void a_session_ends_with_its_time_at_each_agent() throws Exception {
    String anna = session(one, "anna");
    other.agent.now = FakeAgent.NOON.plus(BrowserSessions.LENGTH);

    assertThat(view(other, "/", anna).statusCode()).isEqualTo(303);
  }

  @Test
  void a_session_of_a_person_who_is_no_longer_named_opens_neither_agent() throws Exception {
    String anna = session(one, "anna");
    other.agent.with(Configured.STAFFED.without("anna"));

    assertThat(view(other, "/", anna).statusCode()).isEqualTo(303);
  }

  @Test
  void what_is_kept_opens_nothing() throws Exception {
    String anna = session(one, "anna");
    String secret = anna.replaceFirst(".*=", "");

    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from console_session")) {
      int count = 0;
      while (rows.next()) {
        count++;
        for (String column : new String[] {"name", "person", "proof"}) {
          String kept = rows.getString(column);
          assertThat(kept).isNotEqualTo(secret).isNotEqualTo(csrf(one, anna));
          assertThat(view(one, "/", Door.COOKIE + "=" + kept).statusCode()).isEqualTo(303);
        }
      }
      assertThat(count).isPositive();
    }
  }

  @Test
  void a_session_outlives_the_agent_that_opened_it(@TempDir Path folder) throws Exception {
    String anna;
    try (Lab first = embedded(folder)) {
      anna = session(first, "anna");
    }
    try (Lab second = embedded(folder)) {
      assertThat(view(second, "/", anna).body()).startsWith("hello anna");
    }
  }

  private static Lab embedded(Path folder) throws ListenException {
    return new Lab(
        new FakeAgent(SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY)).with(Configured.STAFFED),
        Limits.standard(),
        new AccessTest.Notes());
  }
}
