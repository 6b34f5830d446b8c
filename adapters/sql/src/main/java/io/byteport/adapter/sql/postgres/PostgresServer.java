package io.byteport.adapter.sql.postgres;

import io.byteport.adapter.sql.connect.Access;
import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.connect.Endpoint;
import io.byteport.adapter.sql.connect.Line;
import io.byteport.adapter.sql.model.SessionCounts;
import io.byteport.adapter.sql.model.SessionList;
import io.byteport.adapter.sql.model.SessionRef;
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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL, from version 10 on. */
public final class PostgresServer implements SqlServer {
  private final Endpoint endpoint;
  private final Line line;

  public PostgresServer(Endpoint endpoint, Line line) {
    this.endpoint = endpoint;
    this.line = line;
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  /** The connections to it, for what only a PostgreSQL can be asked. */
  public Line line() {
    return line;
  }

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRES;
  }

  @Override
  public SessionList sessions(Deadline deadline) throws ActionException, InterruptedException {
    return line.call(Access.READ, deadline, PostgresSessions::list);
  }

  @Override
  public SessionCounts counts(Instant at, Deadline deadline)
      throws ActionException, InterruptedException {
    return line.call(Access.READ, deadline, connection -> PostgresSessions.count(connection, at));
  }

  @Override
  public Standing standing(SessionRef session, Spared spared, Deadline deadline)
      throws ActionException, InterruptedException {
    return line.call(
        Access.READ, deadline, connection -> PostgresSignals.standing(connection, session, spared));
  }

  @Override
  public boolean signal(Signal signal, SessionRef session, Spared spared, Deadline deadline)
      throws ActionException, InterruptedException {
    return line.call(
        Access.CHANGE,
        deadline,
        connection -> PostgresSignals.send(connection, signal, session, spared));
  }

  @Override
  public String statement(Signal signal, SessionRef session) {
    return PostgresSignals.shown(signal, session);
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
              PostgresValues.bind(statement, at, bind.get(number - 1));
              at++;
            }
            try (ResultSet result = statement.executeQuery()) {
              return columns.read(result, PostgresValues::plain);
            }
          } catch (IllegalArgumentException e) {
            throw ActionException.refused(FailureKind.INVALID, String.valueOf(e.getMessage()));
          }
        });
  }

  @Override
  public String literal(Value value) {
    return PostgresValues.literal(value);
  }

  @Override
  public List<Setting> settings(List<String> names, Deadline deadline)
      throws ActionException, InterruptedException {
    return line.call(Access.READ, deadline, connection -> PostgresSettings.read(connection, names));
  }

  @Override
  public Optional<Parameter> parameter(String name, Deadline deadline)
      throws ActionException, InterruptedException {
    return line.call(
        Access.READ, deadline, connection -> PostgresSettings.parameter(connection, name));
  }

  @Override
  public void set(Parameter parameter, String value, Deadline deadline)
      throws ActionException, InterruptedException {
    line.call(
        Access.CHANGE,
        deadline,
        connection -> {
          PostgresSettings.write(connection, parameter.name(), value);
          return true;
        });
  }

  @Override
  public Optional<String> written(Parameter parameter, Deadline deadline)
      throws ActionException, InterruptedException {
    return line.call(
        Access.READ,
        deadline,
        connection -> PostgresSettings.written(connection, parameter.name()));
  }

  @Override
  public String statement(String name, String value) {
    return "ALTER SYSTEM SET "
        + PostgresValues.name(name)
        + " = "
        + PostgresValues.literal(Value.of(value));
  }
}
