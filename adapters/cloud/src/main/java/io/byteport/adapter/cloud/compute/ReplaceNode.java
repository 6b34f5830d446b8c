package io.byteport.adapter.cloud.compute;

import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.List;

/**
 * {@code cloud.replaceNode}: ends the instance behind a node and lets its group start another one
 * (AWS, GCP), or sets it up anew from its image (Azure).
 */
public record ReplaceNode(Platforms platforms)
    implements Action.Change<ReplaceNode.Input, ReplaceNode.Output> {

  /** What {@code cloud.replaceNode} takes. */
  public record Input(String providerId) {}

  /** What {@code cloud.replaceNode} returns. */
  public record Output(String instance) {}

  @Override
  public String name() {
    return "cloud.replaceNode";
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
      return switch (ProviderId.parse(input.providerId())) {
        case ProviderId.Ec2 id ->
            List.of(
                "aws",
                "autoscaling",
                "terminate-instance-in-auto-scaling-group",
                "--instance-id",
                id.instance(),
                "--no-should-decrement-desired-capacity",
                "--region",
                id.region());
        case ProviderId.Gce id ->
            List.of(
                "gcloud",
                "compute",
                "instance-groups",
                "managed",
                "recreate-instances",
                "GROUP",
                "--instances=" + id.instance(),
                "--zone=" + id.zone(),
                "--project=" + id.project());
        case ProviderId.ScaleSetVm id ->
            List.of(
                "az",
                "vmss",
                "reimage",
                "--subscription",
                id.subscription(),
                "--resource-group",
                id.group(),
                "--name",
                id.scaleSet(),
                "--instance-ids",
                id.instance());
      };
    } catch (ActionException noId) {
      return List.of("#", noId.reason());
    }
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    return platforms.instance(ProviderId.parse(input.providerId()), Deadline.of(context)).thing();
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.of(context);
    ProviderId id = ProviderId.parse(input.providerId());
    Platforms.Found<StructValue> found = platforms.instance(id, deadline);
    if (!found.thing().equals(memo)) {
      throw ActionException.refused(
          FailureKind.CONFLICT, id.instance() + " is not the instance that was looked at");
    }
    found.platform().replace(id, memo, context.intent(), deadline);
    return new Changed<>(new Output(id.instance()), true);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    ProviderId id = ProviderId.parse(input.providerId());
    return platforms.noted(id.provider(), memo).replaced(id, memo, Deadline.of(context));
  }

  @Override
  public boolean repeatable() {
    return true;
  }
}
