package io.byteport.adapter.kubernetes.api;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One cluster's API. Every request is sent once and ends by its deadline; lists are read in pages,
 * so that memory holds one page beside what the caller keeps. Objects in namespaces that the
 * inventory does not grant are refused without asking. Safe for several threads.
 */
public final class ClusterApi implements AutoCloseable {
  private static final int LARGEST_ANSWER = 64 << 20;
  private static final int PAGE = 500;
  private static final String ONE_METADATA_ONLY =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
  private static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

  private final KubernetesClient client;
  private final Supplier<KubernetesClient> openWatching;
  private final WatchHealth health;
  private final Reach reach;
  private final Transport transport;
  private final ClusterChanges changes;
  private final Kinds kinds = new Kinds(this);
  private @Nullable KubernetesClient watching;

  /**
   * @param client for requests that are sent once
   * @param watching makes the one for informers, when first needed
   * @param health sees what informers meet
   * @param namespaces those that may be read and changed; empty for all
   */
  ClusterApi(
      KubernetesClient client,
      Supplier<KubernetesClient> watching,
      WatchHealth health,
      Set<String> namespaces) {
    this.client = client;
    this.openWatching = watching;
    this.health = health;
    this.reach = new Reach(namespaces);
    this.transport = new Transport(client);
    this.changes = new ClusterChanges(this, reach);
  }

  /** One object. */
  public <T> T get(
      Resource resource, @Nullable String namespace, String name, Class<T> type, Deadline deadline)
      throws ActionException, InterruptedException {
    reach.check(resource, namespace, name);
    Request request =
        Request.get(
            "get",
            resource,
            place(namespace, name),
            resource.path(namespace, name, null),
            Map.of());
    return parse(send(request, deadline), type, request);
  }

  /** One object, or empty where it is not there. */
  public <T> Optional<T> find(
      Resource resource, @Nullable String namespace, String name, Class<T> type, Deadline deadline)
      throws ActionException, InterruptedException {
    try {
      return Optional.of(get(resource, namespace, name, type, deadline));
    } catch (ActionException e) {
      if (e.kind() == FailureKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Hands over object after object of a namespace, or of all that are in reach. */
  public <T extends HasMetadata, L extends KubernetesResourceList<T>> void each(
      Resource resource,
      @Nullable String namespace,
      Selection selection,
      Class<L> listType,
      Deadline deadline,
      Consumer<T> sink)
      throws ActionException, InterruptedException {
    each(resource, namespace, selection, listType, Request.JSON, deadline, sink);
  }

  /** A Secret with its values. What cannot be read of the answer is not told. */
  public Secret secret(String namespace, String name, Deadline deadline)
      throws ActionException, InterruptedException {
    reach.check(Resource.SECRETS, namespace, name);
    Request request =
        Request.get(
            "get",
            Resource.SECRETS,
            place(namespace, name),
            Resource.SECRETS.path(namespace, name, null),
            Map.of());
    byte[] answer = send(request, deadline);
    try {
      return parse(answer, Secret.class, request);
    } catch (ActionException unreadable) {
      throw ActionException.refused(
          FailureKind.UNREACHABLE, "cannot read the answer (" + request + ")");
    }
  }

  /** The name, labels and annotations of one object; its contents are never sent. */
  public <T> T getMetadata(
      Resource resource, @Nullable String namespace, String name, Class<T> type, Deadline deadline)
      throws ActionException, InterruptedException {
    reach.check(resource, namespace, name);
    Request request =
        Request.get(
                "get",
                resource,
                place(namespace, name),
                resource.path(namespace, name, null),
                Map.of())
            .accepting(ONE_METADATA_ONLY);
    return parse(send(request, deadline), type, request);
  }

  /** The names and labels of the objects of a namespace; their contents are never sent. */
  public <T extends HasMetadata, L extends KubernetesResourceList<T>> void eachMetadata(
      Resource resource, String namespace, Class<L> listType, Deadline deadline, Consumer<T> sink)
      throws ActionException, InterruptedException {
    each(resource, namespace, Selection.ALL, listType, METADATA_ONLY, deadline, sink);
  }

  private <T extends HasMetadata, L extends KubernetesResourceList<T>> void each(
      Resource resource,
      @Nullable String namespace,
      Selection selection,
      Class<L> listType,
      String accept,
      Deadline deadline,
      Consumer<T> sink)
      throws ActionException, InterruptedException {
    for (String place : places(resource, namespace)) {
      @Nullable String one = place.isEmpty() ? null : place;
      @Nullable String next = "";
      while (next != null) {
        Request request = listing(resource, one, selection, next).accepting(accept);
        L page = parse(send(request, deadline), listType, request);
        page.getItems().forEach(sink);
        String more = page.getMetadata() == null ? null : page.getMetadata().getContinue();
        next = more == null || more.isEmpty() ? null : more;
      }
    }
  }

  private static Request listing(
      Resource resource, @Nullable String namespace, Selection selection, String from) {
    Map<String, String> query = new LinkedHashMap<>();
    if (selection.labels() != null) {
      query.put("labelSelector", selection.labels());
    }
    if (selection.fields() != null) {
      query.put("fieldSelector", selection.fields());
    }
    query.put("limit", String.valueOf(PAGE));
    if (!from.isEmpty()) {
      query.put("continue", from);
    }
    String what = namespace == null ? "everywhere" : "in " + namespace;
    return Request.get("list", resource, what, resource.path(namespace), query);
  }

  /** All objects of a namespace, or all in reach. */
  public <T extends HasMetadata, L extends KubernetesResourceList<T>> List<T> list(
      Resource resource,
      @Nullable String namespace,
      Selection selection,
      Class<L> listType,
      Deadline deadline)
      throws ActionException, InterruptedException {
    List<T> found = new ArrayList<>();
    this.<T, L>each(resource, namespace, selection, listType, deadline, found::add);
    return found;
  }

  /**
   * The end of a container's log. However long the log is, only what is asked for is kept.
   *
   * @param lines how many lines from the end the server shall send; null for all
   * @param keep how many bytes from the end to keep
   */
  public byte[] log(
      String namespace,
      String pod,
      @Nullable String container,
      boolean previous,
      @Nullable Integer lines,
      int keep,
      Deadline deadline)
      throws ActionException, InterruptedException {
    reach.check(Resource.PODS, namespace, pod);
    Map<String, String> query = new LinkedHashMap<>();
    if (container != null) {
      Names.checkName(container);
      query.put("container", container);
    }
    if (previous) {
      query.put("previous", "true");
    }
    if (lines != null) {
      query.put("tailLines", String.valueOf(lines));
    }
    Request request =
        new Request(
            "get",
            "GET",
            "pods/log " + place(namespace, pod),
            Resource.PODS.path(namespace, pod, "log"),
            query,
            "*/*",
            null,
            null,
            false);
    return transport.send(request, Body.end(keep), deadline);
  }

  /** Asks for something that is no object: the version, what kinds there are. */
  public <T> T ask(String path, Class<T> type, Deadline deadline)
      throws ActionException, InterruptedException {
    Request request =
        new Request("get", "GET", path, path, Map.of(), Request.JSON, null, null, false);
    return parse(send(request, deadline), type, request);
  }

  /** Where the objects of that kind are. */
  public Resource resource(String kind, Deadline deadline)
      throws ActionException, InterruptedException {
    Names.checkKind(kind);
    return kinds.resolve(kind, deadline);
  }

  /** For informers, which send their requests themselves, and again where that helps. */
  public synchronized KubernetesClient watching() {
    if (watching == null) {
      watching = openWatching.get();
    }
    return watching;
  }

  /**
   * Tells how the watches of a resource fare.
   *
   * @param namespace null for that of all
   * @param lost told each time that one could not be opened, with the reason
   * @param opened run each time that one is open
   * @return ends it
   */
  public Runnable onWatch(
      Resource resource, @Nullable String namespace, Consumer<String> lost, Runnable opened) {
    return health.add(resource.path(namespace), lost, opened);
  }

  /** Says why the cluster cannot be watched. */
  public ClusterTrouble trouble() {
    return health.trouble();
  }

  /** The namespaces to ask one by one; one empty text where all may be asked at once. */
  public List<String> places(Resource resource, @Nullable String namespace) throws ActionException {
    return reach.places(resource, namespace);
  }

  /** What may be changed, and how. */
  public ClusterChanges changes() {
    return changes;
  }

  /** The body of the answer, never more of it than is good for the machine. */
  byte[] send(Request request, Deadline deadline) throws ActionException, InterruptedException {
    return transport.send(request, Body.whole(LARGEST_ANSWER), deadline);
  }

  <T> T parse(byte[] body, Class<T> type, Request request) throws ActionException {
    try {
      T parsed =
          client.getKubernetesSerialization().unmarshal(new ByteArrayInputStream(body), type);
      if (parsed == null) {
        throw new IllegalArgumentException("an empty answer");
      }
      return parsed;
    } catch (RuntimeException unreadable) {
      throw new ActionException(
          FailureKind.UNREACHABLE,
          request.mayChange() ? Effect.UNKNOWN : Effect.NONE,
          "cannot read the answer: " + ApiFailures.words(unreadable) + " (" + request + ")",
          unreadable);
    }
  }

  String json(Object content) {
    return client.getKubernetesSerialization().asJson(content);
  }

  /** The namespace that the cluster's configuration, or the pod, stands in. */
  String ownNamespace() {
    String own = client.getNamespace();
    return own == null ? "default" : own;
  }

  static String place(@Nullable String namespace, String name) {
    return namespace == null ? name : namespace + "/" + name;
  }

  @Override
  public synchronized void close() {
    if (watching != null) {
      watching.close();
    }
    client.close();
  }
}
