package io.byteport.adapter.cloud.render;

import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code render.restart}: deploys what is live already, so that nothing new is shipped. */
public record Restart(RenderService render)
    implements Action.Change<Restart.Input, Restart.Output> {

  /** What {@code render.restart} takes. */
  public record Input(String service, @Nullable String connection) {}

  /** What {@code render.restart} returns. */
  public record Output(String deployId, @Nullable String sha) {}

  @Override
  public String name() {
    return "render.restart";
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
    return RenderCommand.post(
        "/services/" + RenderCommand.segment(input.service()) + "/deploys",
        "{\"commitId\":\"THE LIVE COMMIT\",\"clearCache\":\"do_not_clear\"}");
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.of(context);
    Deploying.Subject live =
        live(render.api(input.connection(), input.service()), input.service(), deadline);
    return Deploying.memo(live, context.clock().instant());
  }

  private Deploying.Subject live(Api api, String service, Deadline deadline)
      throws ActionException, InterruptedException {
    RenderDeploy live = render.needLive(api, service, deadline);
    if (live.sha() == null && live.image() == null) {
      throw ActionException.refused(
          FailureKind.CONFLICT, "Render does not say what is live of " + service);
    }
    return new Deploying.Subject(live.sha(), live.sha() == null ? live.image() : null);
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.of(context);
    Api api = render.api(input.connection(), input.service());
    Deploying.Subject subject = Deploying.subject(memo);
    if (!live(api, input.service(), deadline).equals(subject)) {
      throw ActionException.refused(
          FailureKind.CONFLICT, "something else has gone live of " + input.service());
    }
    String id = new Deploying(render).start(api, input.service(), subject, deadline);
    return new Changed<>(new Output(id, subject.sha()), true);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    return new Deploying(render)
        .probe(
            render.api(input.connection(), input.service()),
            input.service(),
            memo,
            Deadline.of(context));
  }

  @Override
  public boolean settled(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    return new Deploying(render)
        .isLive(
            render.api(input.connection(), input.service()),
            input.service(),
            memo,
            Deadline.of(context));
  }

  @Override
  public Duration settlesWithin(Input input) {
    return Duration.ofMinutes(15);
  }

  @Override
  public boolean repeatable() {
    return false;
  }
}
