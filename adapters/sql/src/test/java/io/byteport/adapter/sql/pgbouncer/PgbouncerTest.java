package io.byteport.adapter.sql.pgbouncer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.byteport.adapter.sql.Programs;
import io.byteport.adapter.sql.Rig;
import io.byteport.adapter.sql.model.Pool;
import io.byteport.adapter.sql.model.PoolClient;
import io.byteport.adapter.sql.model.PoolMode;
import io.byteport.adapter.sql.model.Session;
import io.byteport.adapter.sql.postgres.Postgres;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PgBouncer in front of a real PostgreSQL. */
@Tag("real")
class PgbouncerTest {
  private static final Map<String, Value> DATABASE = Map.of("database", Value.of("appdb"));

  private static @Nullable Process pooler;
  private static @Nullable Path folder;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Programs.find("pgbouncer").isPresent(), "pgbouncer is not installed");
    folder = Files.createTempDirectory("byteport-pgbouncer");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    port = Programs.freePort();
    Files.writeString(
        folder.resolve("users.txt"),
        "\"app\" \"x\"\n\"byteport\" \"it's secret\"\n\"guest\" \"x\"\n");
    configure(1);
    List<String> command =
        new ArrayList<>(List.of(Programs.find("pgbouncer").orElseThrow().toString()));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-u", "nobody"));
    }
    command.add(folder.resolve("pgbouncer.ini").toString());
    pooler = Programs.start(folder.resolve("log"), command);
    Rig.await("the pooler to let us in", PgbouncerTest::isUp);
  }

  @AfterAll
  static void stop() throws Exception {
    Programs.stop(pooler);
    if (folder != null) {
      Programs.delete(folder);
    }
  }

  private static void configure(int poolSize) throws IOException {
    Files.writeString(
        folder.resolve("pgbouncer.ini"),
        """
        [databases]
        shop = host=127.0.0.1 port=%d dbname=postgres user=app
        other = host=127.0.0.1 port=%d dbname=template1 user=app
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = plain
        auth_file = %s
        admin_users = byteport
        pool_mode = transaction
        default_pool_size = %d
        """
            .formatted(
                Postgres.port(), Postgres.port(), port, folder.resolve("users.txt"), poolSize));
  }

  private static boolean isUp() {
    try (Connection connection = client("probe")) {
      return connection.isValid(5);
    } catch (SQLException e) {
      return false;
    }
  }

  private static Connection client(String application) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName("shop");
    source.setUser("app");
    source.setPassword("x");
    source.setApplicationName(application);
    source.setPrepareThreshold(0);
    return source.getConnection();
  }

  private static Entry console(String user, String password) {
    return Rig.entry(
        "pgbouncer",
        "appdb-pgbouncer",
        Map.of("address", "127.0.0.1:" + port + "/pgbouncer", "username", user),
        password);
  }

  private static Rig rig() {
    return new Rig(database(), console("byteport", "it's secret"));
  }

  private static Entry database() {
    return Rig.entry(
        "postgres",
        "appdb",
        Map.of(
            "address", "localhost:" + Postgres.port() + "/postgres",
            "username", "byteport",
            "pooler", "appdb-pgbouncer"),
        "");
  }

  @Test
  void clients_that_wait_are_told_and_a_file_that_somebody_edited_is_read_again() throws Exception {
    List<Thread> waiting = new ArrayList<>();
    try (Rig rig = rig();
        Connection first = client("worker");
        Statement busy = first.createStatement()) {
      first.setAutoCommit(false);
      busy.execute("SELECT 1");
      waiting.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (Connection second = client("waiter");
                        Statement statement = second.createStatement()) {
                      statement.execute("SELECT 2");
                    } catch (SQLException e) {
                      throw new IllegalStateException(e);
                    }
                  }));
      Rig.await("a client to wait", () -> pools(rig).waiting() == 1);

      ReadPools.Output output = pools(rig);
      assertThat(output.pools()).extracting(Pool::database).containsOnly("shop");
      Pool pool = output.pools().getFirst();
      assertThat(pool.mode()).isEqualTo(PoolMode.TRANSACTION);
      assertThat(pool.serverActive()).isEqualTo(1);
      assertThat(pool.active()).isEqualTo(1);

      ReadClients.Output clients = rig.read("pgbouncer.clients", DATABASE);
      assertThat(clients.clients())
          .filteredOn(PoolClient::waiting)
          .extracting(PoolClient::user)
          .containsExactly("app");
      assertThat(clients.clients()).allSatisfy(c -> assertThat(c.client()).isEqualTo("127.0.0.1"));

      Reload.Output unchanged = (Reload.Output) rig.change("pgbouncer.reload", DATABASE).output();
      assertThat(unchanged.changed()).isEmpty();
      configure(3);
      Reload.Output changed = (Reload.Output) rig.change("pgbouncer.reload", DATABASE).output();
      assertThat(changed.changed())
          .containsEntry("default_pool_size", "1 -> 3")
          .containsEntry("shop.pool_size", "1 -> 3");
      Rig.await("nobody to wait any more", () -> pools(rig).waiting() == 0);
      first.rollback();
    } finally {
      configure(1);
      for (Thread thread : waiting) {
        thread.join();
      }
    }
  }

  private static ReadPools.Output pools(Rig rig) throws Exception {
    return rig.read("pgbouncer.pools", DATABASE);
  }

  @Test
  void what_it_has_counted_is_told() throws Exception {
    try (Rig rig = rig();
        Connection connection = client("counter");
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      Rig.await(
          "the query to be counted",
          () ->
              rig.<ReadPoolStatistics.Output>read("pgbouncer.stats", DATABASE).databases().stream()
                  .anyMatch(one -> one.database().equals("shop") && one.queries() > 0));
    }
  }

  @Test
  void the_pooler_can_be_asked_for_by_its_own_name() throws Exception {
    try (Rig rig = rig();
        Connection connection = client("named");
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      ReadPools.Output output =
          rig.read("pgbouncer.pools", Map.of("database", Value.of("appdb-pgbouncer")));
      assertThat(output.pools()).extracting(Pool::database).contains("shop");
      assertThatThrownBy(() -> rig.sessions("appdb-pgbouncer")).hasMessageContaining("is a pooler");
    }
  }

  @Test
  void who_is_no_administrator_there_is_told_so_before_anything_is_intended() {
    try (Rig guest = new Rig(database(), console("guest", "x"))) {
      assertThatThrownBy(() -> guest.prepare("pgbouncer.reload", DATABASE))
          .isInstanceOfSatisfying(
              ActionException.class,
              e -> assertThat(e.effect()).isEqualTo(ActionException.Effect.NONE));
    }
    try (Rig wrong = new Rig(database(), console("byteport", "wrong"))) {
      assertThatThrownBy(() -> pools(wrong))
          .isInstanceOfSatisfying(
              ActionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.FORBIDDEN));
    }
  }

  @Test
  void applications_of_any_name_arrive_as_data() throws Exception {
    for (String hostile : List.of("'; SHUTDOWN; --", "$(x) `y` ${z}", "\"; KILL shop; \"")) {
      try (Rig rig = rig();
          Connection connection = client(hostile);
          Statement statement = connection.createStatement()) {
        statement.execute("SELECT 1");
        ReadClients.Output clients = rig.read("pgbouncer.clients", DATABASE);
        assertThat(clients.clients()).extracting(PoolClient::application).contains(hostile);
      }
    }
  }

  @Test
  void sessions_behind_the_pooler_are_the_applications_and_can_be_ended() throws Exception {
    try (Rig rig = rig();
        Connection connection = client("leaky");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT 1");
      Session session =
          rig.sessions("appdb").stream()
              .filter(one -> one.application().equals("leaky"))
              .findFirst()
              .orElseThrow();
      assertThat(rig.change("sql.terminate", rig.on("appdb", session)).changed()).isTrue();
    }
  }
}
