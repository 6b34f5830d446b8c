package io.byteport.sim.kubernetes.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.ObjectKey.Place;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * All objects of a simulated cluster, with the versions that an API server gives them.
 *
 * <p>A stored object is never changed in place: what {@code get} and {@code list} return is shared
 * and must not be modified; {@link #update} hands out a copy. Not thread-safe: the caller holds the
 * cluster's lock.
 */
public final class ObjectStore {
  private static final int REMEMBERED_CHANGES = 20_000;

  private final ResourceCatalogue catalogue;
  private final InstantSource clock;
  private final Random random;
  private final Map<ResourceType, TreeMap<Place, ObjectNode>> objects = new HashMap<>();
  private final Map<String, TreeMap<Place, ObjectNode>> byOwner = new HashMap<>();
  private final Map<ResourceType, Long> typeVersions = new HashMap<>();
  private final Map<String, Long> ownedVersions = new HashMap<>();
  private final Deque<Change> changes = new ArrayDeque<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private long version = 1;

  /** An empty store; uids come from the seed, timestamps from the clock. */
  public ObjectStore(ResourceCatalogue catalogue, InstantSource clock, long seed) {
    this.catalogue = catalogue;
    this.clock = clock;
    this.random = new Random(seed);
  }

  /** The kinds of objects that this store holds. */
  public ResourceCatalogue catalogue() {
    return catalogue;
  }

  /** The version of the latest write. */
  public long version() {
    return version;
  }

  /** The version of the latest write to any object of these types. */
  public long versionOf(ResourceType... types) {
    long latest = 0;
    for (ResourceType type : types) {
      latest = Math.max(latest, typeVersions.getOrDefault(type, 0L));
    }
    return latest;
  }

  /** The version of the latest write to any object whose controller is the object with this uid. */
  public long versionOfOwned(String uid) {
    return ownedVersions.getOrDefault(uid, 0L);
  }

  public Optional<ObjectNode> get(ObjectKey key) {
    return Optional.ofNullable(ofType(key.type()).get(key.place()));
  }

  public Optional<ObjectNode> get(ResourceType type, String namespace, String name) {
    return get(new ObjectKey(type, namespace, name));
  }

  /** All objects of a type, by namespace and name. */
  public Collection<ObjectNode> list(ResourceType type) {
    return List.copyOf(ofType(type).values());
  }

  /**
   * The objects of a type after a place, by namespace and name.
   *
   * @param namespace empty for all namespaces
   * @param after where the previous page ended
   */
  public Collection<ObjectNode> list(ResourceType type, String namespace, Optional<Place> after) {
    TreeMap<Place, ObjectNode> all = ofType(type);
    var tail = after.isPresent() ? all.tailMap(after.get(), false) : all;
    if (namespace.isEmpty()) {
      return tail.values();
    }
    return tail.subMap(
            after.filter(p -> p.namespace().equals(namespace)).orElse(new Place(namespace, "")),
            false,
            new Place(namespace + "\0", ""),
            false)
        .values();
  }

  /** The objects of a type whose controller is the object with this uid, by name. */
  public List<ObjectNode> ownedBy(String uid, ResourceType type) {
    List<ObjectNode> found = new ArrayList<>();
    for (ObjectNode node : byOwner.getOrDefault(uid, new TreeMap<>()).values()) {
      if (Json.text(node, "kind").equals(type.kind())) {
        found.add(node);
      }
    }
    return found;
  }

  /**
   * Stores a new object, giving it uid, version, generation and creation time.
   *
   * @throws IllegalStateException if the object exists
   */
  public ObjectNode create(ResourceType type, ObjectNode object) {
    ObjectNode stored = admit(type, object);
    ObjectKey key = ObjectKey.of(type, stored);
    if (get(key).isPresent()) {
      throw new IllegalStateException(type.plural() + " \"" + key.name() + "\" already exists");
    }
    Json.child(stored, "metadata").put("resourceVersion", Long.toString(++version));
    commit(new Change(version, key, Optional.empty(), Optional.of(stored)));
    return stored;
  }

  /** What {@link #create} would store, without storing it. */
  public ObjectNode admit(ResourceType type, ObjectNode object) {
    ObjectNode stored = object.deepCopy();
    stored.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    ObjectNode metadata = Json.child(stored, "metadata");
    if (!Json.has(metadata, "uid")) {
      metadata.put("uid", new UUID(random.nextLong(), random.nextLong()).toString());
    }
    if (!Json.has(metadata, "creationTimestamp")) {
      metadata.put("creationTimestamp", timestamp(clock.instant()));
    }
    if (stored.has("spec")) {
      metadata.put("generation", 1);
    }
    return stored;
  }

  /**
   * Lets {@code edit} change a copy of an object and stores the copy if it differs. A changed spec
   * raises the generation. An absent object is left absent.
   */
  public Optional<ObjectNode> update(ObjectKey key, Consumer<ObjectNode> edit) {
    return get(key)
        .map(
            before -> {
              ObjectNode after = before.deepCopy();
              edit.accept(after);
              return replace(key, before, after);
            });
  }

  /** What {@link #update} would store for {@code after}, without storing it. */
  public ObjectNode revised(ObjectNode before, ObjectNode after) {
    ObjectNode metadata = Json.child(after, "metadata");
    for (String kept : List.of("uid", "creationTimestamp", "resourceVersion", "generation")) {
      metadata.remove(kept);
      if (before.path("metadata").has(kept)) {
        metadata.set(kept, before.path("metadata").get(kept));
      }
    }
    if (before.has("spec") && !before.path("spec").equals(after.path("spec"))) {
      metadata.put("generation", Json.integer(before, 1, "metadata", "generation") + 1);
    }
    return after;
  }

  private ObjectNode replace(ObjectKey key, ObjectNode before, ObjectNode after) {
    revised(before, after);
    if (before.equals(after)) {
      return before;
    }
    Json.child(after, "metadata").put("resourceVersion", Long.toString(++version));
    commit(new Change(version, key, Optional.of(before), Optional.of(after)));
    return after;
  }

  /** Removes an object; an absent one stays absent. */
  public void delete(ObjectKey key) {
    get(key)
        .ifPresent(
            before -> commit(new Change(++version, key, Optional.of(before), Optional.empty())));
  }

  /** Tells the listener of every change from now on, on the writer's thread. */
  public AutoCloseable listen(Consumer<Change> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** The changes after a version, oldest first; empty if they are no longer remembered. */
  public Optional<List<Change>> since(long after) {
    boolean whole =
        after >= version || changes.isEmpty() || changes.getFirst().version() <= after + 1;
    return whole
        ? Optional.of(changes.stream().filter(c -> c.version() > after).toList())
        : Optional.empty();
  }

  /** An instant as the API writes it, in whole seconds. */
  public static String timestamp(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void commit(Change change) {
    ObjectKey key = change.key();
    change.before().ifPresent(before -> disown(key, before));
    change
        .after()
        .ifPresentOrElse(
            after -> {
              ofType(key.type()).put(key.place(), after);
              own(key, after);
            },
            () -> ofType(key.type()).remove(key.place()));
    typeVersions.put(key.type(), change.version());
    changes.addLast(change);
    if (changes.size() > REMEMBERED_CHANGES) {
      changes.removeFirst();
    }
    listeners.forEach(l -> l.accept(change));
  }

  private void own(ObjectKey key, ObjectNode object) {
    String owner = controllerUid(object);
    if (!owner.isEmpty()) {
      byOwner.computeIfAbsent(owner, u -> new TreeMap<>()).put(ownedPlace(key), object);
      ownedVersions.put(owner, version);
    }
  }

  private void disown(ObjectKey key, ObjectNode object) {
    String owner = controllerUid(object);
    TreeMap<Place, ObjectNode> owned = byOwner.get(owner);
    if (owned != null) {
      ownedVersions.put(owner, version);
      owned.remove(ownedPlace(key));
      if (owned.isEmpty()) {
        byOwner.remove(owner);
      }
    }
  }

  /** The uid of the owner that controls an object, or the empty string. */
  public static String controllerUid(ObjectNode object) {
    for (ObjectNode owner : Json.objects(object, "metadata", "ownerReferences")) {
      if (Json.flag(owner, "controller")) {
        return Json.text(owner, "uid");
      }
    }
    return "";
  }

  private static Place ownedPlace(ObjectKey key) {
    return new Place(key.type().kind(), key.name());
  }

  private TreeMap<Place, ObjectNode> ofType(ResourceType type) {
    return objects.computeIfAbsent(type, t -> new TreeMap<>());
  }
}
