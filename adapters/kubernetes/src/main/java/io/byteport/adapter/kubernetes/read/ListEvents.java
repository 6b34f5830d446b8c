package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Event;
import io.byteport.adapter.kubernetes.model.EventType;
import io.byteport.adapter.kubernetes.model.ObjectRef;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.events}: what the cluster has noted about an object of late. */
public record ListEvents(Clusters clusters)
    implements Action.Read<ListEvents.Input, ListEvents.Output> {

  /** What {@code kubectl.events} takes. */
  public record Input(
      ObjectRef object,
      boolean includePods,
      @Nullable EventType type,
      Duration since,
      @Nullable Cluster cluster) {}

  /**
   * What {@code kubectl.events} returns.
   *
   * @param items oldest first, by when they were last seen
   */
  public record Output(List<Event> items) {
    public Output {
      items = List.copyOf(items);
    }
  }

  @Override
  public String name() {
    return "kubectl.events";
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
    Kubectl command =
        Kubectl.on(clusters, input.object().cluster(), input.cluster())
            .add("get", "events")
            .in(input.object().namespace());
    return input.includePods()
        ? command.words()
        : command.add("--field-selector", "involvedObject.name=" + input.object().name()).words();
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.object().cluster(), input.cluster()).api();
    RecentEvents events =
        new RecentEvents(context.clock().instant().minus(input.since()), input.type());
    new EventReader(api, deadline).read(input.object(), input.includePods(), events);
    return new Output(events.oldestFirst());
  }
}
