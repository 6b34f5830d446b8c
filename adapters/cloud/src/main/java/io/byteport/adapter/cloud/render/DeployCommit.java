package io.byteport.adapter.cloud.render;

import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code render.deploy}: deploys a commit that was built before, such as the last good one. */
public record DeployCommit(RenderService render)
    implements Action.Change<DeployCommit.Input, DeployCommit.Output> {

  /** What {@code render.deploy} takes. */
  public record Input(String service, String sha, @Nullable String connection) {}

  /** What {@code render.deploy} returns. */
  public record Output(String deployId, @Nullable String from, String to) {}

  @Override
  public String name() {
    return "render.deploy";
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
        Deploying.body(new Deploying.Subject(input.sha(), null)));
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    RenderService.COMMIT.check(input.sha());
    Api api = render.api(input.connection(), input.service());
    render.deploys(api, input.service(), 1, null, Deadline.of(context));
    return Deploying.memo(new Deploying.Subject(input.sha(), null), context.clock().instant());
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.of(context);
    Api api = render.api(input.connection(), input.service());
    RenderService.COMMIT.check(input.sha());
    Optional<RenderDeploy> live = render.live(api, input.service(), deadline);
    String id =
        new Deploying(render)
            .start(api, input.service(), new Deploying.Subject(input.sha(), null), deadline);
    return new Changed<>(
        new Output(id, live.map(RenderDeploy::sha).orElse(null), input.sha()), true);
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
