package io.byteport.sim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ListAndWatchTest {
  @Test
  void tenThousandEventsAreListedPageByPage() {
    try (TestCluster c = TestCluster.named("oom")) {
      c.cluster.floodEvents("production", 10_000);
      Set<String> names = new HashSet<>();
      String next = "";
      int pages = 0;
      do {
        EventList page =
            c.client
                .v1()
                .events()
                .inNamespace("production")
                .list(new ListOptionsBuilder().withLimit(500L).withContinue(next).build());
        page.getItems().forEach(e -> assertThat(names.add(e.getMetadata().getName())).isTrue());
        next = page.getMetadata().getContinue();
        pages++;
      } while (next != null && !next.isEmpty());
      assertThat(names).hasSizeGreaterThanOrEqualTo(10_000);
      assertThat(pages).isGreaterThan(20);
    }
  }

  @Test
  void listsAreSelectedByFieldsAndLabels() {
    try (TestCluster c = TestCluster.named("oom")) {
      Pod pod = c.pod();
      assertThat(
              c.client
                  .v1()
                  .events()
                  .inNamespace("production")
                  .withField("involvedObject.uid", pod.getMetadata().getUid())
                  .list()
                  .getItems())
          .isNotEmpty()
          .extracting(Event::getInvolvedObject)
          .allMatch(o -> o.getName().equals(pod.getMetadata().getName()));
      String node = pod.getSpec().getNodeName();
      assertThat(
              c.client.pods().inAnyNamespace().withField("spec.nodeName", node).list().getItems())
          .hasSize(1);
      assertThat(c.client.pods().inAnyNamespace().withField("spec.nodeName", "x").list().getItems())
          .isEmpty();
      assertThat(c.client.pods().inAnyNamespace().withLabelIn("app", "api", "b").list().getItems())
          .hasSize(1);
      assertThat(c.client.pods().inAnyNamespace().withoutLabel("app").list().getItems()).isEmpty();
    }
  }

  @Test
  void aWatchSeesWhatTheControllersDo() throws InterruptedException {
    try (TestCluster c = TestCluster.named("oom");
        KubernetesClient webSocketFirst = webSocketFirst(c)) {
      BlockingQueue<String> seen = new LinkedBlockingQueue<>();
      try (var watch =
          webSocketFirst
              .pods()
              .inNamespace("production")
              .watch(
                  new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, Pod pod) {
                      seen.add(action + " " + pod.getStatus().getPhase());
                    }

                    @Override
                    public void onClose(WatcherException cause) {}
                  })) {
        assertThat(watch).isNotNull();
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("ADDED Running");
        c.setMemoryLimit("384Mi");
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("ADDED Pending");
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("MODIFIED Pending");
        c.advance(Duration.ofSeconds(30));
        for (String next = ""; !next.startsWith("DELETED"); ) {
          next = seen.poll(5, TimeUnit.SECONDS);
          assertThat(next).as("an event until the old pod is gone").isNotNull();
        }
      }
    }
  }

  @Test
  void anInformerFollows() throws InterruptedException {
    try (TestCluster c = TestCluster.named("oom")) {
      BlockingQueue<Integer> restarts = new LinkedBlockingQueue<>();
      try (SharedIndexInformer<Pod> informer =
          c.client
              .pods()
              .inNamespace("production")
              .inform(
                  new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(Pod pod) {
                      restarts.add(
                          pod.getStatus().getContainerStatuses().getFirst().getRestartCount());
                    }

                    @Override
                    public void onUpdate(Pod before, Pod pod) {
                      onAdd(pod);
                    }

                    @Override
                    public void onDelete(Pod pod, boolean unknown) {}
                  })) {
        assertThat(informer.isRunning()).isTrue();
        assertThat(restarts.poll(5, TimeUnit.SECONDS)).isEqualTo(6);
        c.advance(Duration.ofMinutes(6));
        assertThat(restarts.poll(5, TimeUnit.SECONDS)).isEqualTo(7);
      }
    }
  }

  private static KubernetesClient webSocketFirst(TestCluster c) {
    Config config = new ConfigBuilder(Config.empty()).withMasterUrl(c.cluster.url()).build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
