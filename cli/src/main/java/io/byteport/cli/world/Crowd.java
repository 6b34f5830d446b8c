package io.byteport.cli.world;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;

/** What is the matter with a PostgreSQL that lets forty clients in. */
enum Crowd {
  /** An application leaves transactions open. */
  FORGOTTEN("") {
    @Override
    void come(DatabaseClients clients) throws SQLException {
      clients.idle(12, "app", "web");
      clients.idle(9, "app", "api");
      clients.forget(18, "app", "worker-pool", READS);
    }
  },
  /** Those who do so are a superuser and a console. */
  CONSOLES("") {
    @Override
    void come(DatabaseClients clients) throws SQLException {
      clients.idle(13, "app", "web");
      clients.idle(13, "app", "api");
      clients.idle(9, "app", "cart");
      clients.forget(2, "app", "pgAdmin 4 - DB:appdb", READS);
      clients.forget(2, "postgres", "psql", READS);
    }
  },
  /** An application leaves transactions open, and byteport may look and end sessions. */
  LEAKING("db_query,db_terminate") {
    @Override
    void come(DatabaseClients clients) throws SQLException {
      clients.forget(28, "app", "worker-pool", READS);
      clients.idle(6, "app", "web");
    }
  },
  /** The same, where the oldest has written what it has not committed, and another waits for it. */
  WRITING("db_query,db_terminate") {
    @Override
    void come(DatabaseClients clients) throws SQLException {
      clients.forget(1, "app", "stock-taking", WRITES);
      clients.busy("app", "checkout", WRITES);
      clients.forget(27, "app", "worker-pool", READS);
      clients.idle(6, "app", "web");
    }
  },
  /** One application holds half of the connections. */
  HELD("") {
    @Override
    void come(DatabaseClients clients) throws SQLException {
      clients.idle(20, "app", "cart");
      clients.idle(9, "app", "web");
      clients.idle(8, "app", "api");
    }
  },
  /** A statement on the primary gives a replica more than it can replay. */
  LATE("db_query") {
    @Override
    void come(DatabaseClients clients) throws SQLException {
      clients.idle(6, "app", "web");
      clients.busy("app", "importer", FLOOD);
    }
  },
  /** The log is sent to a replica and does not arrive there, while an import goes on. */
  CUT_OFF("db_query") {
    @Override
    void come(DatabaseClients clients) throws SQLException {
      clients.idle(6, "app", "web");
      clients.busy("app", "importer", FLOOD);
    }
  };

  private static final String LEAVE = "byteport.io/auto_remediate";
  private static final String READS = "SELECT left_over FROM stock";
  private static final String WRITES = "UPDATE stock SET left_over = left_over - 1 WHERE id = 1";

  /** One statement that commits all the time, so that there is always something to replay. */
  private static final String FLOOD =
      "DO $$ BEGIN LOOP UPDATE stock SET left_over = left_over + 1; COMMIT;"
          + " PERFORM pg_sleep(0.05); END LOOP; END $$";

  private final String allowed;

  Crowd(String allowed) {
    this.allowed = allowed;
  }

  /**
   * By the word of a story.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static Crowd named(String name) {
    for (Crowd each : values()) {
      if (each.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
        return each;
      }
    }
    throw new IllegalArgumentException("no scenario of a database: " + name);
  }

  /** What the owners of the database have written at its entry. */
  Map<String, String> annotations() {
    return allowed.isEmpty() ? Map.of() : Map.of(LEAVE, allowed);
  }

  /** Whether it is a replica that suffers. */
  boolean hasReplica() {
    return this == LATE || this == CUT_OFF;
  }

  /** The clients connect and do what they do. */
  abstract void come(DatabaseClients clients) throws SQLException;
}
