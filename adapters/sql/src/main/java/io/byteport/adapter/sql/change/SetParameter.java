package io.byteport.adapter.sql.change;

import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.model.DatabaseRef;
import io.byteport.adapter.sql.server.Commands;
import io.byteport.adapter.sql.server.Parameter;
import io.byteport.adapter.sql.server.Servers;
import io.byteport.adapter.sql.server.SqlServer;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.List;
import java.util.Optional;

/** {@code sql.setParameter}: writes one setting of a server. */
public record SetParameter(Servers servers)
    implements Action.Change<SetParameter.Input, SetParameter.Output> {
  private static final String FROM = "from";

  /** What {@code sql.setParameter} takes. */
  public record Input(DatabaseRef database, String name, String value) {}

  /**
   * What {@code sql.setParameter} returns.
   *
   * @param from the value in force before
   * @param pendingRestart whether it takes effect only after a restart
   * @param survivesRestart false on MariaDB, which has no way to keep it
   */
  public record Output(String from, String to, boolean pendingRestart, boolean survivesRestart) {}

  @Override
  public String name() {
    return "sql.setParameter";
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
        server -> server.statement(input.name(), input.value()),
        server -> server.statement(input.name(), input.value()));
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    return StructValue.EMPTY.with(
        FROM, Value.of(parameter(input, Deadline.in(context.timeout())).value()));
  }

  private Parameter parameter(Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    SqlServer server = server(input);
    Parameter parameter =
        server
            .parameter(input.name(), deadline)
            .orElseThrow(
                () ->
                    ActionException.refused(
                        FailureKind.NOT_FOUND,
                        "`" + input.database().name() + "` has no setting `" + input.name() + "`"));
    Optional<String> refusal = parameter.refuses(input.value());
    if (refusal.isPresent()) {
      throw ActionException.refused(FailureKind.INVALID, refusal.get());
    }
    return parameter;
  }

  private SqlServer server(Input input) throws ActionException {
    return servers.of(input.database(), SqlServer.class, name());
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    Parameter parameter = parameter(input, deadline);
    if (!Value.of(parameter.value()).equals(memo.get(FROM))) {
      throw ActionException.refused(
          FailureKind.CONFLICT,
          "somebody else has set `" + parameter.name() + "` to " + parameter.value());
    }
    boolean same = parameter.value().equalsIgnoreCase(input.value());
    server(input).set(parameter, input.value(), deadline);
    return new Changed<>(
        new Output(
            parameter.value(),
            input.value(),
            parameter.needsRestart(),
            parameter.survivesRestart()),
        !same);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    Parameter parameter = parameter(input, deadline);
    try {
      boolean written =
          server(input)
              .written(parameter, deadline)
              .filter(value -> value.equalsIgnoreCase(input.value()))
              .isPresent();
      return written ? Probe.TOOK_EFFECT : Probe.NOT_DONE;
    } catch (ActionException e) {
      if (e.kind() == FailureKind.FORBIDDEN) {
        return Probe.UNKNOWN;
      }
      throw e;
    }
  }

  @Override
  public boolean repeatable() {
    return true;
  }
}
