package io.byteport.adapter.sql.read;

import io.byteport.adapter.sql.connect.Access;
import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.model.DatabaseRef;
import io.byteport.adapter.sql.model.Replica;
import io.byteport.adapter.sql.postgres.PostgresServer;
import io.byteport.adapter.sql.postgres.Replication;
import io.byteport.adapter.sql.server.Commands;
import io.byteport.adapter.sql.server.Servers;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.List;

/** {@code sql.replication}: the WAL senders of a primary, worst replay lag first. */
public record ReadReplication(Servers servers)
    implements Action.Read<ReadReplication.Input, ReadReplication.Output> {

  /** What {@code sql.replication} takes. */
  public record Input(DatabaseRef database) {}

  /** What {@code sql.replication} returns. */
  public record Output(List<Replica> replicas) {
    public Output {
      replicas = List.copyOf(replicas);
    }
  }

  @Override
  public String name() {
    return "sql.replication";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Output> outputType() {
    return Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return Commands.of(
        servers,
        input.database(),
        "SELECT *, pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) AS gap FROM"
            + " pg_stat_replication ORDER BY replay_lag DESC NULLS LAST");
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    PostgresServer server = servers.of(input.database(), PostgresServer.class, name());
    return new Output(
        server
            .line()
            .call(
                Access.READ,
                Deadline.in(context.timeout()),
                connection -> Replication.senders(connection, servers.endpoints())));
  }
}
