package io.byteport.adapter.kubernetes.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.adapter.kubernetes.model.Event;
import io.byteport.adapter.kubernetes.model.EventType;
import io.byteport.adapter.kubernetes.model.ServiceEndpoint;
import io.byteport.dsl.value.DataSize;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The small mappers: amounts, events, endpoints, log texts, references, remembered limits, change
 * causes.
 */
class TextsTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "1024, 1Ki",
    "268435456, 256Mi",
    "402653184, 384Mi",
    "1073741824, 1Gi",
    "1000000000, 1000000000",
    "1536, 1536"
  })
  void sizes_are_printed_exactly(long bytes, String text) {
    assertThat(Amounts.print(new DataSize(bytes))).isEqualTo(text);
  }

  @Property(tries = 300)
  void a_printed_size_is_read_back(@ForAll @LongRange(min = 0, max = 1L << 50) long bytes) {
    assertThat(Amounts.size(Amounts.print(new DataSize(bytes)))).contains(new DataSize(bytes));
  }

  @Test
  void what_is_no_size_is_none() {
    assertThat(Amounts.size("much")).isEmpty();
    assertThat(Amounts.size("")).isEmpty();
  }

  @Test
  void an_event_of_the_newer_kind_has_its_times_elsewhere() {
    Event event =
        EventMapper.map(
            YAML.unmarshal(
                """
                apiVersion: v1
                kind: Event
                metadata: { name: e, namespace: production, creationTimestamp: "2026-11-21T02:00:00Z" }
                type: Warning
                reason: Unhealthy
                message: "Liveness probe failed: HTTP 503"
                eventTime: "2026-11-21T02:50:00.123456Z"
                series: { count: 9, lastObservedTime: "2026-11-21T02:59:00.000000Z" }
                involvedObject: { kind: Pod, namespace: production, name: api-1 }
                """,
                io.fabric8.kubernetes.api.model.Event.class));

    assertThat(event)
        .isEqualTo(
            new Event(
                EventType.WARNING,
                "Unhealthy",
                "Liveness probe failed: HTTP 503",
                "Pod/production/api-1",
                9,
                Instant.parse("2026-11-21T02:50:00.123456Z"),
                Instant.parse("2026-11-21T02:59:00Z")));
  }

  @Test
  void an_event_without_times_was_seen_when_it_was_made() {
    Event event =
        EventMapper.map(
            YAML.unmarshal(
                """
                apiVersion: v1
                kind: Event
                metadata: { name: e, namespace: default, creationTimestamp: "2026-11-21T02:00:00Z" }
                involvedObject: { kind: Node, name: worker-1 }
                """,
                io.fabric8.kubernetes.api.model.Event.class));
    assertThat(event.at())
        .isEqualTo(Instant.parse("2026-11-21T02:00:00Z"))
        .isEqualTo(event.firstAt());
    assertThat(event.object()).isEqualTo("Node/worker-1");
    assertThat(event.count()).isEqualTo(1);
    assertThat(event.type()).isEqualTo(EventType.NORMAL);
  }

  @Test
  void endpoints_that_shut_down_are_left_out_and_unsaid_means_ready() {
    EndpointSlice slice =
        YAML.unmarshal(
            """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: { name: api-x, namespace: production, labels: { kubernetes.io/service-name: api } }
            addressType: IPv4
            endpoints:
              - { addresses: [10.0.0.1], conditions: { ready: true }, targetRef: { kind: Pod, name: a, uid: ua } }
              - { addresses: [10.0.0.2], conditions: { ready: false }, targetRef: { kind: Pod, name: b, uid: ub } }
              - { addresses: [10.0.0.3], conditions: { ready: false, terminating: true }, targetRef: { kind: Pod, name: c, uid: uc } }
              - { addresses: [10.0.0.4], targetRef: { kind: Pod, name: d, uid: ud } }
              - { addresses: [10.0.0.5], conditions: { ready: true } }
            """,
            EndpointSlice.class);

    assertThat(EndpointMapper.map(slice))
        .containsExactly(
            Map.entry("ua", new ServiceEndpoint("production", "api", "a", true)),
            Map.entry("ub", new ServiceEndpoint("production", "api", "b", false)),
            Map.entry("ud", new ServiceEndpoint("production", "api", "d", true)));
    assertThat(
            EndpointMapper.merge(
                new ServiceEndpoint("n", "s", "p", true),
                new ServiceEndpoint("n", "s", "p", false)))
        .isEqualTo(new ServiceEndpoint("n", "s", "p", false));
  }

  @Property(tries = 300)
  void the_end_of_a_log_is_whole_characters_from_its_end(
      @ForAll @StringLength(max = 40) String text,
      @ForAll @IntRange(min = 1, max = 50) int characters) {
    String valid = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    byte[] all = valid.getBytes(StandardCharsets.UTF_8);
    int keep = Math.min(all.length, LogText.bytesFor(characters));
    byte[] end = Arrays.copyOfRange(all, all.length - keep, all.length);

    String kept = LogText.end(end, characters);

    assertThat(valid).endsWith(kept);
    assertThat(kept.codePointCount(0, kept.length()))
        .isEqualTo(Math.min(characters, valid.codePointCount(0, valid.length())));
  }

  @Test
  void required_references_are_told_from_optional_ones() {
    ConfigReferences references =
        ConfigReferences.of(
            YAML.unmarshal(
                    """
                    apiVersion: v1
                    kind: Pod
                    spec:
                      containers:
                        - name: api
                          env:
                            - { name: A, valueFrom: { secretKeyRef: { name: token, key: t } } }
                            - { name: B, valueFrom: { configMapKeyRef: { name: maybe, key: b, optional: true } } }
                          envFrom: [{ configMapRef: { name: settings } }]
                      volumes:
                        - { name: v, secret: { secretName: tls } }
                        - { name: w, projected: { sources: [{ configMap: { name: ca } }] } }
                      imagePullSecrets: [{ name: registry }]
                    """,
                    Pod.class)
                .getSpec());

    assertThat(references.required())
        .containsExactlyInAnyOrder(
            "secret/token", "configmap/settings", "secret/tls", "configmap/ca");
    assertThat(references.all()).contains("configmap/maybe", "secret/registry");
    assertThat(
            references.missingKey(
                "Error: couldn't find key LOG_LEVEL in ConfigMap production/settings"))
        .contains("configmap/settings.LOG_LEVEL");
    assertThat(references.missingKey("couldn't find key t in Secret production/token"))
        .contains("secret/token.t");
    assertThat(references.missingKey("Back-off restarting failed container")).isEmpty();
  }

  @Test
  void the_limit_of_the_first_container_is_remembered_without_its_name() {
    WorkloadState workload =
        WorkloadState.of(
            YAML.unmarshal(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: api, annotations: { byteport.io/original-memory-limit: "proxy=64Mi, nonsense, x=y" } }
                spec: { template: { spec: { containers: [{ name: api }, { name: proxy }] } } }
                """,
                io.fabric8.kubernetes.api.model.apps.Deployment.class));
    OriginalLimits limits = OriginalLimits.of(workload);

    assertThat(limits.of("proxy")).contains(new DataSize(64L << 20));
    assertThat(limits.of("api")).isEmpty();
    OriginalLimits more = limits.remember("api", new DataSize(256L << 20));
    assertThat(more).hasToString("proxy=64Mi,256Mi");
    assertThat(more.remember("api", new DataSize(1L << 30))).hasToString("proxy=64Mi,256Mi");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "release 1.4.0 | - | - | -",
        "deploy 9f2c1d7 by pipeline | 9f2c1d7 | - | -",
        "https://git.example.com/a/b/commit/9f2c1d7abc | 9f2c1d7abc |"
            + " https://git.example.com/a/b/commit/9f2c1d7abc | -",
        "run https://ci.example.com/a/b/actions/runs/77 of 9f2c1d7 | 9f2c1d7 | - |"
            + " https://ci.example.com/a/b/actions/runs/77",
        "build 20261121 | - | - | -",
        "feedbeef | - | - | -",
      })
  void a_change_cause_may_name_a_commit_and_a_build(
      String text, String commit, String commitUrl, String ciUrl) {
    assertThat(ChangeCause.read(text)).isEqualTo(new ChangeCause(commit, commitUrl, ciUrl));
  }
}
