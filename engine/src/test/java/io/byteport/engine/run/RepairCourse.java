package io.byteport.engine.run;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.guardrail.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Look, check, restart, settle, wait, look again, end: a course like that of a small runbook,
 * written by hand.
 */
public record RepairCourse(List<Event> events, Duration rest, String key) implements Course {
  static final StructValue API = new StructValue(Map.of("service", Value.of("api")));
  static final Claim LIMIT = new Claim.Limit("once", "restart api", 1, Duration.ofHours(1));
  static final Claim LOCK = new Claim.Lock("alone", "api", Duration.ZERO, false);
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  public RepairCourse {
    events = List.copyOf(events);
  }

  public static Course before(Event.Opened opened) {
    if (opened.runbookText().startsWith("broken")) {
      throw new IllegalArgumentException("the runbook is broken");
    }
    return new RepairCourse(List.of(), Duration.ofSeconds(30), "api");
  }

  /**
   * @param rest how long to wait after the restart
   */
  public static Course.Beginning resting(Duration rest) {
    return opened -> new RepairCourse(List.of(), rest, "api");
  }

  /** Like {@link #resting}, with limits and locks for each target of its own. */
  public static Course.Beginning restingEach(Duration rest) {
    return opened -> new RepairCourse(List.of(), rest, opened.targetKey());
  }

  @Override
  public Next next(Event event) {
    List<Event> more = new ArrayList<>(events);
    more.add(event);
    RepairCourse after = new RepairCourse(more, rest, key);
    List<Note> notes = new ArrayList<>();
    notes.add(new Note.PhaseEntered(event.at(), Note.Phase.ACT, more.size()));
    Command command = event instanceof Event.SignalChanged ? after.resume() : after.command(event);
    return new Next(after, notes, command);
  }

  @Override
  public Command resume() {
    Event.ChangeIntended open = openIntent();
    if (open != null) {
      return new Command.Resolve(open, TIMEOUT);
    }
    Event last = null;
    for (Event event : events) {
      if (!(event instanceof Event.SignalChanged)) {
        last = event;
      }
    }
    return command(last);
  }

  private Event.@Nullable ChangeIntended openIntent() {
    Event.ChangeIntended open = null;
    for (Event event : events) {
      if (event instanceof Event.ChangeIntended intent) {
        open = intent;
      } else if (event instanceof Event.ChangeFinished) {
        open = null;
      }
    }
    return open;
  }

  private Command command(Event event) {
    return switch (event) {
      case Event.Opened opened -> look(opened.inputs());
      case Event.Observed observed ->
          looks() < 2 ? guardrails() : finish(RunResult.RESOLVED, "well");
      case Event.GuardrailsChecked checked ->
          checked.standings().stream().allMatch(s -> s.granted())
              ? restart()
              : finish(RunResult.ESCALATED, "refused");
      case Event.ChangeIntended intended -> restart();
      case Event.ChangeRefused refused -> finish(RunResult.ESCALATED, "refused at the last moment");
      case Event.ChangeNotPrepared not -> finish(RunResult.ESCALATED, not.failure().reason());
      case Event.ChangeFinished finished -> finished(finished);
      case Event.SettleChecked settle ->
          settle.settled()
              ? new Command.Wait(settle.at().plus(rest))
              : settle.reason() == null
                  ? new Command.Wait(settle.at().plusSeconds(10))
                  : finish(RunResult.ESCALATED, settle.reason());
      case Event.TimeReached reached -> isSettled() ? look(API) : settle();
      default -> throw new IllegalStateException("not asked for: " + event);
    };
  }

  private Command finished(Event.ChangeFinished finished) {
    return switch (finished.result()) {
      case ActionResult.Done done -> settle();
      case ActionResult.Failed failed ->
          failed.certainlyNothing() || finished.recovered()
              ? finish(RunResult.ESCALATED, failed.reason())
              : new Command.Resolve(lastIntent(), TIMEOUT, failed);
    };
  }

  private Event.ChangeIntended lastIntent() {
    return events.stream()
        .filter(Event.ChangeIntended.class::isInstance)
        .map(Event.ChangeIntended.class::cast)
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  private boolean isSettled() {
    return events.stream().anyMatch(e -> e instanceof Event.SettleChecked s && s.settled());
  }

  private long looks() {
    return events.stream().filter(Event.Observed.class::isInstance).count();
  }

  private Command settle() {
    return new Command.CheckSettled(lastIntent(), TIMEOUT);
  }

  private static Command look(StructValue input) {
    return new Command.Read(List.of(new Command.ReadCall("api", "test.look", input, TIMEOUT)));
  }

  private Claim limit() {
    return new Claim.Limit(LIMIT.guardrail(), "restart " + key, 1, Duration.ofHours(1));
  }

  private Claim lock() {
    return new Claim.Lock(LOCK.guardrail(), key, Duration.ZERO, false);
  }

  private Command guardrails() {
    return new Command.CheckGuardrails(List.of(lock(), limit()), true);
  }

  private Command restart() {
    return new Command.Change("restart", "test.restart", API, TIMEOUT, List.of(limit(), lock()));
  }

  private Command finish(RunResult result, String reason) {
    return new Command.Finish(report(result, reason));
  }

  static RunReport report(RunResult result, String reason) {
    return new RunReport(
        result,
        reason,
        "api is ill",
        "ill",
        0.9,
        "high",
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        Duration.ofSeconds(1),
        List.of(notice("end " + result.word())),
        Map.of(),
        null);
  }

  static RunReport.Notification notice(String title) {
    return new RunReport.Notification(
        "escalated",
        Map.of("page", List.of()),
        "high",
        title,
        null,
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        title,
        Duration.ofHours(24));
  }

  public static Event.Opened opened(String run, String target, Instant at) {
    return opened(run, target, at, Mode.LIVE);
  }

  static Event.Opened opened(String run, String target, Instant at, Mode mode) {
    return new Event.Opened(
        at,
        new RunId(run),
        "repair",
        "1.0.0",
        "text of the runbook",
        mode,
        new io.byteport.engine.signal.Signal(
            "api_ill",
            "test",
            io.byteport.engine.signal.Signal.Severity.HIGH,
            io.byteport.engine.signal.Signal.Status.FIRING,
            Map.of("service", "api"),
            at,
            null,
            "f",
            null),
        StructValue.EMPTY,
        API,
        StructValue.EMPTY,
        target);
  }
}
