package io.byteport.adapter.sql.pgbouncer;

import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.connect.Endpoint;
import io.byteport.adapter.sql.model.DatabaseRef;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code pgbouncer.reload}: makes a PgBouncer read its file again. It raises nothing that nobody
 * wrote there.
 */
public record Reload(Console console) implements Action.Change<Reload.Input, Reload.Output> {

  /** What {@code pgbouncer.reload} takes. */
  public record Input(DatabaseRef database) {}

  /**
   * What {@code pgbouncer.reload} returns.
   *
   * @param changed what is different afterwards, {@code 20 -> 40} by the setting's name; empty
   *     where the file had not changed
   */
  public record Output(Map<String, String> changed) {
    public Output {
      changed = Collections.unmodifiableMap(new LinkedHashMap<>(changed));
    }
  }

  @Override
  public String name() {
    return "pgbouncer.reload";
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
    return console.shown(input.database(), Command.RELOAD);
  }

  private Endpoint pooler(Input input) throws ActionException {
    Endpoint pooler = console.of(input.database());
    if (pooler == null) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "the inventory names no pooler for `" + input.database().name() + "`");
    }
    return pooler;
  }

  private Map<String, String> settings(Endpoint pooler, Deadline deadline)
      throws ActionException, InterruptedException {
    return PoolMapper.settings(
        console.ask(pooler, Command.SHOW_CONFIG, deadline),
        console.ask(pooler, Command.SHOW_DATABASES, deadline));
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Map<String, String> settings = settings(pooler(input), Deadline.in(context.timeout()));
    if (settings.isEmpty()) {
      throw ActionException.refused(
          FailureKind.FORBIDDEN, "the console shows us no settings; add our user to admin_users");
    }
    return StructValue.EMPTY;
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    Endpoint pooler = pooler(input);
    Map<String, String> before = settings(pooler, deadline);
    console.tell(pooler, Command.RELOAD, deadline);
    Map<String, String> changed = PoolMapper.changed(before, settings(pooler, deadline));
    return new Changed<>(new Output(changed), !changed.isEmpty());
  }

  /** Nobody can tell: what is in force after a crash may have been in force before. */
  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context) {
    return Probe.UNKNOWN;
  }

  @Override
  public boolean repeatable() {
    return true;
  }
}
