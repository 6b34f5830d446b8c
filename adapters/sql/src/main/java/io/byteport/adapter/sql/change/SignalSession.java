package io.byteport.adapter.sql.change;

import io.byteport.adapter.sql.connect.Client;
import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.connect.Pause;
import io.byteport.adapter.sql.model.DatabaseRef;
import io.byteport.adapter.sql.model.SessionRef;
import io.byteport.adapter.sql.server.Server;
import io.byteport.adapter.sql.server.Servers;
import io.byteport.adapter.sql.server.Signal;
import io.byteport.adapter.sql.server.Spared;
import io.byteport.adapter.sql.server.Standing;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code sql.cancel} and {@code sql.terminate}: signals one session, if it is still the one that
 * was looked at and at what it was at. Superusers, replication, ourselves, and proxies, consoles
 * and cluster managers are refused here, whatever the guardrails say.
 */
public record SignalSession(Servers servers, Signal signal, Pause pause)
    implements Action.Change<SignalSession.Input, SignalSession.Output> {
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);

  /**
   * A session that idles is gone within milliseconds: worth a moment, so that the next can follow.
   */
  private static final Duration MOMENT = Duration.ofMillis(50);

  private static final int MOMENTS = 10;

  /**
   * What {@code sql.cancel} and {@code sql.terminate} take.
   *
   * @param spare users and applications beside those that are always spared, by how they begin
   */
  public record Input(DatabaseRef database, SessionRef session, @Nullable List<String> spare) {
    public Input {
      spare = spare == null ? List.of() : List.copyOf(spare);
      Spared.with(spare);
    }

    Spared spared() {
      return Spared.with(spare == null ? List.of() : spare);
    }
  }

  /**
   * What {@code sql.cancel} and {@code sql.terminate} return.
   *
   * @param signalled false where the session had moved on or gone, so that nothing was done
   */
  public record Output(boolean signalled) {}

  @Override
  public String name() {
    return switch (signal) {
      case CANCEL -> "sql.cancel";
      case TERMINATE -> "sql.terminate";
    };
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
    try {
      Server server = servers.of(input.database());
      return Client.command(server.endpoint(), server.statement(signal, input.session()));
    } catch (ActionException e) {
      return List.of("echo", "not a command: " + e.reason());
    }
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    checkAllowed(input, Deadline.in(context.timeout()));
    return StructValue.EMPTY;
  }

  private void checkAllowed(Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    Standing standing =
        servers.of(input.database()).standing(input.session(), input.spared(), deadline);
    if (standing instanceof Standing.Protected reason) {
      throw ActionException.refused(
          FailureKind.FORBIDDEN,
          "the session "
              + input.session().pid()
              + " of `"
              + input.database().name()
              + "` "
              + reason.why()
              + ", and is left alone");
    }
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    boolean signalled =
        servers.of(input.database()).signal(signal, input.session(), input.spared(), deadline);
    if (!signalled) {
      checkAllowed(input, deadline);
    }
    return new Changed<>(new Output(signalled), signalled);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    return isDone(input, context) ? Probe.TOOK_EFFECT : Probe.NOT_DONE;
  }

  @Override
  public boolean settled(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    boolean done = signal == Signal.CANCEL || isDone(input, context);
    for (int i = 0; i < MOMENTS && !done; i++) {
      pause.pause(MOMENT);
      done = isDone(input, context);
    }
    return done;
  }

  /** A cancelled session has moved on; a terminated one is gone. */
  private boolean isDone(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Standing standing =
        servers
            .of(input.database())
            .standing(input.session(), input.spared(), Deadline.in(context.timeout()));
    return switch (standing) {
      case Standing.Gone gone -> true;
      case Standing.MovedOn moved -> signal == Signal.CANCEL;
      case Standing.Protected reason -> false;
      case Standing.Same same -> false;
    };
  }

  @Override
  public Duration settlesWithin(Input input) {
    return signal == Signal.CANCEL ? Duration.ZERO : ENDS_WITHIN;
  }

  @Override
  public boolean repeatable() {
    return true;
  }
}
