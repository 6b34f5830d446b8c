package io.byteport.adapter.sql.read;

import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.model.DatabaseRef;
import io.byteport.adapter.sql.server.Columns;
import io.byteport.adapter.sql.server.Commands;
import io.byteport.adapter.sql.server.Rows;
import io.byteport.adapter.sql.server.Servers;
import io.byteport.adapter.sql.server.SqlServer;
import io.byteport.adapter.sql.statement.Select;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code sql.query}: one statement that selects, with typed columns. */
public record QueryRows(Servers servers) implements Action.Read<QueryRows.Input, QueryRows.Output> {

  /** What {@code sql.query} takes. */
  public record Input(
      DatabaseRef database, String sql, @Nullable List<Value> bind, Map<String, String> columns) {
    public Input {
      bind = bind == null ? List.of() : List.copyOf(bind);
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** What the parameters stand for, in the order of their numbers. */
    List<Value> values() {
      return bind == null ? List.of() : bind;
    }
  }

  /**
   * What {@code sql.query} returns.
   *
   * @param more whether there were more rows than are read
   */
  public record Output(List<Map<String, Value>> rows, boolean more) {
    public Output {
      rows = List.copyOf(rows);
    }
  }

  @Override
  public String name() {
    return "sql.query";
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
        servers, input.database(), server -> shown(input, server), server -> shown(input, server));
  }

  private static String shown(Input input, SqlServer server) {
    return Select.parse(input.sql(), server.dialect())
        .with(
            number ->
                number <= input.values().size()
                    ? server.literal(input.values().get(number - 1))
                    : "$" + number);
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    SqlServer server = servers.of(input.database(), SqlServer.class, name());
    Select select;
    Columns columns;
    try {
      select = Select.parse(input.sql(), server.dialect());
      columns = new Columns(input.columns());
    } catch (IllegalArgumentException e) {
      throw ActionException.refused(FailureKind.INVALID, String.valueOf(e.getMessage()));
    }
    if (select.parameters() != input.values().size()) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "the statement takes "
              + select.parameters()
              + " values, and "
              + input.values().size()
              + " are bound");
    }
    Rows rows = server.select(select, input.values(), columns, Deadline.in(context.timeout()));
    return new Output(rows.rows(), rows.more());
  }
}
