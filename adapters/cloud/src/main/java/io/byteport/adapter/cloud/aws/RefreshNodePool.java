package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.compute.NodePool;
import io.byteport.adapter.cloud.compute.Provider;
import io.byteport.adapter.cloud.http.Call.What;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.InstantValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code cloud.refreshNodePool}: lets an Auto Scaling group replace all its instances in turn. */
public record RefreshNodePool(AwsAccounts accounts)
    implements Action.Change<RefreshNodePool.Input, RefreshNodePool.Output> {
  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final Set<String> OVER =
      Set.of("Successful", "Failed", "Cancelled", "RollbackFailed", "RollbackSuccessful");

  /** What {@code cloud.refreshNodePool} takes. */
  public record Input(NodePool pool, Percent minHealthy) {
    public Input {
      if (minHealthy.points() < 0 || minHealthy.points() > 100) {
        throw new IllegalArgumentException("`minHealthy` must be from 0% to 100%");
      }
    }
  }

  /** What {@code cloud.refreshNodePool} returns. */
  public record Output(String refresh) {}

  @Override
  public String name() {
    return "cloud.refreshNodePool";
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
    return List.of(
        "aws",
        "autoscaling",
        "start-instance-refresh",
        "--auto-scaling-group-name",
        input.pool().name(),
        "--preferences",
        "MinHealthyPercentage=" + healthy(input));
  }

  private static String healthy(Input input) {
    return Long.toString(Math.round(input.minHealthy().points()));
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.of(context);
    AwsAccount aws = account(input);
    if (new AutoScalingGroups(aws)
        .named(input.pool().name(), input.pool().within(), deadline)
        .isEmpty()) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND, "there is no Auto Scaling group " + input.pool().name());
    }
    Optional<Xml> newest = newest(aws, input, deadline);
    String status = newest.map(one -> one.text("Status")).orElse(null);
    if (status != null && !OVER.contains(status)) {
      throw ActionException.refused(
          FailureKind.CONFLICT, "a refresh of " + input.pool().name() + " is under way: " + status);
    }
    return StructValue.EMPTY.with("since", Value.of(deadline.now()));
  }

  private AwsAccount account(Input input) throws ActionException {
    if (input.pool().provider() != Provider.AWS) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "only groups of AWS are refreshed, " + input.pool().name() + " is none");
    }
    return accounts.named(input.pool().account());
  }

  private static Optional<Xml> newest(AwsAccount aws, Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    return aws
        .autoScaling(
            aws.region(input.pool().within()),
            "DescribeInstanceRefreshes",
            What.READ,
            AwsPlatform.form("AutoScalingGroupName", input.pool().name()).with("MaxRecords", "1"),
            deadline)
        .list("InstanceRefreshes")
        .stream()
        .findFirst();
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    AwsAccount aws = account(input);
    Xml answer =
        aws.autoScaling(
            aws.region(input.pool().within()),
            "StartInstanceRefresh",
            What.WRITE,
            AwsPlatform.form("AutoScalingGroupName", input.pool().name())
                .with("Strategy", "Rolling")
                .with("Preferences.MinHealthyPercentage", healthy(input)),
            Deadline.of(context));
    String id = answer.text("InstanceRefreshId");
    return new Changed<>(new Output(id == null ? "" : id), true);
  }

  /** The refresh that began after the intent. */
  private Optional<Xml> ours(Input input, StructValue memo, Deadline deadline)
      throws ActionException, InterruptedException {
    Instant since =
        memo.get("since") instanceof InstantValue instant ? instant.value() : Instant.MAX;
    return newest(account(input), input, deadline)
        .filter(
            one -> {
              String start = one.text("StartTime");
              Instant at = start == null ? null : Json.parseInstant(start);
              return start == null || (at != null && !at.isBefore(since.minus(SKEW)));
            });
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    return ours(input, memo, Deadline.of(context)).isPresent() ? Probe.TOOK_EFFECT : Probe.NOT_DONE;
  }

  @Override
  public boolean settled(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Optional<Xml> refresh = ours(input, memo, Deadline.of(context));
    String status = refresh.map(one -> one.text("Status")).orElse("");
    if (OVER.contains(status) && !status.equals("Successful")) {
      String reason = refresh.map(one -> one.text("StatusReason")).orElse("");
      throw ActionException.refused(
          FailureKind.REFUSED, "the refresh ended as " + status + ": " + reason);
    }
    return status.equals("Successful");
  }

  @Override
  public Duration settlesWithin(Input input) {
    return Duration.ofHours(1);
  }

  @Override
  public boolean repeatable() {
    return false;
  }
}
