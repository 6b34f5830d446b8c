package io.byteport.adapter.cloud.compute;

import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code cloud.growVolume}: asks for a larger volume; it never shrinks. */
public record GrowVolume(Platforms platforms)
    implements Action.Change<GrowVolume.Input, GrowVolume.Output> {

  /** What {@code cloud.growVolume} takes. */
  public record Input(Volume volume, DataSize size) {
    public Input {
      if (Sizes.gibibytes(size) < 1) {
        throw new IllegalArgumentException("a volume has at least 1Gi");
      }
    }
  }

  /** What {@code cloud.growVolume} returns. */
  public record Output(DataSize size) {}

  @Override
  public String name() {
    return "cloud.growVolume";
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
    Volume volume = input.volume();
    String size = Long.toString(Sizes.gibibytes(input.size()));
    List<String> words = new ArrayList<>();
    switch (volume.provider()) {
      case AWS -> {
        words.addAll(List.of("aws", "ec2", "modify-volume", "--volume-id", volume.id()));
        words.addAll(List.of("--size", size));
        ReadVolume.option(words, "--region", volume.region());
      }
      case GCP -> {
        words.addAll(List.of("gcloud", "compute", "disks", "resize", volume.id()));
        words.add("--size=" + size + "GB");
        ReadVolume.option(words, "--zone", volume.zone());
        ReadVolume.option(words, "--project", volume.project());
      }
    }
    return words;
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.of(context);
    Platforms.Found<Volume> found = find(input, deadline);
    long wanted = wanted(input, found.thing());
    if (wanted > Sizes.gibibytes(found.thing().size())) {
      found.platform().rehearseGrowth(found.thing(), wanted, deadline);
    }
    return StructValue.EMPTY
        .with("from", Value.of(found.thing().size()))
        .with(Platforms.ACCOUNT, Value.of(found.platform().account()));
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.of(context);
    Platforms.Found<Volume> found = find(input, deadline);
    long wanted = wanted(input, found.thing());
    if (wanted == Sizes.gibibytes(found.thing().size())) {
      return new Changed<>(new Output(found.thing().size()), false);
    }
    found.platform().grow(found.thing(), wanted, context.intent(), deadline);
    return new Changed<>(new Output(Sizes.ofGibibytes(wanted)), true);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.of(context);
    Platforms.Found<Volume> found = find(input, deadline);
    return found.platform().growsTo(found.thing(), Sizes.gibibytes(input.size()), deadline)
        ? Probe.TOOK_EFFECT
        : Probe.NOT_DONE;
  }

  @Override
  public boolean settled(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Volume now = find(input, Deadline.of(context)).thing();
    return now.usable() && Sizes.gibibytes(now.size()) >= Sizes.gibibytes(input.size());
  }

  @Override
  public Duration settlesWithin(Input input) {
    return Duration.ofMinutes(10);
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  private Platforms.Found<Volume> find(Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    Volume volume = input.volume();
    return platforms
        .findVolume(volume.provider(), volume.account(), volume.id(), volume.place(), deadline)
        .orElseThrow(
            () ->
                ActionException.refused(
                    FailureKind.NOT_FOUND,
                    "no account in the inventory has the volume " + volume.id()));
  }

  private static long wanted(Input input, Volume now) throws ActionException {
    long wanted = Sizes.gibibytes(input.size());
    if (wanted < Sizes.gibibytes(now.size())) {
      throw ActionException.refused(
          FailureKind.INVALID,
          now.id() + " has " + now.size() + " already, and a volume does not shrink");
    }
    return wanted;
  }
}
