package io.byteport.engine.intake;

import io.byteport.engine.intake.DueAlerts.Due;
import io.byteport.engine.intake.Outcome.Kind;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.signal.Opening;
import io.byteport.engine.signal.Routing;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.signal.UnclaimedSignal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of one alert that is due. Safe for several threads. */
final class Openings {
  private static final Logger LOG = LoggerFactory.getLogger(Openings.class);

  private final RunStore runs;
  private final InstantSource clock;
  private final Deployment deployment;
  private final Opens opens;

  Openings(RunStore runs, InstantSource clock, Deployment deployment, Opens opens) {
    this.runs = runs;
    this.clock = clock;
    this.deployment = deployment;
    this.opens = opens;
  }

  /**
   * Opens what is to be opened, unless that was done already.
   *
   * @throws StoreException if the store cannot be used
   */
  Outcome of(Due alert) {
    Optional<RunSummary> before = runs.run(alert.run());
    if (before.isPresent() && !before.get().runbook().equals(UnclaimedSignal.NO_RUNBOOK)) {
      return new Outcome(Kind.OPENED, alert.run(), null);
    }
    if (alert.over() && before.isEmpty()) {
      return new Outcome(Kind.RECORDED, null, Outcome.TOO_LATE);
    }
    Instant now = clock.instant();
    try {
      Routing routing = deployment.router().route(alert.signal(), deployment.runbooks(), now);
      return switch (routing) {
        case Routing.Chosen chosen when before.isEmpty() -> opened(alert, chosen, now);
        case Routing.Chosen chosen ->
            escalated(alert, new Routing.Refused("No runbook took it", List.of()), now);
        case Routing.Refused refused when alert.escalates() || before.isPresent() ->
            escalated(alert, refused, now);
        case Routing.Refused refused -> new Outcome(Kind.RECORDED, null, refused.reason());
        case Routing.Cleared cleared -> new Outcome(Kind.RECORDED, null, "it has resolved");
      };
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("no run can be opened for {}", alert.id(), e);
      String reason = "No run can be opened for it: " + e.getMessage();
      return escalated(alert, new Routing.Refused(reason, List.of()), now);
    }
  }

  private Outcome opened(Due alert, Routing.Chosen chosen, Instant now) {
    Event.Opened opened =
        Opening.of(
            chosen,
            alert.signal(),
            deployment.mode(),
            deployment.policy(chosen, alert.signal()),
            alert.run(),
            now);
    RunId run = opens.open(opened);
    return run.equals(alert.run())
        ? new Outcome(Kind.OPENED, run, null)
        : new Outcome(Kind.JOINED, run, "it is about `" + chosen.targetKey() + "`, too");
  }

  private Outcome escalated(Due alert, Routing.Refused refused, Instant now) {
    Routing.Refused why =
        alert.signal().type().equals(Naming.UNNAMED)
            ? new Routing.Refused(
                "No rule of `" + alert.source() + "` says which signal `" + alert.title() + "` is",
                refused.candidates())
            : refused;
    UnclaimedSignal.escalate(runs, alert.signal(), why, deployment.mode(), alert.run(), now);
    opens.ended(alert.run());
    return new Outcome(Kind.UNCLAIMED, alert.run(), why.reason());
  }

  /**
   * Whether a run ended because its alert had resolved, and did nothing for another that had joined
   * it meanwhile.
   */
  boolean isLeftAlone(RunId run) {
    Optional<RunSummary> summary = runs.run(run);
    if (summary.isEmpty() || !RunResult.SKIPPED.word().equals(summary.get().result())) {
      return false;
    }
    Signal.Status last = Signal.Status.FIRING;
    for (JournalEntry entry : runs.entries(run)) {
      if (entry instanceof Event.SignalChanged changed) {
        last = changed.status();
      }
    }
    return last == Signal.Status.RESOLVED;
  }
}
