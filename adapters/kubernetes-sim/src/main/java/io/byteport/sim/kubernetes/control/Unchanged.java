package io.byteport.sim.kubernetes.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectStore;
import java.util.HashMap;
import java.util.Map;

/** Remembers at which versions a controller left its objects alone, to leave them alone again. */
final class Unchanged {
  private record Seen(String version, long ownedVersion) {}

  private final ObjectStore store;
  private final Map<String, Seen> seen = new HashMap<>();

  Unchanged(ObjectStore store) {
    this.store = store;
  }

  /** Whether neither the object nor what it controls has changed since the last such question. */
  boolean since(ObjectNode object) {
    String uid = Json.text(object, "metadata", "uid");
    Seen now =
        new Seen(Json.text(object, "metadata", "resourceVersion"), store.versionOfOwned(uid));
    return now.equals(seen.put(uid, now));
  }
}
