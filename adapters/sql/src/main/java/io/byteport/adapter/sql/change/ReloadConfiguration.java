package io.byteport.adapter.sql.change;

import io.byteport.adapter.sql.connect.Access;
import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.connect.Line;
import io.byteport.adapter.sql.connect.Pause;
import io.byteport.adapter.sql.model.DatabaseRef;
import io.byteport.adapter.sql.postgres.Configuration;
import io.byteport.adapter.sql.postgres.PostgresServer;
import io.byteport.adapter.sql.server.Commands;
import io.byteport.adapter.sql.server.Servers;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.InstantValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code sql.reloadConfiguration}: makes a PostgreSQL read its configuration again. */
public record ReloadConfiguration(Servers servers, Pause pause)
    implements Action.Change<ReloadConfiguration.Input, ReloadConfiguration.Output> {
  private static final String BEFORE = "before";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
  private static final Duration ENOUGH_TO_LOOK = Duration.ofMillis(500);

  /** What {@code sql.reloadConfiguration} takes. */
  public record Input(DatabaseRef database) {}

  /** What {@code sql.reloadConfiguration} returns. */
  public record Output(Instant loadedAt) {}

  @Override
  public String name() {
    return "sql.reloadConfiguration";
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
    return Commands.of(servers, input.database(), "SELECT pg_reload_conf()");
  }

  private Line line(Input input) throws ActionException {
    return servers.of(input.database(), PostgresServer.class, name()).line();
  }

  private Instant loadedAt(Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    return line(input).call(Access.READ, deadline, Configuration::loadedAt);
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    return StructValue.EMPTY.with(
        BEFORE, Value.of(loadedAt(input, Deadline.in(context.timeout()))));
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    Instant before = loadedAt(input, deadline);
    if (!line(input).call(Access.CHANGE, deadline, Configuration::reload)) {
      throw ActionException.refused(
          FailureKind.UNREACHABLE, "the server could not tell itself to reload");
    }
    while (deadline.remaining().compareTo(ENOUGH_TO_LOOK) > 0) {
      Instant now = loadedAt(input, deadline);
      if (now.isAfter(before)) {
        return new Changed<>(new Output(now), true);
      }
      pause.pause(BETWEEN_LOOKS);
    }
    throw new ActionException(
        FailureKind.TIMEOUT,
        Effect.UNKNOWN,
        "the server was told to reload, and has not done so yet",
        null);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Instant now = loadedAt(input, Deadline.in(context.timeout()));
    return memo.get(BEFORE) instanceof InstantValue before
        ? now.isAfter(before.value()) ? Probe.TOOK_EFFECT : Probe.NOT_DONE
        : Probe.UNKNOWN;
  }

  @Override
  public boolean repeatable() {
    return true;
  }
}
