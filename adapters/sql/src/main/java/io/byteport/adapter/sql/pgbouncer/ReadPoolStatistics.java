package io.byteport.adapter.sql.pgbouncer;

import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.connect.Endpoint;
import io.byteport.adapter.sql.model.DatabaseRef;
import io.byteport.adapter.sql.model.PoolStatistics;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code pgbouncer.stats}: what the pooler of a database has counted, null where it has none. */
public record ReadPoolStatistics(Console console)
    implements Action.Read<ReadPoolStatistics.Input, ReadPoolStatistics.Output> {

  /** What {@code pgbouncer.stats} takes. */
  public record Input(DatabaseRef database) {}

  /** What {@code pgbouncer.stats} returns. */
  public record Output(List<PoolStatistics> databases) {
    public Output {
      databases = List.copyOf(databases);
    }
  }

  @Override
  public String name() {
    return "pgbouncer.stats";
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
    return console.shown(input.database(), Command.SHOW_STATS);
  }

  @Override
  public @Nullable Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Endpoint pooler = console.of(input.database());
    if (pooler == null) {
      return null;
    }
    Deadline deadline = Deadline.in(context.timeout());
    Set<String> names =
        PoolMapper.names(
            console.ask(pooler, Command.SHOW_DATABASES, deadline),
            console.dbname(input.database(), pooler));
    return new Output(
        PoolMapper.statistics(console.ask(pooler, Command.SHOW_STATS, deadline), names));
  }
}
