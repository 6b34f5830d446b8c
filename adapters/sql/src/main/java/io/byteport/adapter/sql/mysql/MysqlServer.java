package io.byteport.adapter.sql.mysql;

import io.byteport.adapter.sql.connect.Access;
import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.connect.Endpoint;
import io.byteport.adapter.sql.connect.Line;
import io.byteport.adapter.sql.connect.Product;
import io.byteport.adapter.sql.model.Session;
import io.byteport.adapter.sql.model.SessionCounts;
import io.byteport.adapter.sql.model.SessionList;
import io.byteport.adapter.sql.model.SessionRef;
import io.byteport.adapter.sql.model.SessionState;
import io.byteport.adapter.sql.model.Setting;
import io.byteport.adapter.sql.server.Columns;
import io.byteport.adapter.sql.server.Parameter;
import io.byteport.adapter.sql.server.Rows;
import io.byteport.adapter.sql.server.Signal;
import io.byteport.adapter.sql.server.Spared;
import io.byteport.adapter.sql.server.SqlServer;
import io.byteport.adapter.sql.server.Standing;
import io.byteport.adapter.sql.statement.Dialect;
import io.byteport.adapter.sql.statement.Select;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A MySQL from version 8 on, or a MariaDB. A session is known by its number, which is not used
 * again as long as the server runs, so its beginning is told as that of the server; what it is at
 * is known to the second.
 */
public final class MysqlServer implements SqlServer {
  /** How much two readings of one moment may differ, where the server counts whole seconds. */
  private static final Duration COARSE = Duration.ofMillis(1_500);

  private final Endpoint endpoint;
  private final Line line;
  private volatile @Nullable Instant started;

  public MysqlServer(Endpoint endpoint, Line line) {
    this.endpoint = endpoint;
    this.line = line;
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public Dialect dialect() {
    return Dialect.MYSQL;
  }

  @Override
  public SessionList sessions(Deadline deadline) throws ActionException, InterruptedException {
    return line.call(
        Access.READ,
        deadline,
        connection -> {
          Processes processes = Processes.read(connection);
          int max = MysqlSettings.number(connection, "max_connections");
          Instant start = start(processes);
          int clients = (int) processes.rows().stream().filter(ProcessRow::isClient).count();
          List<Session> sessions =
              processes.rows().stream()
                  .filter(row -> row.isClient() && !processes.isOurs(row))
                  .map(
                      row ->
                          row.session(
                              processes.now(),
                              start,
                              processes.blockedBy().getOrDefault(row.id(), List.of()),
                              processes.superusers().contains(row.user())))
                  .toList();
          return new SessionList(sessions, max, 0, max - clients).withBlockers();
        });
  }

  /** The start of the server; the same for readings that differ by less than they are exact. */
  private Instant start(Processes processes) {
    Instant now = processes.now().minus(processes.uptime());
    Instant known = started;
    if (known != null && Duration.between(known, now).abs().compareTo(COARSE) <= 0) {
      return known;
    }
    started = now;
    return now;
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
    return line.call(
        Access.READ, deadline, connection -> standing(Processes.read(connection), session, spared));
  }

  private Standing standing(Processes processes, SessionRef session, Spared spared) {
    Optional<ProcessRow> found =
        processes.rows().stream().filter(row -> row.id() == session.pid()).findFirst();
    if (found.isEmpty() || apart(start(processes), session.startedAt())) {
      return new Standing.Gone();
    }
    ProcessRow row = found.get();
    if (!row.isClient()) {
      return new Standing.Protected("is no client's session");
    }
    if (processes.isOurs(row)) {
      return new Standing.Protected("is our own");
    }
    if (processes.superusers().contains(row.user())) {
      return new Standing.Protected("is a superuser's");
    }
    if (spared.match(row.user(), row.program()).isPresent()) {
      return new Standing.Protected("belongs to an application or a user that is spared");
    }
    boolean same =
        row.user().equals(session.user())
            && !apart(processes.now().minus(row.inState()), session.stateSince());
    return same ? new Standing.Same() : new Standing.MovedOn();
  }

  private static boolean apart(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(COARSE) > 0;
  }

  @Override
  public boolean signal(Signal signal, SessionRef session, Spared spared, Deadline deadline)
      throws ActionException, InterruptedException {
    return line.call(
        Access.CHANGE,
        deadline,
        connection -> {
          Processes processes = Processes.read(connection);
          if (!(standing(processes, session, spared) instanceof Standing.Same)) {
            return false;
          }
          ProcessRow row =
              processes.rows().stream()
                  .filter(one -> one.id() == session.pid())
                  .findFirst()
                  .orElseThrow();
          return switch (signal) {
            case CANCEL ->
                row.sessionState() == SessionState.ACTIVE
                    && kill(
                        connection,
                        row.queryId() == null
                            ? "KILL QUERY " + row.id()
                            : "KILL QUERY ID " + row.queryId());
            case TERMINATE -> kill(connection, "KILL CONNECTION " + row.id());
          };
        });
  }

  /** False where the session or the statement has ended meanwhile. */
  private static boolean kill(Connection connection, String statement) throws SQLException {
    try (Statement kill = connection.createStatement()) {
      kill.execute(statement);
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() == 1094 || e.getErrorCode() == 1957) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public String statement(Signal signal, SessionRef session) {
    return switch (signal) {
      case CANCEL -> "KILL QUERY " + session.pid();
      case TERMINATE -> "KILL CONNECTION " + session.pid();
    };
  }

  @Override
  public Rows select(Select select, List<Value> bind, Columns columns, Deadline deadline)
      throws ActionException, InterruptedException {
    return line.call(
        Access.READ,
        deadline,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(select.jdbc())) {
            statement.setMaxRows(Rows.MOST + 1);
            int at = 1;
            for (int number : select.order()) {
              MysqlValues.bind(statement, at, bind.get(number - 1));
              at++;
            }
            try (ResultSet result = statement.executeQuery()) {
              return columns.read(result, MysqlValues::plain);
            }
          } catch (IllegalArgumentException e) {
            throw ActionException.refused(FailureKind.INVALID, String.valueOf(e.getMessage()));
          }
        });
  }

  @Override
  public String literal(Value value) {
    return MysqlValues.literal(value);
  }

  @Override
  public List<Setting> settings(List<String> names, Deadline deadline)
      throws ActionException, InterruptedException {
    return line.call(Access.READ, deadline, connection -> MysqlSettings.read(connection, names));
  }

  @Override
  public Optional<Parameter> parameter(String name, Deadline deadline)
      throws ActionException, InterruptedException {
    return line.call(
        Access.READ, deadline, connection -> MysqlSettings.parameter(connection, name));
  }

  @Override
  public void set(Parameter parameter, String value, Deadline deadline)
      throws ActionException, InterruptedException {
    line.call(
        Access.CHANGE,
        deadline,
        connection -> {
          MysqlSettings.write(connection, parameter, value);
          return true;
        });
  }

  @Override
  public Optional<String> written(Parameter parameter, Deadline deadline)
      throws ActionException, InterruptedException {
    return line.call(
        Access.READ, deadline, connection -> MysqlSettings.written(connection, parameter));
  }

  @Override
  public String statement(String name, String value) {
    return (endpoint.product() == Product.MARIADB ? "SET GLOBAL " : "SET PERSIST ")
        + MysqlValues.name(name)
        + " = "
        + (value.matches("-?\\d+(\\.\\d+)?") ? value : MysqlValues.literal(Value.of(value)));
  }
}
