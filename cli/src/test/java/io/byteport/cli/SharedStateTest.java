package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a state that is a database which several processes share. */
class SharedStateTest {
  private static final String ADDRESS = "postgresql://byteport@db.example.com/byteport";

  @TempDir private static Path clusterFolder;
  private static Database database;
  private static ClusterProcess cluster;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    database = Database.start();
    cluster = ClusterProcess.start("oom", clusterFolder);
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
    database.close();
  }

  @Test
  void a_run_on_a_shared_state_is_recorded_there_and_leaves_nothing_claimed()
      throws IOException, SQLException {
    String state = database.fresh();

    Program run =
        Program.run(
            "run",
            "crashloopbackoff_v2",
            "--signal",
            signal().toString(),
            "--kubeconfig",
            cluster.kubeconfig().toString(),
            "--state",
            state);

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(database.count(state, "select count(*) from run where finished_at is not null"))
        .isEqualTo(1);
    assertThat(database.count(state, "select count(*) from replica")).isZero();
    assertThat(database.count(state, "select count(*) from run_lock")).isZero();
    assertThat(Files.exists(Path.of("byteport-state"))).isFalse();

    Program runs = Program.run("runs", "--state", state);
    assertThat(runs.status()).isZero();
    assertThat(runs.out()).contains("crashloopbackoff_v2", "planned");
    Program shown = Program.run("runs", "show", "--state", state);
    assertThat(shown.out()).contains("oom_at_startup");
    assertThat(run.out() + runs.out() + shown.out()).doesNotContain(Database.PASSWORD);
  }

  @Test
  void the_password_of_a_state_is_never_printed() throws SQLException {
    String state = database.fresh();
    assertThat(Program.run("runs", "--state", state).out())
        .contains("no runs in postgresql://localhost")
        .doesNotContain(Database.PASSWORD);

    String nobody = state.replaceFirst("localhost:[0-9]+", "localhost:1");
    for (String address : new String[] {nobody, nobody.replace("@", "@ "), "postgresql://:x"}) {
      Program refused = Program.run("runs", "--state", address);
      assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
      assertThat(refused.err()).startsWith("byteport: ").doesNotContain(Database.PASSWORD);
      assertThat(refused.err().lines()).hasSize(1);
    }
  }

  @Test
  void the_password_comes_from_the_address_else_from_the_environment() {
    assertThat(password(ADDRESS, Map.of())).isEmpty();
    assertThat(password(ADDRESS, Map.of("PGPASSWORD", "pg"))).isEqualTo("pg");
    assertThat(password(ADDRESS, Map.of("PGPASSWORD", "pg", "BYTEPORT_STATE_PASSWORD", "byteport")))
        .isEqualTo("byteport");
    assertThat(password(ADDRESS.replace("@", ":own@"), Map.of("PGPASSWORD", "pg")))
        .isEqualTo("own");
    assertThat(password(ADDRESS + "?sslmode=require&password=last", Map.of())).isEqualTo("last");
  }

  @Test
  void an_address_is_told_without_any_password() {
    StatePlace place = StateOptions.place(ADDRESS + "?password=last&sslmode=require", Map.of());
    assertThat(place)
        .hasToString("postgresql://db.example.com:5432/byteport?sslmode=require as byteport");
    assertThatThrownBy(() -> StateOptions.place("postgresql://u:secret@/", Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--state: expected the address of a PostgreSQL database")
        .hasMessageNotContaining("secret");
  }

  private Path signal() throws IOException {
    String example = Files.readString(Path.of("../examples/signals/crashloop.json"));
    return Files.writeString(
        folder.resolve("signal.json"), example.replace("api-7d9f-xk2p9", cluster.pod()));
  }

  private static String password(String text, Map<String, String> environment) {
    return ((StatePlace.Shared) StateOptions.place(text, environment)).address().password();
  }
}
