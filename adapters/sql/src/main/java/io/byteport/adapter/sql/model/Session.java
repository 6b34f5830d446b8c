package io.byteport.adapter.sql.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's session.
 *
 * @param pid the server's number for it; the operation's on MongoDB
 * @param startedAt when it began; with {@code pid} and {@code stateSince} what a kill looks at
 *     again
 * @param application what the client calls itself, empty where it says nothing
 * @param client its address
 * @param blockedBy the sessions that it waits for
 * @param blocks the sessions that wait for it
 * @param rowLocks whether its transaction may hold locks on rows
 * @param query what it runs, or ran last, with every literal replaced, see {@code Fingerprint}
 * @param fingerprint the same in one spelling, to count statements by
 * @param superuser true where that is not known
 */
public record Session(
    long pid,
    Instant startedAt,
    Instant stateSince,
    String user,
    String application,
    @Nullable String client,
    String database,
    SessionState state,
    Duration stateFor,
    @Nullable Duration queryFor,
    @Nullable Duration transactionFor,
    @Nullable String waitEventType,
    @Nullable String waitEvent,
    boolean blocked,
    List<Long> blockedBy,
    List<Long> blocks,
    boolean rowLocks,
    String query,
    @Nullable String fingerprint,
    boolean superuser) {
  public Session {
    blockedBy = List.copyOf(blockedBy);
    blocks = List.copyOf(blocks);
  }

  /** The same with the sessions that wait for it. */
  public Session blocking(List<Long> waiting) {
    return new Session(
        pid,
        startedAt,
        stateSince,
        user,
        application,
        client,
        database,
        state,
        stateFor,
        queryFor,
        transactionFor,
        waitEventType,
        waitEvent,
        blocked,
        blockedBy,
        waiting,
        rowLocks,
        query,
        fingerprint,
        superuser);
  }
}
