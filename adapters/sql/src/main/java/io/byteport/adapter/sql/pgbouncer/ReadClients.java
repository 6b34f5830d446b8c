package io.byteport.adapter.sql.pgbouncer;

import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.connect.Endpoint;
import io.byteport.adapter.sql.model.DatabaseRef;
import io.byteport.adapter.sql.model.PoolClient;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code pgbouncer.clients}: the clients of a database's pooler, null where it has none. */
public record ReadClients(Console console)
    implements Action.Read<ReadClients.Input, ReadClients.Output> {

  /** What {@code pgbouncer.clients} takes. */
  public record Input(DatabaseRef database) {}

  /** What {@code pgbouncer.clients} returns. */
  public record Output(List<PoolClient> clients) {
    public Output {
      clients = List.copyOf(clients);
    }
  }

  @Override
  public String name() {
    return "pgbouncer.clients";
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
    return console.shown(input.database(), Command.SHOW_CLIENTS);
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
        PoolMapper.clients(console.ask(pooler, Command.SHOW_CLIENTS, deadline), names));
  }
}
