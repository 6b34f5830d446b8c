package io.byteport.cli.world;

import io.byteport.adapter.sql.SqlAdapterProvider;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.Inventory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL that is crowded, perhaps with a real replica. Its own clock is the real one, so
 * that a little real time passes here whenever the virtual one moves, and whatever somebody does
 * seems ten minutes older to byteport than it is.
 */
public final class DatabaseWorld implements World {
  private static final String NAME = "appdb";
  private static final Duration MOMENT = Duration.ofMillis(20);

  /** A process that is told to stop its statement needs a real moment for it. */
  private static final Duration REPLAYED = Duration.ofMillis(200);

  private static final String LATE =
      "SELECT count(*) FROM pg_stat_replication WHERE replay_lag > '1 s'";

  private static final String ON_ITS_WAY =
      "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
          + " AND pg_wal_lsn_diff(sent_lsn, write_lsn)"
          + " > 0.8 * pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)";

  private final EmbeddedPostgres server;
  private final Crowd crowd;
  private final DatabaseClients clients;
  private @Nullable StreamingReplica replica;

  private DatabaseWorld(EmbeddedPostgres server, Crowd crowd) {
    this.server = server;
    this.crowd = crowd;
    this.clients = new DatabaseClients(server);
  }

  /**
   * @param name of a {@link Crowd}
   */
  static Setting setting(String name) {
    Crowd crowd = Crowd.named(name);
    return new Setting() {
      @Override
      public Instant startAt() {
        return Instant.parse("2026-11-21T03:00:00Z");
      }

      @Override
      public World start(InstantSource clock, Path folder) throws IOException {
        DatabaseWorld world =
            new DatabaseWorld(
                programs(folder)
                    .setServerConfig("max_connections", "44")
                    .setServerConfig("superuser_reserved_connections", "3")
                    .setServerConfig("reserved_connections", "1")
                    .setServerConfig("fsync", "off")
                    .setServerConfig("lc_messages", "C")
                    .start(),
                crowd);
        try {
          world.begin(folder);
        } catch (SQLException e) {
          world.close();
          throw new IOException("PostgreSQL does not play along: " + e.getMessage(), e);
        }
        return world;
      }
    };
  }

  private static EmbeddedPostgres.Builder programs(Path folder) {
    return EmbeddedPostgres.builder()
        .setPgBinaryResolver(PostgresPrograms.here())
        .setOverrideWorkingDirectory(folder.resolve("postgres").toFile());
  }

  private void begin(Path folder) throws IOException, SQLException {
    clients.run(
        "CREATE ROLE byteport LOGIN",
        "GRANT pg_monitor, pg_signal_backend, pg_use_reserved_connections TO byteport",
        "CREATE ROLE app LOGIN",
        "CREATE TABLE stock (id integer PRIMARY KEY, left_over integer)",
        "INSERT INTO stock VALUES (1, 10), (2, 20)",
        "GRANT ALL ON stock TO app");
    seemOlder();
    StreamingReplica late = crowd.hasReplica() ? replicate(folder) : null;
    crowd.come(clients);
    if (late != null) {
      clients.until(1, LATE);
      if (crowd == Crowd.CUT_OFF) {
        late.stopReceiver();
        clients.until(1, ON_ITS_WAY);
      }
    }
  }

  private StreamingReplica replicate(Path folder) throws IOException, SQLException {
    StreamingReplica made;
    try (Connection administrator = clients.administrator()) {
      made =
          StreamingReplica.start(
              programs(folder), administrator, server.getPort(), folder.resolve("replica"));
    }
    replica = made;
    return made;
  }

  /** Byteport finds a view of its own before that of the server. */
  private void seemOlder() throws SQLException {
    clients.run(
        "CREATE SCHEMA older",
        """
        CREATE VIEW older.pg_stat_activity AS
        SELECT datid, datname, pid, usesysid, usename, application_name, client_addr,
               client_hostname, backend_start, xact_start - interval '10 min' AS xact_start,
               query_start - interval '10 min' AS query_start,
               state_change - interval '10 min' AS state_change, wait_event_type, wait_event, state,
               backend_xid, query, backend_type
        FROM pg_catalog.pg_stat_activity
        """,
        "GRANT USAGE ON SCHEMA older TO byteport",
        "GRANT SELECT ON older.pg_stat_activity TO byteport",
        "ALTER ROLE byteport SET search_path = older, pg_catalog, public");
  }

  @Override
  public String introduction() {
    return "A real PostgreSQL with room for 40 clients answers at localhost:"
        + server.getPort()
        + "; "
        + clients.count()
        + " are there."
        + (replica == null ? "" : " A real replica follows it.")
        + " What they do seems ten minutes older than it is, for nobody can turn a server's clock.";
  }

  @Override
  public List<Inventory.Entry> entries() {
    List<Inventory.Entry> entries = new ArrayList<>();
    entries.add(
        new Inventory.Entry(
            "database",
            "postgres",
            NAME,
            List.of(),
            Map.of(
                "engine",
                Value.of("postgres"),
                "address",
                Value.of("localhost:" + server.getPort() + "/postgres"),
                "username",
                Value.of("byteport")),
            Map.of(),
            Map.of(),
            crowd.annotations()));
    if (replica != null) {
      entries.add(replica.entry(NAME));
    }
    return List.copyOf(entries);
  }

  @Override
  public List<Adapter> adapters(Inventory inventory) {
    return List.of(new SqlAdapterProvider().create(inventory));
  }

  /** A replica has replayed what a statement left once that has ended, however long it takes. */
  @Override
  public void tick() {
    DatabaseClients.pause(replica == null ? MOMENT : REPLAYED);
    if (replica != null && clients.cut() > 0) {
      try {
        clients.until(0, LATE);
      } catch (SQLException e) {
        throw new IllegalStateException("PostgreSQL does not answer any more", e);
      }
    }
  }

  /** How many clients have lost their session, or else a statement. */
  @Override
  public long changes() {
    try {
      return Math.max(clients.gone(), clients.cut());
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL does not answer any more", e);
    }
  }

  @Override
  public String subject() {
    return "the database";
  }

  @Override
  public void close() throws IOException {
    try {
      clients.close();
    } catch (SQLException e) {
      throw new IOException(e);
    } finally {
      if (replica != null) {
        replica.close();
      }
      server.close();
    }
  }
}
