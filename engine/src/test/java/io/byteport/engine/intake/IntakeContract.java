package io.byteport.engine.intake;

import static io.byteport.engine.intake.Rig.SOURCE;
import static io.byteport.engine.intake.Rig.alert;
import static io.byteport.engine.intake.Rig.firing;
import static io.byteport.engine.intake.Rig.resolved;
import static io.byteport.engine.signal.Runbooks.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.intake.Outcome.Kind;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.run.VirtualTimers;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.signal.UnclaimedSignal;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Polled;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the intake promises on every store. */
abstract class IntakeContract {
  SqlRunStore store;
  Rig rig;

  abstract SqlRunStore fresh();

  @BeforeEach
  void open() {
    store = fresh();
    rig = new Rig(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private RunId onlyRun() {
    assertThat(rig.runs()).hasSize(1);
    return rig.runs().getFirst().id();
  }

  @Test
  void an_alert_that_fires_again_and_again_is_one_incident_with_one_run() {
    assertThat(rig.take(firing("a"))).isEqualTo(new Taken(1, 0, 0, 0));
    rig.settle();
    assertThat(rig.take(firing("a"), firing("a"))).isEqualTo(new Taken(0, 2, 0, 0));
    rig.pass(Duration.ofSeconds(30));
    assertThat(rig.take(firing("a"))).isEqualTo(new Taken(0, 1, 0, 0));
    rig.settle();

    Episode episode = rig.episodes("a").getFirst();
    assertThat(rig.episodes("a")).hasSize(1);
    assertThat(episode.heard()).isEqualTo(4);
    assertThat(episode.heardAt()).isEqualTo(NOON.plusSeconds(30));
    assertThat(episode.outcome()).isEqualTo(new Outcome(Kind.OPENED, onlyRun(), null));
    assertThat(rig.states.of(SOURCE).firing()).isEqualTo(1);
    assertThat(rig.states.of(SOURCE).heard()).isEqualTo(4);
  }

  @Test
  void the_same_alert_twice_in_one_request_is_one() {
    assertThat(rig.take(firing("a"), firing("a"))).isEqualTo(new Taken(1, 1, 0, 0));
    rig.settle();
    assertThat(rig.runs()).hasSize(1);
  }

  @Test
  void an_alert_that_fires_before_and_after_its_end_in_one_request_has_two_episodes() {
    assertThat(rig.take(firing("a"), resolved("a"), firing("a"))).isEqualTo(new Taken(2, 0, 1, 0));
    rig.settle();
    assertThat(rig.episodes("a"))
        .extracting(one -> one.endedAt() == null)
        .containsExactly(false, true);
    assertThat(rig.runs()).hasSize(1);
    assertThat(rig.take(firing("a"))).isEqualTo(new Taken(0, 1, 0, 0));
  }

  @Test
  void the_end_of_what_never_fired_is_nothing() {
    assertThat(rig.take(resolved("a"))).isEqualTo(new Taken(0, 0, 0, 1));
    rig.settle();
    assertThat(rig.runs()).isEmpty();
    assertThat(rig.episodes("a")).isEmpty();
  }

  @Test
  void an_open_run_hears_that_its_alert_has_resolved_and_that_it_fires_again() {
    rig.take(firing("a"));
    rig.settle();
    RunId run = onlyRun();
    rig.take(resolved("a"));
    assertThat(rig.told(run)).containsExactly(Signal.Status.RESOLVED);

    rig.take(firing("a"));
    rig.settle();

    assertThat(rig.told(run)).containsExactly(Signal.Status.RESOLVED, Signal.Status.FIRING);
    assertThat(rig.runs()).hasSize(1);
    assertThat(rig.episodes("a").getLast().outcome())
        .isEqualTo(new Outcome(Kind.JOINED, run, "it is about `pod/production/a`, too"));
  }

  @Test
  void an_alert_that_fires_again_after_its_run_has_ended_has_a_run_of_its_own() {
    rig.take(firing("a"));
    rig.settle();
    RunId run = onlyRun();
    rig.end(run, RunResult.RESOLVED);
    rig.take(resolved("a"));
    rig.take(firing("a"));
    rig.settle();

    assertThat(rig.runs()).hasSize(2).extracting(RunSummary::id).contains(run);
    assertThat(rig.told(run)).isEmpty();
  }

  @Test
  void an_alert_that_still_fires_when_its_run_has_ended_is_the_same_incident() {
    rig.take(firing("a"));
    rig.settle();
    rig.end(onlyRun(), RunResult.ESCALATED);
    rig.take(firing("a"));
    rig.pass(Duration.ofMinutes(5));
    assertThat(rig.runs()).hasSize(1);
  }

  @Test
  void nothing_is_opened_for_an_alert_that_resolved_before() {
    rig.take(firing("a"));
    rig.take(resolved("a"));
    rig.settle();
    assertThat(rig.runs()).isEmpty();
    assertThat(rig.episodes("a").getFirst().outcome())
        .isEqualTo(
            new Outcome(Kind.RECORDED, null, "it resolved before anything was done about it"));
  }

  @Test
  void a_run_whose_alert_resolved_while_it_was_being_opened_hears_of_it() {
    rig.take(firing("a"));
    DueAlerts.Due due = rig.kept.due().claim(9, NOON, NOON.plusSeconds(60)).getFirst();
    rig.take(resolved("a"));
    Outcome outcome = new Openings(store, rig.timers.clock(), rig, rig).of(due);
    assertThat(rig.kept.due().became(due.id(), outcome, NOON)).isTrue();

    assertThat(rig.told(onlyRun())).containsExactly(Signal.Status.RESOLVED);
    assertThat(rig.episodes("a").getFirst().outcome()).isEqualTo(outcome);
  }

  @Test
  void a_run_about_two_alerts_hears_of_the_end_when_both_have_resolved() {
    Alert other = alert("pod_broken", "a", Signal.Status.FIRING, Signal.Severity.HIGH, "other");
    Alert over = alert("pod_broken", "a", Signal.Status.RESOLVED, Signal.Severity.HIGH, "other");
    rig.take(firing("a"));
    rig.settle();
    rig.take(other);
    rig.settle();
    RunId run = onlyRun();

    rig.take(resolved("a"));
    assertThat(rig.told(run)).isEmpty();
    rig.take(over);
    assertThat(rig.told(run)).containsExactly(Signal.Status.RESOLVED);
  }

  @Test
  void a_run_that_was_opened_for_something_else_is_not_over_with_an_alert_that_joined_it() {
    rig.take(firing("a"));
    DueAlerts.Due due = rig.kept.due().claim(9, NOON, NOON.plusSeconds(60)).getFirst();
    RunId before = new RunId("by-hand");
    store.openDue(
        new Event.Opened(
            NOON,
            before,
            "pods",
            "",
            "",
            rig.mode(),
            due.signal(),
            StructValue.EMPTY,
            StructValue.EMPTY,
            StructValue.EMPTY,
            "pod/production/a"));
    rig.kept.due().later(due.id(), NOON);
    rig.opener.wake();
    rig.settle();
    assertThat(rig.outcomes.get(due.id()).run()).isEqualTo(before);

    rig.take(resolved("a"));

    assertThat(rig.told(before)).isEmpty();
  }

  @Test
  void a_run_that_ended_since_its_alert_was_over_leaves_another_to_a_run_of_its_own() {
    rig.take(firing("a"));
    rig.settle();
    RunId run = onlyRun();
    rig.take(resolved("a"));
    store.claim(run);
    store.append(
        run,
        List.of(new Event.SignalChanged(NOON, Signal.Status.RESOLVED)),
        store.inbox(run).getFirst());
    rig.take(firing("a"));
    rig.settle();
    assertThat(rig.outcomes.values()).extracting(Outcome::kind).contains(Kind.JOINED);

    rig.end(run, RunResult.SKIPPED);
    rig.opener.start();
    rig.pass(Duration.ofSeconds(10));

    assertThat(rig.runs()).hasSize(2);
    Outcome outcome = rig.episodes("a").getLast().outcome();
    assertThat(outcome).isNotNull().extracting(Outcome::kind).isEqualTo(Kind.OPENED);
  }

  @Test
  void a_run_that_dealt_with_what_joined_it_is_enough() {
    rig.take(firing("a"));
    rig.settle();
    RunId run = onlyRun();
    rig.take(alert("pod_broken", "a", Signal.Status.FIRING, Signal.Severity.HIGH, "other"));
    rig.settle();
    rig.end(run, RunResult.ESCALATED);
    rig.opener.start();
    rig.pass(Duration.ofSeconds(30));
    assertThat(rig.runs()).hasSize(1);
    assertThat(rig.kept.due().leftBehind(9)).isEmpty();
  }

  @Test
  void what_no_runbook_takes_reaches_a_human_once() {
    rig.take(alert("something_else", "a", Signal.Status.FIRING));
    rig.settle();
    rig.take(alert("something_else", "a", Signal.Status.FIRING));
    rig.settle();

    RunSummary run = rig.runs().getFirst();
    assertThat(rig.runs()).hasSize(1);
    assertThat(run.runbook()).isEqualTo(UnclaimedSignal.NO_RUNBOOK);
    assertThat(run.result()).isEqualTo("escalated");
    assertThat(rig.ended).containsExactly(run.id());
  }

  @Test
  void what_has_no_name_is_recorded_or_reaches_a_human_as_its_source_says() {
    rig.take(alert(null, "a", Signal.Status.FIRING));
    rig.settle();
    assertThat(rig.runs()).isEmpty();
    assertThat(rig.episodes("a").getFirst().outcome())
        .isEqualTo(
            new Outcome(
                Kind.RECORDED, null, "no rule and no table of the source says which signal it is"));

    rig.rules.put("icinga", SourceRules.of("webhook", SourceRules.Unnamed.ESCALATE));
    rig.intake.take("icinga", List.of(alert(null, "b", Signal.Status.FIRING)));
    rig.settle();
    assertThat(onlyRun()).isEqualTo(rig.ended.getFirst());
    assertThat(rig.runs().getFirst().reason())
        .isEqualTo("No rule of `icinga` says which signal `The pod b is broken` is");
  }

  @Test
  void what_is_critical_and_has_no_name_reaches_a_human() {
    rig.take(alert(null, "a", Signal.Status.FIRING, Signal.Severity.CRITICAL, "a"));
    rig.settle();
    assertThat(rig.runs()).extracting(RunSummary::signal).containsExactly("generic.critical_alert");
  }

  @Test
  void a_crash_between_a_run_and_the_note_of_it_opens_no_second_one() {
    rig.afterOpening = new StoreException("killed");
    rig.take(firing("a"), alert("something_else", "b", Signal.Status.FIRING));
    rig.settle();
    assertThat(rig.failures).containsExactly("killed");
    RunId run =
        rig.runs().stream()
            .filter(one -> one.runbook().equals("pods"))
            .findFirst()
            .orElseThrow()
            .id();

    Rig next = rig.restarted();
    next.settle();

    assertThat(next.runs()).hasSize(2);
    assertThat(next.outcomes.values()).containsExactly(new Outcome(Kind.OPENED, run, null));
    assertThat(next.failures).isEmpty();
  }

  @Test
  void an_escalation_that_was_half_written_is_written_to_its_end() {
    rig.take(alert("something_else", "b", Signal.Status.FIRING));
    DueAlerts.Due due = rig.kept.due().claim(9, NOON, NOON.plusSeconds(60)).getFirst();
    store.open(
        new Event.Opened(
            NOON,
            due.run(),
            UnclaimedSignal.NO_RUNBOOK,
            "",
            "",
            rig.mode(),
            due.signal(),
            StructValue.EMPTY,
            StructValue.EMPTY,
            StructValue.EMPTY,
            "signal/something_else/b"));

    Rig next = rig.restarted();
    next.settle();

    assertThat(next.runs()).extracting(RunSummary::result).containsExactly("escalated");
    assertThat(next.ended).containsExactly(due.run());
    assertThat(next.outcomes.values()).extracting(Outcome::kind).containsExactly(Kind.UNCLAIMED);
  }

  @Test
  void what_was_taken_is_known_and_due_after_a_restart() {
    rig.take(firing("a"));
    Rig next = rig.restarted();
    next.settle();
    assertThat(next.runs()).hasSize(1);
    assertThat(next.take(firing("a"))).isEqualTo(new Taken(0, 1, 0, 0));
    assertThat(next.take(resolved("a"))).isEqualTo(new Taken(0, 0, 1, 0));
    assertThat(next.take(firing("a"))).isEqualTo(new Taken(1, 0, 0, 0));
  }

  @Test
  void an_alert_that_fires_is_known_though_it_is_not_remembered() {
    rig = new Rig(store, new VirtualTimers(NOON), 2, same -> same);
    for (int round = 0; round < 3; round++) {
      for (String pod : List.of("a", "b", "c", "d", "e")) {
        rig.take(firing(pod));
      }
      rig.settle();
    }
    assertThat(rig.runs()).hasSize(5);
    assertThat(rig.episodes("c")).extracting(Episode::heard).containsExactly(3L);
  }

  @Test
  void what_is_missing_in_all_that_fires_has_resolved() {
    rig.intake.take(SOURCE, Polled.everything(List.of(firing("a"), firing("b"))), NOON);
    rig.settle();
    rig.pass(Duration.ofSeconds(30));
    Taken taken =
        rig.intake.take(
            SOURCE, Polled.everything(List.of(firing("b"))), rig.timers.clock().instant());
    assertThat(taken).isEqualTo(new Taken(0, 1, 1, 0));
    Episode over = rig.episodes("a").getFirst();
    assertThat(rig.told(over.id().run(over.beganAt()))).containsExactly(Signal.Status.RESOLVED);
    assertThat(rig.states.of(SOURCE).firing()).isEqualTo(1);
  }

  @Test
  void what_came_after_a_source_was_asked_is_not_missing_in_its_answer() {
    rig.pass(Duration.ofSeconds(1));
    rig.take(firing("pushed"));
    Taken taken = rig.intake.take(SOURCE, Polled.everything(List.of()), NOON);
    assertThat(taken).isEqualTo(Taken.NOTHING);
    assertThat(rig.states.of(SOURCE).firing()).isEqualTo(1);
  }

  @Test
  void what_another_source_says_is_another_alert() {
    rig.take(firing("a"));
    rig.intake.take("grafana", Polled.everything(List.of()), NOON.plusSeconds(9));
    rig.intake.take("grafana", List.of(resolved("a")));
    assertThat(rig.states.of(SOURCE).firing()).isEqualTo(1);
  }

  @Test
  void a_cursor_is_kept_with_what_came_up_to_it() {
    rig.intake.take(SOURCE, Polled.since(List.of(firing("a")), "17"), NOON);
    assertThat(rig.states.of(SOURCE).cursor()).isEqualTo("17");
    rig.intake.take(SOURCE, Polled.since(List.of(firing("a")), "18"), NOON);
    assertThat(rig.states.of(SOURCE).cursor()).isEqualTo("18");
    assertThat(rig.states.of(SOURCE).firing()).isEqualTo(1);
  }

  @Test
  void the_end_of_an_alert_is_passed_on_where_its_source_is_told_to() {
    rig.rules.put(
        SOURCE,
        new SourceRules(
            "alertmanager", List.of(), SourceRules.Unnamed.RECORD, true, Duration.ZERO));
    rig.take(firing("a"));
    rig.settle();
    rig.end(onlyRun(), RunResult.RESOLVED);
    rig.take(resolved("a"));
    rig.settle();

    Episode end = rig.episodes("a.resolved").getFirst();
    assertThat(end.signal().type()).isEqualTo("pod_broken.resolved");
    assertThat(end.signal().severity()).isEqualTo(Signal.Severity.INFO);
    assertThat(end.signal().value()).isEqualTo("0");
    assertThat(rig.runs()).hasSize(2);
    RunId run = end.id().run(end.beganAt());
    assertThat(end.outcome()).isEqualTo(new Outcome(Kind.OPENED, run, null));
    assertThat(rig.told(run)).as("it is about an end, which does not end").isEmpty();
    assertThat(rig.states.of(SOURCE).firing()).isZero();
  }

  @Test
  void nobody_is_woken_for_an_end_that_no_runbook_takes() {
    rig.rules.put(
        SOURCE,
        new SourceRules(
            "alertmanager", List.of(), SourceRules.Unnamed.ESCALATE, true, Duration.ZERO));
    rig.take(alert("something_else", "a", Signal.Status.FIRING));
    rig.settle();
    rig.take(alert("something_else", "a", Signal.Status.RESOLVED));
    rig.settle();
    assertThat(rig.runs()).hasSize(1);
    assertThat(rig.episodes("a.resolved").getFirst().outcome())
        .isNotNull()
        .extracting(Outcome::kind)
        .isEqualTo(Kind.RECORDED);
  }

  @Test
  void an_alert_that_was_not_heard_of_for_long_fires_anew_and_its_run_is_told_nothing() {
    rig.rules.put(
        SOURCE,
        new SourceRules(
            "alertmanager", List.of(), SourceRules.Unnamed.RECORD, false, Duration.ofHours(1)));
    rig.intake.start();
    rig.take(firing("a"));
    rig.settle();
    RunId run = onlyRun();
    rig.pass(Duration.ofMinutes(59));
    assertThat(rig.take(firing("a"))).isEqualTo(new Taken(0, 1, 0, 0));
    rig.pass(Duration.ofMinutes(62));

    assertThat(rig.states.of(SOURCE).firing()).isZero();
    assertThat(rig.told(run)).isEmpty();
    assertThat(rig.take(firing("a"))).isEqualTo(new Taken(1, 0, 0, 0));
  }

  @Test
  void secrets_do_not_reach_the_store_and_characters_that_databases_refuse_do_no_harm() {
    Alert said =
        new Alert(
            "pod_broken",
            "password=hunter22 is wrong",
            Signal.Severity.HIGH,
            Signal.Status.FIRING,
            Map.of("namespace", "production", "pod", "a\0b", "output", "password=hunter22"),
            NOON,
            "1\0",
            "f\0p",
            "https://user:hunter22@example.com/");
    rig.take(said);
    rig.settle();
    Episode episode = rig.kept.alerts().latest(1).getFirst();
    assertThat(episode.toString()).doesNotContain("hunter22").contains("[redacted]");
    assertThat(rig.runs()).hasSize(1);
    assertThat(rig.take(said)).isEqualTo(new Taken(0, 1, 0, 0));
  }

  @Test
  void a_write_that_failed_is_taken_when_it_is_said_again() {
    AtomicBoolean before = new AtomicBoolean();
    AtomicBoolean after = new AtomicBoolean();
    rig =
        new Rig(
            store,
            new VirtualTimers(NOON),
            100,
            kept -> new FaultyAlerts(kept, before::get, after::get));
    for (AtomicBoolean fault : List.of(before, after)) {
      String pod = fault.equals(before) ? "unwritten" : "written";
      fault.set(true);
      assertThatThrownBy(() -> rig.take(firing(pod))).isInstanceOf(StoreException.class);
      fault.set(false);
      rig.take(firing(pod));
      rig.opener.wake();
      rig.settle();
      assertThat(rig.episodes(pod)).hasSize(1);
    }
    assertThat(rig.runs()).hasSize(2);
  }

  @Test
  void what_has_ended_is_forgotten_and_what_fires_or_is_due_is_not() {
    rig.take(firing("over"), firing("fires"));
    rig.settle();
    rig.take(resolved("over"));
    rig.pass(Duration.ofDays(2));
    rig.take(firing("due"));

    assertThat(rig.kept.alerts().forget(NOON.plusSeconds(86_400), 100)).isEqualTo(1);

    assertThat(rig.kept.alerts().latest(9))
        .extracting(one -> one.signal().fingerprint())
        .containsExactlyInAnyOrder("fires", "due");
    assertThat(rig.kept.alerts().firing(9)).hasSize(2);
  }
}
