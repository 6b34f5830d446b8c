package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.model.ObjectRef;
import io.byteport.adapter.kubernetes.model.WorkloadKind;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the events of an object, and of its pods if asked, for one action. Pages go by; only what
 * the collector keeps stays.
 */
final class EventReader {
  /** Where the events of things without a namespace are. */
  private static final String NOWHERE = "default";

  private final ClusterApi api;
  private final Deadline deadline;

  EventReader(ClusterApi api, Deadline deadline) {
    this.api = api;
    this.deadline = deadline;
  }

  void read(ObjectRef object, boolean includePods, RecentEvents events)
      throws ActionException, InterruptedException {
    @Nullable String uid = uid(object);
    each(
        namespace(object),
        Selection.about(object.kindOrImplied(), object.name()),
        event -> {
          if (isAbout(event.getInvolvedObject(), uid)) {
            events.add(event);
          }
        });
    if (includePods) {
      ofPods(object, events);
    }
  }

  private void ofPods(ObjectRef object, RecentEvents events)
      throws ActionException, InterruptedException {
    Optional<WorkloadKind> kind =
        WorkloadKind.of(object.kindOrImplied()).filter(one -> one != WorkloadKind.POD);
    String namespace = object.namespace();
    Set<String> uids = new HashSet<>();
    if (kind.isPresent() && namespace != null) {
      WorkloadReader reader = new WorkloadReader(api, deadline);
      WorkloadState workload = reader.workload(kind.get(), namespace, object.name());
      reader.pods(workload).forEach(pod -> uids.add(pod.getMetadata().getUid()));
    } else if (object.kindOrImplied().equals("Node")) {
      namespace = null;
      api.<Pod, PodList>each(
          Resource.PODS,
          null,
          Selection.onNode(object.name()),
          PodList.class,
          deadline,
          pod -> uids.add(pod.getMetadata().getUid()));
    }
    if (!uids.isEmpty()) {
      each(
          namespace,
          Selection.fields("involvedObject.kind=Pod"),
          event -> {
            ObjectReference about = event.getInvolvedObject();
            if (about != null && about.getUid() != null && uids.contains(about.getUid())) {
              events.add(event);
            }
          });
    }
  }

  private void each(
      @Nullable String namespace, Selection selection, java.util.function.Consumer<Event> sink)
      throws ActionException, InterruptedException {
    api.<Event, EventList>each(
        Resource.EVENTS, namespace, selection, EventList.class, deadline, sink);
  }

  private static String namespace(ObjectRef object) {
    return object.namespace() == null ? NOWHERE : object.namespace();
  }

  /**
   * Tells an object from an earlier one of the same name. Null where the object is gone or may not
   * be read, and for nodes, whose events carry their name instead.
   */
  private @Nullable String uid(ObjectRef object) throws ActionException, InterruptedException {
    if (object.kindOrImplied().equals("Node")) {
      return null;
    }
    try {
      Resource resource = api.resource(object.kindOrImplied(), deadline);
      return api.get(
              resource,
              object.namespace(),
              object.name(),
              GenericKubernetesResource.class,
              deadline)
          .getMetadata()
          .getUid();
    } catch (ActionException e) {
      if (e.kind() == FailureKind.NOT_FOUND || e.kind() == FailureKind.FORBIDDEN) {
        return null;
      }
      throw e;
    }
  }

  /** An event without a uid is about whatever has the name. */
  private static boolean isAbout(@Nullable ObjectReference about, @Nullable String uid) {
    return about == null
        || uid == null
        || about.getUid() == null
        || List.of(uid, "").contains(about.getUid());
  }
}
