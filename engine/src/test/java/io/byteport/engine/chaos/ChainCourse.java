package io.byteport.engine.chaos;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Course;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Look, check, change as often as wanted and wait after each change, look again, end. What it does
 * is told by the text of its "runbook", which stands in the journal.
 */
record ChainCourse(Plan plan, String service, List<Event> events) implements Course {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  ChainCourse {
    events = List.copyOf(events);
  }

  /**
   * What a course does.
   *
   * @param changes how many, one after the other
   * @param limit how many changes of the group the window allows
   * @param group what counts together; the service where it is empty
   * @param rest how long to wait after each change
   */
  record Plan(int changes, int limit, Duration window, String group, Duration rest) {
    String text() {
      return changes + ";" + limit + ";" + window + ";" + rest + ";" + group;
    }

    static Plan parse(String text) {
      String[] parts = text.split(";", -1);
      return new Plan(
          Integer.parseInt(parts[0]),
          Integer.parseInt(parts[1]),
          Duration.parse(parts[2]),
          parts[4],
          Duration.parse(parts[3]));
    }

    Claim.Limit limit(String service) {
      return new Claim.Limit(
          "limit", "changes of " + (group.isEmpty() ? service : group), limit, window);
    }

    static Claim.Lock lock(String service) {
      return new Claim.Lock("alone", service, Duration.ZERO, false);
    }
  }

  static Course before(Event.Opened opened) {
    return new ChainCourse(
        Plan.parse(opened.runbookText()),
        ((Value.TextValue) opened.inputs().get("service")).value(),
        List.of());
  }

  static Event.Opened opened(String run, String service, Plan plan, Instant at) {
    return new Event.Opened(
        at,
        new RunId(run),
        "chain",
        "1.0.0",
        plan.text(),
        Mode.LIVE,
        new Signal(
            "ill",
            "test",
            Signal.Severity.HIGH,
            Signal.Status.FIRING,
            Map.of("service", service),
            at,
            null,
            run,
            null),
        StructValue.EMPTY,
        input(service),
        StructValue.EMPTY,
        service);
  }

  private static StructValue input(String service) {
    return new StructValue(Map.of("service", Value.of(service)));
  }

  @Override
  public Next next(Event event) {
    List<Event> more = new ArrayList<>(events);
    more.add(event);
    ChainCourse after = new ChainCourse(plan, service, more);
    return new Next(
        after,
        List.of(new Note.PhaseEntered(event.at(), Note.Phase.ACT, more.size())),
        after.command(event));
  }

  @Override
  public Command resume() {
    Event.ChangeIntended open = null;
    for (Event event : events) {
      if (event instanceof Event.ChangeIntended intent) {
        open = intent;
      } else if (event instanceof Event.ChangeFinished) {
        open = null;
      }
    }
    return open == null ? command(events.getLast()) : new Command.Resolve(open, TIMEOUT);
  }

  private Command command(Event event) {
    return switch (event) {
      case Event.Opened opened -> look();
      case Event.Observed observed ->
          count(Event.Observed.class) < 2
              ? new Command.CheckGuardrails(claims(), true)
              : end(RunResult.RESOLVED, "well");
      case Event.GuardrailsChecked checked ->
          checked.standings().stream().allMatch(Standing::granted)
              ? change()
              : end(RunResult.ESCALATED, "refused");
      case Event.ChangeIntended intended -> change();
      case Event.ChangeRefused refused -> end(RunResult.ESCALATED, "refused at the last moment");
      case Event.ChangeNotPrepared not -> end(RunResult.ESCALATED, not.failure().reason());
      case Event.ChangeFinished finished -> finished(finished);
      case Event.SettleChecked settle ->
          settle.settled()
              ? new Command.Wait(settle.at().plus(plan.rest()))
              : end(RunResult.ESCALATED, String.valueOf(settle.reason()));
      case Event.TimeReached reached ->
          count(Event.SettleChecked.class) < plan.changes() ? change() : look();
      default -> throw new IllegalStateException("not asked for: " + event);
    };
  }

  private Command finished(Event.ChangeFinished finished) {
    return switch (finished.result()) {
      case ActionResult.Done done -> new Command.CheckSettled(lastIntent(), TIMEOUT);
      case ActionResult.Failed failed ->
          failed.certainlyNothing() || finished.recovered()
              ? end(RunResult.ESCALATED, failed.reason())
              : new Command.Resolve(lastIntent(), TIMEOUT, failed);
    };
  }

  private Event.ChangeIntended lastIntent() {
    Event.@Nullable ChangeIntended last = null;
    for (Event event : events) {
      if (event instanceof Event.ChangeIntended intent) {
        last = intent;
      }
    }
    if (last == null) {
      throw new IllegalStateException("nothing was intended");
    }
    return last;
  }

  private long count(Class<? extends Event> kind) {
    return events.stream().filter(kind::isInstance).count();
  }

  private Command look() {
    return new Command.Read(
        List.of(new Command.ReadCall("state", "test.look", input(service), TIMEOUT)));
  }

  private List<Claim> claims() {
    return List.of(plan.limit(service), Plan.lock(service));
  }

  private Command change() {
    return new Command.Change("change", "test.change", input(service), TIMEOUT, claims());
  }

  private Command end(RunResult result, String reason) {
    return new Command.Finish(
        new RunReport(
            result,
            reason,
            service + " is ill",
            "ill",
            0.9,
            "high",
            List.of(),
            List.of(),
            List.of(),
            null,
            List.of(),
            Duration.ofSeconds(1),
            List.of(notice(result)),
            new HashMap<>(),
            null));
  }

  private RunReport.Notification notice(RunResult result) {
    return new RunReport.Notification(
        result.word(),
        Map.of(),
        "high",
        service + " " + result.word(),
        null,
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        service,
        Duration.ZERO);
  }
}
