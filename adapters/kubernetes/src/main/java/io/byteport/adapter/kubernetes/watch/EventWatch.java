package io.byteport.adapter.kubernetes.watch;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.mapping.EventMapper;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.EventType;
import io.byteport.adapter.kubernetes.model.ObjectRef;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.RecordCodec;
import io.byteport.engine.spi.WatchSource;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows {@code kubectl.events}: all, or those of an object. What the cluster had noted before the
 * watch began is history and is not told. Of past events only traces of the latest {@value #TRACES}
 * are kept.
 */
public record EventWatch(Clusters clusters, RecordCodec codec) implements WatchSource {
  private static final int TRACES = 20_000;
  private static final Feed<Event, EventList> FEED =
      new Feed<>(
          Resource.EVENTS,
          Event.class,
          EventList.class,
          () -> LeanStore.ofTraces(EventWatch::trace, TRACES));

  @Override
  public String action() {
    return "kubectl.events";
  }

  @Override
  public AutoCloseable start(StructValue with, Listener listener) {
    if (with.get("includePods").equals(Value.TRUE)) {
      throw new IllegalArgumentException(
          "the events of an object's pods cannot be watched; leave `object` out to watch all");
    }
    Scope scope = Scope.read(codec, with);
    ObjectRef object = scope.object();
    Feed<Event, EventList> feed =
        object == null
            ? FEED
            : FEED.where(
                Map.of(
                    "involvedObject.kind",
                    object.kindOrImplied(),
                    "involvedObject.name",
                    object.name()));
    Followers followers = new Followers();
    for (Clusters.Chosen cluster : Followers.clusters(clusters, scope.wanted())) {
      followers.follow(
          cluster,
          feed,
          scope.place(),
          false,
          listener,
          new Events(scope.type(), cluster.as(), listener));
    }
    return followers;
  }

  private final class Events implements Sink<Event> {
    private final @Nullable EventType type;
    private final @Nullable Cluster cluster;
    private final Listener listener;

    Events(@Nullable EventType type, @Nullable Cluster cluster, Listener listener) {
      this.type = type;
      this.cluster = cluster;
      this.listener = listener;
    }

    @Override
    public void changed(Event event, boolean known) {
      io.byteport.adapter.kubernetes.model.Event mapped = EventMapper.map(event);
      if (known || (type != null && mapped.type() != type)) {
        return;
      }
      ObjectReference about =
          event.getInvolvedObject() == null ? new ObjectReference() : event.getInvolvedObject();
      listener.changed(
          key(event),
          codec.write(mapped),
          Labels.of(cluster)
              .and("namespace", about.getNamespace())
              .and("pod", "Pod".equals(about.getKind()) ? about.getName() : null)
              .and("node", node(event, about))
              .map());
    }

    @Override
    public void gone(Event event) {
      listener.gone(key(event));
    }
  }

  private static String key(Event event) {
    String uid = event.getMetadata().getUid();
    return uid == null
        ? event.getMetadata().getNamespace() + "/" + event.getMetadata().getName()
        : uid;
  }

  private static @Nullable String node(Event event, ObjectReference about) {
    if ("Node".equals(about.getKind())) {
      return about.getName();
    }
    return event.getSource() == null ? null : event.getSource().getHost();
  }

  private static Event trace(Event event) {
    ObjectMeta whole = event.getMetadata();
    ObjectMeta trace = new ObjectMeta();
    trace.setNamespace(whole.getNamespace());
    trace.setName(whole.getName());
    trace.setUid(whole.getUid());
    trace.setResourceVersion(whole.getResourceVersion());
    Event slim = new Event();
    slim.setMetadata(trace);
    return slim;
  }
}
