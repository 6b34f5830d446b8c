package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Pause;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.adapter.kubernetes.mapping.PodMapper;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.PodRef;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Evicts pods one after another, tries again what a disruption budget forbids, and waits until they
 * are gone: the work of one drain. Used by one thread.
 */
final class Evictions {
  private static final Duration ROUND = Duration.ofSeconds(2);

  /** What is kept of the time, so that the failure is told by the drain itself. */
  private static final Duration RESERVE = Duration.ofSeconds(2);

  private static final int MOST_NAMED = 20;

  private final ClusterApi api;
  private final String node;
  private final @Nullable Duration grace;
  private final Duration budgetWait;
  private final @Nullable Duration skipWait;
  private final Pause pause;
  private final ActionContext context;
  private final Deadline deadline;
  private final Instant end;
  private final List<Doomed> evicted = new ArrayList<>();

  /** A pod that is to go. */
  record Doomed(String namespace, String name, String uid) {

    PodRef ref(@Nullable Cluster cluster) {
      return new PodRef(cluster, namespace, name);
    }

    @Override
    public String toString() {
      return namespace + "/" + name;
    }
  }

  /**
   * @param grace null for each pod's own
   * @param budgetWait how long to try again what a budget forbids
   * @param skipWait how long after the end of its grace period a pod is waited for; null for as
   *     long as there is time
   */
  Evictions(
      ClusterApi api,
      String node,
      @Nullable Duration grace,
      Duration budgetWait,
      @Nullable Duration skipWait,
      Pause pause,
      ActionContext context) {
    this.api = api;
    this.node = node;
    this.grace = grace;
    this.budgetWait = budgetWait;
    this.skipWait = skipWait;
    this.pause = pause;
    this.context = context;
    this.deadline = Deadline.in(context.timeout());
    Duration kept = context.timeout().dividedBy(10);
    this.end =
        context
            .clock()
            .instant()
            .plus(context.timeout())
            .minus(kept.compareTo(RESERVE) < 0 ? kept : RESERVE);
  }

  /**
   * Returns when all are gone.
   *
   * @param skipped those that stay, for the message of a failure
   * @return those that were evicted here, in order
   * @throws ActionException also where a budget forbids an eviction for too long: in the server's
   *     words, and with the names of those that were evicted before
   */
  List<Doomed> run(List<Doomed> doomed, List<PodRef> skipped)
      throws ActionException, InterruptedException {
    List<Doomed> waiting = new ArrayList<>(doomed);
    List<Doomed> leaving = new ArrayList<>();
    @Nullable Instant firstRefusal = null;
    while (true) {
      Map<String, Departure> present = present(doomed.size(), skipped);
      leaving.removeIf(one -> isGone(one, present) || isOverdue(one, present));
      waiting.removeIf(one -> !present.containsKey(one.uid()));
      waiting.stream().filter(one -> isGoing(one, present)).forEach(leaving::add);
      waiting.removeIf(one -> isGoing(one, present));
      @Nullable ActionException refusal = null;
      int before = evicted.size();
      for (Doomed one : List.copyOf(waiting)) {
        @Nullable ActionException refused = evict(one, doomed.size(), skipped);
        if (refused == null) {
          waiting.remove(one);
          leaving.add(one);
        } else if (refusal == null) {
          refusal = refused;
        }
        if (refused != null && budgetWait.isZero()) {
          throw told(refused, doomed.size(), skipped);
        }
      }
      if (waiting.isEmpty() && leaving.isEmpty()) {
        return List.copyOf(evicted);
      }
      Instant now = context.clock().instant();
      if (refusal == null) {
        firstRefusal = null;
      } else {
        firstRefusal = firstRefusal == null || evicted.size() > before ? now : firstRefusal;
        if (!now.isBefore(firstRefusal.plus(budgetWait))) {
          throw told(refusal, doomed.size(), skipped);
        }
      }
      if (!now.plus(ROUND).isBefore(end)) {
        throw told(late(waiting, leaving, refusal), doomed.size(), skipped);
      }
      pause.of(ROUND);
    }
  }

  /**
   * Whether a pod is on its way out.
   *
   * @param by when its grace period ends; null where nobody has asked for its end
   */
  private record Departure(@Nullable Instant by) {

    static Departure of(Pod pod) {
      String by = pod.getMetadata().getDeletionTimestamp();
      return new Departure(by == null ? null : Instant.parse(by));
    }
  }

  /** The pods that are on the node, by uid. */
  private Map<String, Departure> present(int all, List<PodRef> skipped)
      throws ActionException, InterruptedException {
    Map<String, Departure> present = new HashMap<>();
    try {
      api.<Pod, PodList>each(
          Resource.PODS_EVERYWHERE,
          null,
          Selection.onNode(node),
          PodList.class,
          deadline,
          pod -> present.put(PodMapper.uid(pod), Departure.of(pod)));
    } catch (ActionException e) {
      throw told(e, all, skipped);
    }
    return present;
  }

  private static boolean isGoing(Doomed one, Map<String, Departure> present) {
    @Nullable Departure departure = present.get(one.uid());
    return departure != null && departure.by() != null;
  }

  /** Whether a pod had its time, and the node does not let it go. */
  private boolean isOverdue(Doomed one, Map<String, Departure> present) {
    @Nullable Departure departure = present.get(one.uid());
    @Nullable Instant by = departure == null ? null : departure.by();
    boolean overdue =
        by != null && skipWait != null && context.clock().instant().isAfter(by.plus(skipWait));
    if (overdue) {
      context.progress().says("pod " + one + " is still there; it goes when the node answers");
    }
    return overdue;
  }

  private boolean isGone(Doomed one, Map<String, Departure> present) {
    boolean gone = !present.containsKey(one.uid());
    if (gone) {
      context.progress().says("pod " + one + " is gone");
    }
    return gone;
  }

  /** The refusal of a budget, or null where the pod goes. */
  private @Nullable ActionException evict(Doomed one, int all, List<PodRef> skipped)
      throws ActionException, InterruptedException {
    try {
      api.changes().evict(one.namespace(), one.name(), one.uid(), grace, false, deadline);
      evicted.add(one);
      context.progress().says("evicted pod " + one);
      return null;
    } catch (ActionException e) {
      if (e.kind() == FailureKind.NOT_FOUND || e.kind() == FailureKind.CONFLICT) {
        // Gone by itself, and perhaps another of its name made: the next look tells.
        return null;
      }
      if (e.kind() == FailureKind.REFUSED) {
        context.progress().says("pod " + one + " stays for now: " + e.reason());
        return e;
      }
      throw told(e, all, skipped);
    }
  }

  private ActionException late(
      List<Doomed> waiting, List<Doomed> leaving, @Nullable ActionException refusal) {
    String words =
        refusal == null
            ? "pods are still on the node after " + context.timeout().toSeconds() + " s"
            : refusal.reason();
    List<Doomed> left = new ArrayList<>(waiting);
    left.addAll(leaving);
    return new ActionException(
        refusal == null ? FailureKind.TIMEOUT : refusal.kind(),
        Effect.NONE,
        words + "; still there: " + names(left.stream().map(Doomed::toString).toList()),
        refusal);
  }

  /** The failure, with what has been done before it. */
  private ActionException told(ActionException why, int all, List<PodRef> skipped) {
    String done =
        "; "
            + evicted.size()
            + " of "
            + all
            + " pods were evicted"
            + (evicted.isEmpty()
                ? ""
                : ": " + names(evicted.stream().map(Doomed::toString).toList()))
            + (skipped.isEmpty()
                ? ""
                : "; skipped: "
                    + names(
                        skipped.stream().map(one -> one.namespace() + "/" + one.name()).toList()));
    return new ActionException(
        why.kind(), evicted.isEmpty() ? why.effect() : Effect.UNKNOWN, why.reason() + done, why);
  }

  private static String names(List<String> pods) {
    return pods.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
        + (pods.size() > MOST_NAMED ? " and " + (pods.size() - MOST_NAMED) + " more" : "");
  }
}
