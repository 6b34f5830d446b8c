package io.byteport.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.agent.AgentLoader;
import io.byteport.dsl.source.SourceFile;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.source.Alert;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MappedAlertsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static final String CONFIGURATION =
      """
      apiVersion: byteport.io/v1
      kind: Agent
      metadata:
        name: test
      sources:
        icinga:
          type: webhook
          webhook: /webhooks/icinga
          items: body.notifications
          drop: text(item.state_type) == "SOFT"
          map:
            status:
              - value: resolved
                when: text(item.state) == "OK"
              - value: firing
            severity:
              - value: critical
                when: text(item.state) == "CRITICAL"
              - value: warning
            title: ${item.service} on ${item.host}
            value: ${number(item.load)}
            dedupKey: ${item.host}/${item.service}
            labels:
              check: ${item.service}
              host: ${item.host}
              database: ${item.vars.database}
      """;

  private final MappedAlerts mapped =
      new MappedAlerts(mapping(), new Evaluator(), InstantSource.fixed(NOON));

  @Test
  void each_item_becomes_an_alert_with_what_could_be_read_of_it() {
    List<Alert> alerts =
        apply(
            """
            {"notifications": [
              {"state": "CRITICAL", "state_type": "HARD", "service": "load", "host": "web-1",
               "load": 17.5},
              {"state": "OK", "service": "disk", "host": "web-2", "vars": {"database": "appdb"}}
            ]}
            """);

    assertThat(alerts).hasSize(2);
    Alert first = alerts.getFirst();
    assertThat(first.title()).isEqualTo("load on web-1");
    assertThat(first.severity()).isEqualTo(Signal.Severity.CRITICAL);
    assertThat(first.status()).isEqualTo(Signal.Status.FIRING);
    assertThat(first.labels()).containsOnlyKeys("check", "host").containsEntry("host", "web-1");
    assertThat(first.value()).isEqualTo("17.5");
    assertThat(first.fingerprint()).isEqualTo("web-1/load");
    assertThat(first.startedAt()).isEqualTo(NOON);
    assertThat(alerts.getLast().status()).isEqualTo(Signal.Status.RESOLVED);
    assertThat(alerts.getLast().labels()).containsEntry("database", "appdb");
  }

  @Test
  void an_item_that_says_nothing_is_dropped() {
    assertThat(
            apply(
                """
                {"notifications": [{"state": "CRITICAL", "state_type": "SOFT"}]}
                """))
        .isEmpty();
  }

  @Test
  void a_body_without_items_is_no_alert_and_no_error() {
    assertThat(apply("{}")).isEmpty();
    assertThat(apply("[]")).isEmpty();
  }

  @Test
  void what_is_no_json_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> apply("state=CRITICAL"));
  }

  private List<Alert> apply(String body) {
    return mapped.apply(body.getBytes(StandardCharsets.UTF_8));
  }

  private static AgentConfiguration.Mapping mapping() {
    var checked =
        AgentLoader.load(
            new SourceFile("agent.yaml", CONFIGURATION),
            ClasspathCatalogue.load(MappedAlertsTest.class.getClassLoader()).value().orElseThrow());
    AgentConfiguration configuration =
        checked.value().orElseThrow(() -> new AssertionError(checked.diagnostics().toString()));
    return Objects.requireNonNull(configuration.sources().get("icinga").mapping());
  }
}
