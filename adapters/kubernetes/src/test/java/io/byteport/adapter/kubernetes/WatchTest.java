package io.byteport.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.WatchSource;
import io.byteport.sim.kubernetes.scenario.Fault;
import io.byteport.sim.kubernetes.scenario.HttpFault;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try")
class WatchTest {
  private static final String HEALTHY =
      """
      workloads:
        - { kind: Deployment, name: api, namespace: production, image: "registry.example.com/api:1", port: 8080, readinessProbe: { path: /ready, port: 8080 } }
      services:
        - { name: api, namespace: production, port: 80, targetPort: 8080 }
      """;

  /** Remembers what it was told, and lets a test wait for more. */
  private static final class Seen implements WatchSource.Listener {
    record Change(String key, StructValue element, Map<String, String> labels) {}

    final Map<String, Change> now = new ConcurrentHashMap<>();
    final List<Change> changes = new CopyOnWriteArrayList<>();
    final List<String> gone = new CopyOnWriteArrayList<>();
    final List<String> degraded = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();

    @Override
    public void changed(String key, Value element, Map<String, String> labels) {
      Change change = new Change(key, (StructValue) element, labels);
      now.put(key, change);
      changes.add(change);
      signal();
    }

    @Override
    public void gone(String key) {
      now.remove(key);
      gone.add(key);
      signal();
    }

    @Override
    public void degraded(String reason) {
      degraded.add(reason);
      signal();
    }

    private void signal() {
      lock.lock();
      try {
        more.signalAll();
      } finally {
        lock.unlock();
      }
    }

    void await(String what, Predicate<Seen> holds) throws InterruptedException {
      lock.lock();
      try {
        long left = TimeUnit.SECONDS.toNanos(30);
        while (!holds.test(this)) {
          left = more.awaitNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100))) + left;
          left -= TimeUnit.MILLISECONDS.toNanos(100);
          if (left <= 0) {
            throw new AssertionError(
                "never " + what + "; saw " + changes + ", gone " + gone + ", degraded " + degraded);
          }
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private static boolean waitsWith(StructValue pod, String reason) {
    return ((ListValue) pod.get("containers"))
        .items().stream()
            .anyMatch(one -> ((StructValue) one).get("waitingReason").equals(Value.of(reason)));
  }

  @Test
  void a_crash_loop_is_seen_as_it_begins() throws Exception {
    try (Rig rig = Rig.yaml(HEALTHY)) {
      Seen seen = new Seen();
      try (AutoCloseable watch = rig.watch("kubectl.pods").start(StructValue.EMPTY, seen)) {
        seen.await(
            "a ready pod",
            s -> s.changes.stream().anyMatch(c -> c.element().get("ready").equals(Value.TRUE)));
        rig.cluster.inject(
            "Deployment",
            Rig.NAMESPACE,
            "api",
            new Fault.Crash(
                new Fault.Scope("api", Optional.empty()), 1, Duration.ofSeconds(2), "gone", false));
        for (Pod pod : rig.pods()) {
          rig.cluster.client().resource(pod).delete();
        }
        for (int i = 0; i < 12; i++) {
          rig.advance(Duration.ofSeconds(10));
        }

        seen.await(
            "a crash loop",
            s -> s.changes.stream().anyMatch(c -> waitsWith(c.element(), "CrashLoopBackOff")));
        Seen.Change change = seen.changes.get(seen.changes.size() - 1);
        assertThat(change.labels())
            .containsEntry("namespace", Rig.NAMESPACE)
            .containsEntry("container", "api")
            .containsEntry("node", "worker-1")
            .containsKey("pod")
            .doesNotContainKey("cluster");
        seen.await("the first pod to be gone", s -> !s.gone.isEmpty());
        assertThat(seen.now.keySet())
            .containsExactlyElementsOf(
                rig.pods().stream().map(pod -> pod.getMetadata().getUid()).toList());
      }
    }
  }

  @Test
  void pods_can_be_followed_for_one_workload() throws Exception {
    try (Rig rig =
        Rig.yaml(
            """
            workloads:
              - { kind: Deployment, name: api, namespace: production, image: "registry.example.com/api:1" }
              - { kind: Deployment, name: web, namespace: production, image: "registry.example.com/web:1" }
            """)) {
      Seen seen = new Seen();
      try (AutoCloseable watch =
          rig.watch("kubectl.pods")
              .start(Rig.struct("workload", Rig.workload("Deployment", "web")), seen)) {
        seen.await("the pod of web", s -> s.now.size() == 1);
        assertThat(seen.now.values().iterator().next().labels().get("pod")).startsWith("web-");
      }
    }
  }

  @Test
  void events_are_told_that_are_noted_after_the_watch_began() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      Seen seen = new Seen();
      try (AutoCloseable watch = rig.watch("kubectl.events").start(StructValue.EMPTY, seen)) {
        Seen pods = new Seen();
        try (AutoCloseable other = rig.watch("kubectl.pods").start(StructValue.EMPTY, pods)) {
          pods.await("the pod", s -> !s.now.isEmpty());
        }
        awaitWatching(rig, "/api/v1/events");
        rig.cluster.floodEvents(Rig.NAMESPACE, 3);

        seen.await("three events", s -> s.now.size() >= 3);
        assertThat(seen.changes).allMatch(c -> c.labels().get("pod").startsWith("flood-"));
        assertThat(seen.changes.get(0).element().get("type")).isEqualTo(Value.of("Warning"));
      }
    }
  }

  private static void awaitWatching(Rig rig, String path) throws InterruptedException {
    Seen clock = new Seen();
    clock.await(
        "a watch of " + path,
        s ->
            rig.cluster.requests().stream()
                .anyMatch(
                    request ->
                        request.path().equals(path) && request.query().contains("watch=true")));
  }

  @Test
  @Tag("slow")
  void a_storm_of_ten_thousand_events_is_weathered() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      AtomicInteger count = new AtomicInteger();
      Seen seen = new Seen();
      WatchSource.Listener counting =
          new WatchSource.Listener() {
            @Override
            public void changed(String key, Value element, Map<String, String> labels) {
              count.incrementAndGet();
              seen.signal();
            }

            @Override
            public void gone(String key) {}

            @Override
            public void degraded(String reason) {}
          };
      try (AutoCloseable watch = rig.watch("kubectl.events").start(StructValue.EMPTY, counting)) {
        awaitWatching(rig, "/api/v1/events");
        long before = used();
        rig.cluster.floodEvents(Rig.NAMESPACE, 10_000);
        seen.await("ten thousand events", s -> count.get() >= 10_000);
        assertThat(used() - before).isLessThan(120L << 20); // the cluster's own copy included
      }
    }
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void a_pod_behind_a_service_that_is_not_ready_is_seen() throws Exception {
    try (Rig rig = Rig.yaml(HEALTHY)) {
      Seen seen = new Seen();
      try (AutoCloseable watch = rig.watch("kubectl.endpoints").start(StructValue.EMPTY, seen)) {
        seen.await(
            "a ready endpoint",
            s ->
                s.now.values().stream().anyMatch(c -> c.element().get("ready").equals(Value.TRUE)));
        assertThat(seen.now.values().iterator().next().labels())
            .containsEntry("namespace", Rig.NAMESPACE)
            .containsEntry("service", "api")
            .containsKey("pod");

        rig.cluster
            .client()
            .apps()
            .deployments()
            .inNamespace(Rig.NAMESPACE)
            .withName("api")
            .scale(0);
        rig.advance(Duration.ofMinutes(2));

        seen.await("nothing behind the service", s -> s.now.isEmpty());
      }
    }
  }

  @Test
  void nodes_are_followed_with_what_is_reserved_on_them() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      Seen seen = new Seen();
      try (AutoCloseable watch = rig.watch("kubectl.nodes").start(StructValue.EMPTY, seen)) {
        seen.await("both nodes", s -> s.now.size() == 2);
        String node = rig.pods().get(0).getSpec().getNodeName();
        Seen.Change busy =
            seen.now.values().stream()
                .filter(c -> node.equals(c.labels().get("node")))
                .findFirst()
                .orElseThrow();
        assertThat(((StructValue) busy.element().get("requested")).get("memory"))
            .isEqualTo(Value.of(new DataSize(128L << 20)));
      }
    }
  }

  @Test
  void a_rollout_that_comes_to_nothing_is_seen_on_its_workload() throws Exception {
    try (Rig rig = Rig.named("image-pull")) {
      Seen seen = new Seen();
      try (AutoCloseable watch = rig.watch("kubectl.workloads").start(StructValue.EMPTY, seen)) {
        seen.await("the deployment", s -> s.now.size() == 1);
        Seen.Change change = seen.now.values().iterator().next();
        assertThat(change.labels())
            .containsEntry("kind", "Deployment")
            .containsEntry("workload", "api")
            .containsEntry("deployment", "api");
        assertThat(change.element().get("updatedReadyReplicas")).isEqualTo(Value.of(0.0));
        assertThat(change.element().get("updatedReplicas")).isEqualTo(Value.of(1.0));
      }
    }
  }

  @Test
  void a_watch_says_when_it_is_blind_and_goes_on_by_itself() throws Exception {
    try (Rig rig = Rig.yaml(HEALTHY)) {
      Seen seen = new Seen();
      rig.cluster.inject(HttpFault.always("/api/v1/pods", HttpFault.Answer.of(503)));
      try (AutoCloseable watch = rig.watch("kubectl.pods").start(StructValue.EMPTY, seen)) {
        seen.await("degraded", s -> !s.degraded.isEmpty());
        assertThat(seen.changes).isEmpty();
        rig.cluster.clearHttpFaults();
        seen.await("the pod after all", s -> s.now.size() == 1);
      }
    }
  }

  @Test
  void after_a_broken_connection_everything_is_told_again() throws Exception {
    try (Rig rig = Rig.yaml(HEALTHY)) {
      Seen seen = new Seen();
      try (AutoCloseable watch = rig.watch("kubectl.pods").start(StructValue.EMPTY, seen)) {
        seen.await("the pod", s -> s.now.size() == 1);
        awaitWatching(rig, "/api/v1/pods");
        rig.stop();

        seen.await("degraded", s -> !s.degraded.isEmpty());
        int told = seen.changes.size();
        rig.restart();
        seen.await("the pod again", s -> s.changes.size() > told);
        assertThat(seen.now).hasSize(1);
      }
    }
  }

  @Test
  void an_ended_watch_tells_nothing_more() throws Exception {
    try (Rig rig = Rig.yaml(HEALTHY)) {
      Seen seen = new Seen();
      AutoCloseable watch = rig.watch("kubectl.pods").start(StructValue.EMPTY, seen);
      seen.await("the pod", s -> s.now.size() == 1);
      watch.close();
      int told = seen.changes.size();
      rig.cluster.client().apps().deployments().inNamespace(Rig.NAMESPACE).withName("api").scale(3);
      rig.advance(Duration.ofMinutes(1));
      Seen later = new Seen();
      try (AutoCloseable other = rig.watch("kubectl.pods").start(StructValue.EMPTY, later)) {
        later.await("three pods", s -> s.now.size() == 3);
      }
      assertThat(seen.changes).hasSize(told);
    }
  }

  @Test
  void an_unknown_cluster_cannot_be_watched() {
    try (Rig rig = Rig.yaml(HEALTHY)) {
      assertThatThrownBy(
              () ->
                  rig.watch("kubectl.pods")
                      .start(Rig.struct("cluster", Rig.struct("name", "nowhere")), new Seen()))
          .hasMessageContaining("there is no cluster `nowhere`");
    }
  }
}
