package io.byteport.adapter.sql.read;

import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.model.DatabaseRef;
import io.byteport.adapter.sql.model.SessionList;
import io.byteport.adapter.sql.server.Commands;
import io.byteport.adapter.sql.server.Servers;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.List;

/** {@code sql.sessions}: every client's session but our own, oldest first. */
public record ReadSessions(Servers servers)
    implements Action.Read<ReadSessions.Input, SessionList> {

  /** What {@code sql.sessions} takes. */
  public record Input(DatabaseRef database) {}

  @Override
  public String name() {
    return "sql.sessions";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<SessionList> outputType() {
    return SessionList.class;
  }

  @Override
  public List<String> command(Input input) {
    return Commands.of(
        servers,
        input.database(),
        "SELECT a.*, pg_blocking_pids(a.pid), r.rolsuper FROM pg_stat_activity a LEFT JOIN pg_roles"
            + " r ON r.oid = a.usesysid WHERE a.pid <> pg_backend_pid() AND a.backend_type ="
            + " 'client backend' ORDER BY a.backend_start",
        "SHOW FULL PROCESSLIST",
        "db.getSiblingDB('admin').aggregate([{$currentOp: {allUsers: true, idleConnections: true,"
            + " idleSessions: true}}])");
  }

  @Override
  public SessionList read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    return servers.of(input.database()).sessions(Deadline.in(context.timeout()));
  }
}
