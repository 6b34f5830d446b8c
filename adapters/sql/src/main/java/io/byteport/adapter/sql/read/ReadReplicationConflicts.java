package io.byteport.adapter.sql.read;

import io.byteport.adapter.sql.connect.Access;
import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.connect.Pause;
import io.byteport.adapter.sql.model.DatabaseRef;
import io.byteport.adapter.sql.postgres.PostgresServer;
import io.byteport.adapter.sql.postgres.Replication;
import io.byteport.adapter.sql.server.Commands;
import io.byteport.adapter.sql.server.Servers;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code sql.replicationConflicts}: queries that replay had to cancel, asked of the replica, twice.
 */
public record ReadReplicationConflicts(Servers servers, Pause pause)
    implements Action.Read<ReadReplicationConflicts.Input, ReadReplicationConflicts.Output> {

  /** What {@code sql.replicationConflicts} takes. */
  public record Input(DatabaseRef database, Duration over) {
    public Input {
      if (over.isNegative() || over.isZero()) {
        throw new IllegalArgumentException("conflicts are counted over some time, not " + over);
      }
    }
  }

  /**
   * What {@code sql.replicationConflicts} returns.
   *
   * @param total since the statistics began
   * @param added within the time
   * @param byDatabase the totals of each
   */
  public record Output(long total, long added, Map<String, Long> byDatabase) {
    public Output {
      byDatabase = Map.copyOf(byDatabase);
    }
  }

  @Override
  public String name() {
    return "sql.replicationConflicts";
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
        "SELECT datname, confl_tablespace + confl_lock + confl_snapshot + confl_bufferpin +"
            + " confl_deadlock AS conflicts FROM pg_stat_database_conflicts");
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Waits.checkFits(input.over(), context.timeout());
    PostgresServer server = servers.of(input.database(), PostgresServer.class, name());
    Deadline deadline = Deadline.in(context.timeout());
    Map<String, Long> before = server.line().call(Access.READ, deadline, Replication::conflicts);
    pause.pause(input.over());
    Map<String, Long> after = server.line().call(Access.READ, deadline, Replication::conflicts);
    long total = sum(after);
    return new Output(total, Math.max(0, total - sum(before)), after);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
