package io.byteport.adapter.sql.read;

import io.byteport.adapter.sql.connect.Access;
import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.model.DatabaseRef;
import io.byteport.adapter.sql.model.ReplicationSlot;
import io.byteport.adapter.sql.postgres.PostgresServer;
import io.byteport.adapter.sql.postgres.Replication;
import io.byteport.adapter.sql.server.Commands;
import io.byteport.adapter.sql.server.Servers;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.List;

/** {@code sql.replicationSlots}: replication slots and the WAL that each retains. */
public record ReadReplicationSlots(Servers servers)
    implements Action.Read<ReadReplicationSlots.Input, ReadReplicationSlots.Output> {

  /** What {@code sql.replicationSlots} takes. */
  public record Input(DatabaseRef database) {}

  /** What {@code sql.replicationSlots} returns; the slot that retains most first. */
  public record Output(List<ReplicationSlot> list) {
    public Output {
      list = List.copyOf(list);
    }
  }

  @Override
  public String name() {
    return "sql.replicationSlots";
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
        "SELECT slot_name, slot_type, active, wal_status, pg_wal_lsn_diff(pg_current_wal_lsn(),"
            + " restart_lsn) AS retained FROM pg_replication_slots");
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    PostgresServer server = servers.of(input.database(), PostgresServer.class, name());
    return new Output(
        server.line().call(Access.READ, Deadline.in(context.timeout()), Replication::slots));
  }
}
