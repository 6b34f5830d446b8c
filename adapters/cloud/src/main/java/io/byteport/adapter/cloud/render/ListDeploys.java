package io.byteport.adapter.cloud.render;

import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code render.deploys}: the newest deploys of a service. */
public record ListDeploys(RenderService render)
    implements Action.Read<ListDeploys.Input, ListDeploys.Output> {
  private static final int MOST = 100;

  /** What {@code render.deploys} takes. */
  public record Input(String service, int limit, @Nullable String connection) {
    public Input {
      if (limit < 1 || limit > MOST) {
        throw new IllegalArgumentException("`limit` must be from 1 to " + MOST);
      }
    }
  }

  /**
   * What {@code render.deploys} returns.
   *
   * @param lastGood the newest one that went live, before the newest of all
   */
  public record Output(List<RenderDeploy> items, @Nullable RenderDeploy lastGood) {
    public Output {
      items = List.copyOf(items);
    }
  }

  @Override
  public String name() {
    return "render.deploys";
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
    return RenderCommand.get(
        "/services/" + RenderCommand.segment(input.service()) + "/deploys?limit=" + input.limit());
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    List<RenderDeploy> all =
        render.deploys(
            render.api(input.connection(), input.service()),
            input.service(),
            input.limit(),
            null,
            Deadline.of(context));
    return new Output(
        all,
        all.stream()
            .skip(1)
            .filter(
                one ->
                    one.status() == DeployStatus.LIVE || one.status() == DeployStatus.DEACTIVATED)
            .findFirst()
            .orElse(null));
  }
}
