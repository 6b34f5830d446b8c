package io.byteport.engine.signal;

import static io.byteport.engine.signal.Runbooks.EVALUATOR;
import static io.byteport.engine.signal.Runbooks.NOON;
import static io.byteport.engine.signal.Runbooks.enabled;
import static io.byteport.engine.signal.Runbooks.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.spi.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DetectorEvaluatorTest {
  private static final Map<String, String> LABELS =
      Map.of("namespace", "production", "pod", "api-1");
  private static final String KEY = "production/api-1";

  private static DetectorEvaluator detector(String detector) {
    EnabledRunbook runbook =
        enabled(
            "watched",
            """
            params:
              most: { type: integer, default: 5, doc: A number }
              window: { type: duration, default: 10m, doc: A time }
            detectors:
              pod_broken:
                doc: A pod is broken
                watch: kubectl.pods
            """
                + detector.indent(4)
                + """
                inputs:
                  namespace: { type: string, required: true }
                  pod: { type: string, required: true }
                target:
                  type: pod
                  namespace: ${inputs.namespace}
                  name: ${inputs.pod}
                """);
    return new DetectorEvaluator(
        runbook,
        runbook.runbook().runbook().detectors().get("pod_broken"),
        EVALUATOR,
        Inventory.EMPTY);
  }

  private static Instant at(int seconds) {
    return NOON.plusSeconds(seconds);
  }

  private static final Value WELL = pod("api-1", 0, true, "");
  private static final Value WAITING = pod("api-1", 1, false, "CrashLoopBackOff");

  private static Optional<Signal> changed(DetectorEvaluator detector, Value element, int seconds) {
    return detector.changed(KEY, element, LABELS, at(seconds));
  }

  @Test
  void a_signal_fires_once_when_the_condition_begins_to_hold_and_resolves_when_it_ceases_to() {
    DetectorEvaluator detector =
        detector("when: any(result.containers, $.waitingReason == \"CrashLoopBackOff\")");
    assertThat(changed(detector, WELL, 0)).isEmpty();
    Signal fired = changed(detector, WAITING, 10).orElseThrow();
    assertThat(fired)
        .isEqualTo(
            new Signal(
                "pod_broken",
                "kubectl",
                Severity.HIGH,
                Status.FIRING,
                LABELS,
                at(10),
                null,
                "pod_broken@kubectl.pods/production/api-1",
                null));
    assertThat(changed(detector, WAITING, 20)).isEmpty();
    Signal resolved = changed(detector, WELL, 30).orElseThrow();
    assertThat(resolved.status()).isEqualTo(Status.RESOLVED);
    assertThat(resolved.fingerprint()).isEqualTo(fired.fingerprint());
    assertThat(resolved.startedAt()).isEqualTo(at(10));
    assertThat(changed(detector, WELL, 40)).isEmpty();
    assertThat(changed(detector, WAITING, 50).orElseThrow().startedAt()).isEqualTo(at(50));
  }

  @Test
  void an_element_that_is_gone_resolves_what_it_fired_and_nothing_else() {
    DetectorEvaluator detector = detector("when: not result.ready");
    changed(detector, WAITING, 0);
    detector.changed("production/other", WELL, LABELS, at(0));
    assertThat(detector.gone(KEY, at(5)).orElseThrow().status()).isEqualTo(Status.RESOLVED);
    assertThat(detector.gone(KEY, at(6))).isEmpty();
    assertThat(detector.gone("production/other", at(6))).isEmpty();
  }

  @Test
  void elements_are_told_apart_by_their_keys() {
    DetectorEvaluator detector = detector("when: not result.ready");
    Signal one = changed(detector, WAITING, 0).orElseThrow();
    Signal other = detector.changed("production/api-2", WAITING, LABELS, at(0)).orElseThrow();
    assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint());
  }

  @Test
  void a_condition_must_hold_for_its_whole_time_before_it_fires() {
    DetectorEvaluator detector = detector("when: not result.ready\nfor: 1m");
    assertThat(changed(detector, WAITING, 0)).isEmpty();
    assertThat(detector.next()).contains(at(60));
    assertThat(detector.due(at(59))).isEmpty();
    assertThat(detector.due(at(60)))
        .singleElement()
        .satisfies(signal -> assertThat(signal.startedAt()).isEqualTo(at(0)));
    assertThat(detector.next()).isEmpty();
    assertThat(detector.due(at(120))).isEmpty();
  }

  @Test
  void a_condition_that_ceases_in_between_begins_its_time_anew() {
    DetectorEvaluator detector = detector("when: not result.ready\nfor: 1m");
    changed(detector, WAITING, 0);
    assertThat(changed(detector, WELL, 50)).isEmpty();
    assertThat(detector.next()).isEmpty();
    changed(detector, WAITING, 55);
    assertThat(detector.due(at(60))).isEmpty();
    assertThat(detector.due(at(115)))
        .singleElement()
        .satisfies(signal -> assertThat(signal.startedAt()).isEqualTo(at(55)));
  }

  @Test
  void a_change_that_comes_when_the_time_is_over_fires_too() {
    DetectorEvaluator detector = detector("when: not result.ready\nfor: 1m");
    changed(detector, WAITING, 0);
    assertThat(changed(detector, pod("api-1", 2, false, ""), 61)).isPresent();
  }

  @Test
  void an_undecided_condition_neither_fires_nor_resolves() {
    DetectorEvaluator detector = detector("when: result.load * 2 > 1");
    assertThat(changed(detector, load(null), 0)).isEmpty();
    assertThat(changed(detector, load(3.0), 1)).isPresent();
    assertThat(changed(detector, load(null), 2)).isEmpty();
    assertThat(changed(detector, load(3.0), 3)).isEmpty();
    assertThat(changed(detector, load(0.1), 4)).isPresent();
  }

  @Test
  void an_undecided_condition_breaks_the_time_for_which_it_must_hold() {
    DetectorEvaluator detector = detector("when: result.load * 2 > 1\nfor: 1m");
    changed(detector, load(3.0), 0);
    changed(detector, load(null), 30);
    changed(detector, load(3.0), 40);
    assertThat(detector.due(at(70))).isEmpty();
    assertThat(detector.due(at(100))).hasSize(1);
  }

  private static Value load(Double load) {
    return ((StructValue) WELL).with("load", load == null ? Value.NULL : Value.of(load));
  }

  @Test
  void an_increase_is_measured_over_the_history_of_each_element() {
    DetectorEvaluator detector =
        detector("when: increase(result.restarts, params.window) > params.most");
    assertThat(changed(detector, pod("api-1", 10, true, ""), 0)).isEmpty();
    assertThat(detector.changed("production/api-2", pod("api-2", 100, true, ""), LABELS, at(0)))
        .isEmpty();
    for (int restarts = 11; restarts <= 15; restarts++) {
      assertThat(changed(detector, pod("api-1", restarts, true, ""), 300 + restarts)).isEmpty();
    }
    assertThat(changed(detector, pod("api-1", 16, true, ""), 600)).isPresent();
    assertThat(detector.changed("production/api-2", pod("api-2", 101, true, ""), LABELS, at(601)))
        .isEmpty();
  }

  @Test
  void an_increase_is_undecided_until_the_element_has_been_watched_for_the_window() {
    DetectorEvaluator detector = detector("when: increase(result.restarts, 10m) > 5");
    changed(detector, pod("api-1", 0, true, ""), 0);
    assertThat(changed(detector, pod("api-1", 50, true, ""), 300)).isEmpty();
    assertThat(detector.due(at(600))).hasSize(1);
  }

  @Test
  void what_time_alone_changes_is_looked_at_again() {
    DetectorEvaluator detector = detector("when: increase(result.restarts, 10m) > 5\nevery: 1m");
    changed(detector, pod("api-1", 0, true, ""), 0);
    changed(detector, pod("api-1", 9, true, ""), 600);
    assertThat(detector.next()).contains(at(60));
    assertThat(detector.due(at(660))).isEmpty();
    assertThat(detector.next()).contains(at(720));
    assertThat(detector.due(at(1200)))
        .singleElement()
        .satisfies(signal -> assertThat(signal.status()).isEqualTo(Status.RESOLVED));
  }

  @Test
  void a_condition_that_names_the_age_of_something_is_looked_at_again() {
    DetectorEvaluator detector = detector("when: age(result.startedAt) > 2m and not result.ready");
    assertThat(changed(detector, WAITING, 0)).isEmpty();
    assertThat(detector.next()).contains(NOON.plus(DetectorEvaluator.DEFAULT_EVERY));
    assertThat(detector.due(at(121))).hasSize(1);
  }

  @Test
  void a_condition_that_only_changes_can_change_is_left_alone() {
    DetectorEvaluator detector = detector("when: not result.ready");
    changed(detector, WELL, 0);
    assertThat(detector.next()).isEmpty();
  }

  @Test
  void a_blind_watch_fires_nothing_until_it_sees_again() {
    DetectorEvaluator detector = detector("when: not result.ready\nfor: 1m");
    changed(detector, WAITING, 0);
    detector.blind(false);
    assertThat(detector.next()).isEmpty();
    assertThat(detector.due(at(90))).isEmpty();
    detector.changed("production/other", WELL, LABELS, at(100));
    assertThat(detector.due(at(100))).hasSize(1);
  }

  @Test
  void where_everything_comes_again_after_blindness_the_time_begins_anew() {
    DetectorEvaluator detector = detector("when: not result.ready\nfor: 1m");
    changed(detector, WAITING, 0);
    detector.blind(true);
    assertThat(changed(detector, WAITING, 70)).isEmpty();
    assertThat(detector.next()).contains(at(130));
  }

  @Test
  void blindness_resolves_nothing() {
    DetectorEvaluator detector = detector("when: not result.ready");
    changed(detector, WAITING, 0);
    detector.blind(true);
    assertThat(changed(detector, WAITING, 70)).isEmpty();
    assertThat(changed(detector, WELL, 80).orElseThrow().startedAt()).isEqualTo(at(0));
  }

  @Test
  void the_severity_is_the_detectors_choice_over_inputs_and_signal_else_the_runbooks() {
    String choice =
        """
        when: not result.ready
        severity:
          - value: critical
            when: inputs.namespace == "production"
          - value: info
            when: inputs.namespace == "staging"
        """;
    assertThat(severity(choice, "production")).isEqualTo(Severity.CRITICAL);
    assertThat(severity(choice, "staging")).isEqualTo(Severity.INFO);
    assertThat(severity(choice, "elsewhere")).isEqualTo(Severity.HIGH);
    assertThat(severity("when: not result.ready\nseverity: warning", "elsewhere"))
        .isEqualTo(Severity.WARNING);
  }

  @Test
  void where_the_severity_is_undecided_the_graver_entry_counts() {
    String choice =
        """
        when: not result.ready
        severity:
          - value: critical
            when: signal.value * 2 > 10
          - value: info
        """;
    assertThat(severity(choice, "production")).isEqualTo(Severity.CRITICAL);
  }

  private static Severity severity(String detector, String namespace) {
    return detector(detector)
        .changed(KEY, WAITING, Map.of("namespace", namespace, "pod", "api-1"), NOON)
        .orElseThrow()
        .severity();
  }

  @Test
  void what_is_kept_of_an_element_is_bounded_by_window_and_number() {
    ElementHistory history = new ElementHistory(Duration.ofMinutes(10));
    for (int i = 0; i < 10_000; i++) {
      history.remember(Value.of(i), at(i));
    }
    assertThat(history.samples()).hasSizeLessThanOrEqualTo(512);
    assertThat(history.samples().getFirst().at()).isBeforeOrEqualTo(at(9_999 - 600));
    ElementHistory still = new ElementHistory(Duration.ofMinutes(10));
    still.remember(Value.of(1), at(0));
    still.remember(Value.of(1), at(5));
    assertThat(still.samples()).hasSize(1);
    ElementHistory none = new ElementHistory(Duration.ZERO);
    none.remember(Value.of(1), at(0));
    assertThat(none.samples()).isEmpty();
  }
}
