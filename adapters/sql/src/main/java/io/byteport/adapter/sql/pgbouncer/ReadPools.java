package io.byteport.adapter.sql.pgbouncer;

import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.connect.Endpoint;
import io.byteport.adapter.sql.model.DatabaseRef;
import io.byteport.adapter.sql.model.Pool;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code pgbouncer.pools}: the pools of a database, null where it has no pooler. */
public record ReadPools(Console console) implements Action.Read<ReadPools.Input, ReadPools.Output> {

  /** What {@code pgbouncer.pools} takes. */
  public record Input(DatabaseRef database) {}

  /**
   * What {@code pgbouncer.pools} returns.
   *
   * @param waiting clients that wait, over all pools of this database
   */
  public record Output(List<Pool> pools, int waiting) {
    public Output {
      pools = List.copyOf(pools);
    }
  }

  @Override
  public String name() {
    return "pgbouncer.pools";
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
    return console.shown(input.database(), Command.SHOW_POOLS);
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
    List<Pool> pools = PoolMapper.pools(console.ask(pooler, Command.SHOW_POOLS, deadline), names);
    return new Output(pools, pools.stream().mapToInt(Pool::waiting).sum());
  }
}
