package io.byteport.adapter.sql.mongo;

import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.connect.Endpoint;
import io.byteport.adapter.sql.model.Session;
import io.byteport.adapter.sql.model.SessionCounts;
import io.byteport.adapter.sql.model.SessionList;
import io.byteport.adapter.sql.model.SessionRef;
import io.byteport.adapter.sql.model.SessionState;
import io.byteport.adapter.sql.server.Server;
import io.byteport.adapter.sql.server.Signal;
import io.byteport.adapter.sql.server.Spared;
import io.byteport.adapter.sql.server.Standing;
import io.byteport.engine.spi.ActionException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A member of a MongoDB. What can be ended from outside is an operation, whichever signal is sent;
 * a transaction that idles is ended by the server itself, after {@code
 * transactionLifetimeLimitSeconds}.
 */
public final class MongoServer implements Server, AutoCloseable {
  /** How much two computations of when an operation began may differ. */
  private static final Duration COARSE = Duration.ofMillis(1_500);

  private final Endpoint endpoint;
  private final Operations operations;

  /** Over the driver; does not connect. */
  public static MongoServer over(Endpoint endpoint) {
    return new MongoServer(endpoint, new DriverOperations(endpoint));
  }

  MongoServer(Endpoint endpoint, Operations operations) {
    this.endpoint = endpoint;
    this.operations = operations;
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public SessionList sessions(Deadline deadline) throws ActionException, InterruptedException {
    SessionList all =
        OperationMapper.sessions(
            operations.currentOp(deadline),
            operations.connections(deadline),
            OperationMapper.superusers(operations.users(deadline)));
    List<Session> others =
        all.list().stream().filter(session -> !OperationMapper.isOurs(session)).toList();
    return new SessionList(others, all.max(), all.reserved(), all.free());
  }

  @Override
  public SessionCounts counts(Instant at, Deadline deadline)
      throws ActionException, InterruptedException {
    List<Session> sessions = sessions(deadline).list();
    return new SessionCounts(
        at,
        sessions.size(),
        count(sessions, SessionState.ACTIVE),
        count(sessions, SessionState.IDLE),
        count(sessions, SessionState.IDLE_IN_TRANSACTION));
  }

  private static int count(List<Session> sessions, SessionState state) {
    return (int) sessions.stream().filter(session -> session.state() == state).count();
  }

  @Override
  public Standing standing(SessionRef session, Spared spared, Deadline deadline)
      throws ActionException, InterruptedException {
    if (session.pid() == 0) {
      return new Standing.Protected("idles, and MongoDB ends only operations");
    }
    Optional<Session> found =
        sessions(deadline).list().stream().filter(one -> one.pid() == session.pid()).findFirst();
    if (found.isEmpty() || apart(found.get().startedAt(), session.startedAt())) {
      return new Standing.Gone();
    }
    if (found.get().superuser()) {
      return new Standing.Protected("is a superuser's");
    }
    return spared.match(found.get().user(), found.get().application()).isPresent()
        ? new Standing.Protected("belongs to an application or a user that is spared")
        : new Standing.Same();
  }

  private static boolean apart(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(COARSE) > 0;
  }

  @Override
  public boolean signal(Signal signal, SessionRef session, Spared spared, Deadline deadline)
      throws ActionException, InterruptedException {
    if (!(standing(session, spared, deadline) instanceof Standing.Same)) {
      return false;
    }
    operations.killOp(session.pid(), deadline);
    return true;
  }

  @Override
  public String statement(Signal signal, SessionRef session) {
    return "db.killOp(" + session.pid() + ")";
  }

  @Override
  public void close() {
    operations.close();
  }
}
