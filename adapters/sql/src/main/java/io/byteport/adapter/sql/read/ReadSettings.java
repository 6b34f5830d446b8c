package io.byteport.adapter.sql.read;

import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.model.DatabaseRef;
import io.byteport.adapter.sql.model.Setting;
import io.byteport.adapter.sql.server.Commands;
import io.byteport.adapter.sql.server.Servers;
import io.byteport.adapter.sql.server.SqlServer;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code sql.settings}: settings by name. */
public record ReadSettings(Servers servers)
    implements Action.Read<ReadSettings.Input, ReadSettings.Output> {

  /** What {@code sql.settings} takes. */
  public record Input(DatabaseRef database, List<String> names) {
    public Input {
      names = List.copyOf(names);
    }
  }

  /**
   * What {@code sql.settings} returns.
   *
   * @param list in the order of their names
   * @param missing names that the server does not know, or does not show us
   */
  public record Output(List<Setting> list, List<String> missing) {
    public Output {
      list = List.copyOf(list);
      missing = List.copyOf(missing);
    }
  }

  @Override
  public String name() {
    return "sql.settings";
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
    return Commands.sql(
        servers,
        input.database(),
        server ->
            "SELECT name, setting, unit FROM pg_settings WHERE name IN ("
                + names(input, server)
                + ")",
        server -> "SHOW GLOBAL VARIABLES WHERE variable_name IN (" + names(input, server) + ")");
  }

  private static String names(Input input, SqlServer server) {
    return input.names().stream()
        .map(name -> server.literal(Value.of(name)))
        .collect(Collectors.joining(", "));
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    SqlServer server = servers.of(input.database(), SqlServer.class, name());
    List<Setting> found = server.settings(input.names(), Deadline.in(context.timeout()));
    Set<String> known = found.stream().map(Setting::name).collect(Collectors.toSet());
    return new Output(found, input.names().stream().filter(name -> !known.contains(name)).toList());
  }
}
