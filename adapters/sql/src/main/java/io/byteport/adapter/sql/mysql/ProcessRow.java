package io.byteport.adapter.sql.mysql;

import io.byteport.adapter.sql.model.Session;
import io.byteport.adapter.sql.model.SessionState;
import io.byteport.adapter.sql.statement.Dialect;
import io.byteport.adapter.sql.statement.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of the process list with its transaction of InnoDB, where there is one.
 *
 * @param host the client's address and port
 * @param program what the client calls itself; empty where the server does not know
 * @param inState how long it has been at what it is at
 * @param info the statement
 * @param transactionFor null outside of a transaction
 * @param queryId MariaDB's number for the statement; null elsewhere
 */
record ProcessRow(
    long id,
    String user,
    String host,
    String program,
    String database,
    String command,
    Duration inState,
    String state,
    String info,
    @Nullable Duration transactionFor,
    boolean waitsForRow,
    boolean rowLocks,
    @Nullable Long queryId) {
  private static final Set<String> RUNS =
      Set.of(
          "Query",
          "Execute",
          "Prepare",
          "Fetch",
          "Field List",
          "Init DB",
          "Statistics",
          "Refresh",
          "Create DB",
          "Drop DB",
          "Change user",
          "Reset stmt",
          "Set option");

  private static final Set<String> SERVERS_OWN =
      Set.of(
          "Daemon",
          "Binlog Dump",
          "Binlog Dump GTID",
          "Register Slave",
          "Register Replica",
          "Slave_IO",
          "Slave_SQL",
          "Slave_worker",
          "Connect Out",
          "Group Replication Data Stream subscriber");

  /** Whether a client is behind it, and not the server itself or a replica. */
  boolean isClient() {
    return !SERVERS_OWN.contains(command)
        && !user.equals("system user")
        && !user.equals("event_scheduler");
  }

  SessionState sessionState() {
    if (command.equals("Sleep")) {
      return transactionFor == null ? SessionState.IDLE : SessionState.IDLE_IN_TRANSACTION;
    }
    return RUNS.contains(command) ? SessionState.ACTIVE : SessionState.OTHER;
  }

  /** Whether it waits for a lock, of a row or of a table. */
  boolean isBlocked() {
    return waitsForRow || (state.startsWith("Waiting for") && state.contains("lock"));
  }

  Session session(Instant now, Instant serverStart, List<Long> blockedBy, boolean superuser) {
    SessionState at = sessionState();
    return new Session(
        id,
        serverStart,
        now.minus(inState),
        user,
        program,
        client(),
        database,
        at,
        inState,
        at == SessionState.ACTIVE ? inState : null,
        transactionFor,
        isBlocked() ? "Lock" : null,
        state.isBlank() ? null : state,
        isBlocked(),
        blockedBy,
        List.of(),
        rowLocks,
        Fingerprint.shown(info, Dialect.MYSQL),
        info.isBlank() ? null : Fingerprint.of(info, Dialect.MYSQL),
        superuser);
  }

  private @Nullable String client() {
    int colon = host.lastIndexOf(':');
    String address = colon < 0 ? host : host.substring(0, colon);
    return address.isEmpty() ? null : address;
  }
}
