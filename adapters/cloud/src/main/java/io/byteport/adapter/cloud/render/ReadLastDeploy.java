package io.byteport.adapter.cloud.render;

import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.model.Deploy;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code render.lastDeploy}: the deploy that is live. */
public record ReadLastDeploy(RenderService render)
    implements Action.Read<ReadLastDeploy.Input, Deploy> {

  /** What {@code render.lastDeploy} takes. */
  public record Input(String service, @Nullable String connection) {}

  @Override
  public String name() {
    return "render.lastDeploy";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Deploy> outputType() {
    return Deploy.class;
  }

  @Override
  public List<String> command(Input input) {
    return RenderCommand.get(
        "/services/" + RenderCommand.segment(input.service()) + "/deploys?status=live&limit=1");
  }

  @Override
  public @Nullable Deploy read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    return render
        .live(
            render.api(input.connection(), input.service()), input.service(), Deadline.of(context))
        .map(RenderDeploy::plain)
        .orElse(null);
  }
}
