package io.byteport.engine.intake;

import static io.byteport.engine.signal.Runbooks.EVALUATOR;
import static io.byteport.engine.signal.Runbooks.NOON;

import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.journal.SqlIntake;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Policy;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.run.VirtualTimers;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.signal.Router;
import io.byteport.engine.signal.Routing;
import io.byteport.engine.signal.Runbooks;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.source.Alert;
import io.byteport.engine.spi.Inventory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One process that takes alerts about pods and opens runs for them, on a clock that is moved by
 * hand. Nothing carries its runs on.
 */
final class Rig implements Deployment, Opens, OpenerListener {
  static final String SOURCE = "alertmanager";

  /** Takes signals about pods; made once, since that takes its time. */
  private static final List<EnabledRunbook> PODS =
      List.of(
          Runbooks.enabled(
              "pods",
              """
              detectors:
                pod_broken: { doc: A pod is broken, aliases: [pod_broken.resolved] }
              inputs:
                namespace: { type: string, required: true }
                pod: { type: string, required: true }
              target:
                type: pod
                namespace: ${inputs.namespace}
                name: ${inputs.pod}
              """));

  final SqlRunStore store;
  final SqlIntake kept;
  final VirtualTimers timers;
  final Map<String, SourceRules> rules = new HashMap<>();
  final Map<EpisodeId, Outcome> outcomes = new HashMap<>();
  final List<String> failures = new ArrayList<>();
  final List<RunId> ended = new ArrayList<>();
  final Intake intake;
  final SourceStates states;
  final Opener opener;
  private final Router router = new Router(EVALUATOR, Inventory.EMPTY);

  /** What happens once a run was opened, in its place. */
  @Nullable StoreException afterOpening;

  Rig(SqlRunStore store) {
    this(store, new VirtualTimers(NOON), FiringView.MOST, same -> same);
  }

  Rig(
      SqlRunStore store,
      VirtualTimers timers,
      int remembered,
      Function<AlertStore, AlertStore> alerts) {
    this.store = store;
    this.timers = timers;
    this.kept = SqlIntake.of(store);
    this.states = new SourceStates(kept.sources(), timers);
    this.opener = new Opener(kept.due(), store, timers, this, this, this);
    this.intake =
        new Intake(
            alerts.apply(kept.alerts()),
            states,
            this::rules,
            EVALUATOR,
            timers,
            opener::wake,
            remembered);
  }

  /** Another process in place of this one, which was killed. */
  Rig restarted() {
    Rig next = new Rig(store, new VirtualTimers(timers.clock().instant()), FiringView.MOST, a -> a);
    next.rules.putAll(rules);
    next.opener.start();
    next.intake.start();
    return next;
  }

  private SourceRules rules(String source) {
    return rules.getOrDefault(source, SourceRules.of("alertmanager", SourceRules.Unnamed.RECORD));
  }

  /** Sees what becomes of what is due. */
  void settle() {
    timers.settle();
  }

  void pass(Duration time) {
    timers.advanceTo(timers.clock().instant().plus(time));
  }

  static Alert firing(String pod) {
    return alert("pod_broken", pod, Signal.Status.FIRING);
  }

  static Alert resolved(String pod) {
    return alert("pod_broken", pod, Signal.Status.RESOLVED);
  }

  static Alert alert(@Nullable String type, String pod, Signal.Status status) {
    return alert(type, pod, status, Signal.Severity.HIGH, pod);
  }

  static Alert alert(
      @Nullable String type,
      String pod,
      Signal.Status status,
      Signal.Severity severity,
      String fingerprint) {
    return new Alert(
        type,
        "The pod " + pod + " is broken",
        severity,
        status,
        Map.of("namespace", "production", "pod", pod),
        NOON,
        "93.5",
        fingerprint,
        null);
  }

  Taken take(Alert... said) {
    return intake.take(SOURCE, List.of(said));
  }

  /** The episodes of one alert, first one first. */
  List<Episode> episodes(String fingerprint) {
    intake.flush();
    return kept.alerts().latest(10_000).stream()
        .filter(one -> one.signal().fingerprint().equals(fingerprint))
        .sorted(java.util.Comparator.comparing(one -> one.id().number()))
        .toList();
  }

  List<RunSummary> runs() {
    return store.runs(10_000);
  }

  /** What a run was told and has not looked at. */
  List<Signal.Status> told(RunId run) {
    return store.inbox(run).stream()
        .map(letter -> ((Event.SignalChanged) letter.event()).status())
        .toList();
  }

  void end(RunId run, RunResult result) {
    store.claim(run);
    store.close(run, List.of(new Note.Finished(timers.clock().instant(), report(result))));
  }

  private static RunReport report(RunResult result) {
    return new RunReport(
        result,
        "It is over",
        "It is over",
        null,
        0,
        "high",
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        Duration.ZERO,
        List.of(),
        Map.of(),
        null);
  }

  @Override
  public Router router() {
    return router;
  }

  @Override
  public Collection<EnabledRunbook> runbooks() {
    return PODS;
  }

  @Override
  public Mode mode() {
    return Mode.LIVE;
  }

  @Override
  public Policy policy(Routing.Chosen chosen, Signal signal) {
    return Policy.ACT;
  }

  @Override
  public RunId open(Event.Opened opened) {
    RunId run = store.openDue(opened).orElse(opened.run());
    if (afterOpening != null) {
      throw afterOpening;
    }
    return run;
  }

  @Override
  public void ended(RunId run) {
    ended.add(run);
  }

  @Override
  public void became(DueAlerts.Due alert, Outcome outcome) {
    outcomes.put(alert.id(), outcome);
  }

  @Override
  public void failed(DueAlerts.Due alert, String reason) {
    failures.add(reason);
  }
}
