package io.byteport.adapter.cloud.compute;

import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cloud.volume}: one block volume, if an account of the inventory has it. */
public record ReadVolume(Platforms platforms) implements Action.Read<ReadVolume.Input, Volume> {

  /** What {@code cloud.volume} takes. */
  public record Input(
      VolumeProvider provider,
      String id,
      @Nullable String region,
      @Nullable String zone,
      @Nullable String project) {

    Place place() {
      return new Place(region, zone, project);
    }
  }

  @Override
  public String name() {
    return "cloud.volume";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Volume> outputType() {
    return Volume.class;
  }

  @Override
  public List<String> command(Input input) {
    List<String> words = new ArrayList<>();
    switch (input.provider()) {
      case AWS -> {
        words.addAll(List.of("aws", "ec2", "describe-volumes", "--volume-ids", input.id()));
        option(words, "--region", input.region());
      }
      case GCP -> {
        words.addAll(List.of("gcloud", "compute", "disks", "describe", input.id()));
        option(words, "--zone", input.zone());
        option(words, "--project", input.project());
      }
    }
    return words;
  }

  static void option(List<String> words, String name, @Nullable String value) {
    if (value != null) {
      words.add(name);
      words.add(value);
    }
  }

  @Override
  public @Nullable Volume read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    return platforms
        .findVolume(input.provider(), null, input.id(), input.place(), Deadline.of(context))
        .map(Platforms.Found::thing)
        .orElse(null);
  }
}
