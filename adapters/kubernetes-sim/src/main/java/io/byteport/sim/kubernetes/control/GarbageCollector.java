package io.byteport.sim.kubernetes.control;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.PODS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Change;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.ObjectStore;
import io.byteport.sim.kubernetes.store.ResourceType;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Removes what belonged to an object that is gone. */
final class GarbageCollector implements Controller {
  private final ObjectStore store;
  private final Deque<String> gone = new ArrayDeque<>();

  GarbageCollector(ObjectStore store) {
    this.store = store;
    store.listen(this::note);
  }

  private void note(Change change) {
    if (change.after().isEmpty()) {
      change.before().ifPresent(b -> gone.add(Json.text(b, "metadata", "uid")));
    }
  }

  @Override
  public void reconcile(Instant now) {
    while (!gone.isEmpty()) {
      String uid = gone.removeFirst();
      for (ResourceType type : store.catalogue().types()) {
        for (ObjectNode dependent : store.ownedBy(uid, type)) {
          if (type.equals(PODS)) {
            Pods.terminate(store, dependent, now, -1);
          } else {
            store.delete(ObjectKey.of(type, dependent));
          }
        }
      }
    }
  }
}
