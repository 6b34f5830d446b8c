package io.byteport.cli.agent;

import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.intake.Deployment;
import io.byteport.engine.intake.DueAlerts;
import io.byteport.engine.intake.Opener;
import io.byteport.engine.intake.OpenerListener;
import io.byteport.engine.intake.Opens;
import io.byteport.engine.intake.Outcome;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.replica.Replica;
import io.byteport.engine.journal.replica.ReplicaSettings;
import io.byteport.engine.outbox.Courier;
import io.byteport.engine.outbox.CourierSettings;
import io.byteport.engine.outbox.Dispatch;
import io.byteport.engine.outbox.Routes;
import io.byteport.engine.outbox.SendingListener;
import io.byteport.engine.run.Course;
import io.byteport.engine.run.Driver;
import io.byteport.engine.run.DriverParts;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.InterpretedCourse;
import io.byteport.engine.run.Interpreter;
import io.byteport.engine.run.Links;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Policy;
import io.byteport.engine.run.RandomIds;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunListener;
import io.byteport.engine.run.Timers;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.signal.Opening;
import io.byteport.engine.signal.Router;
import io.byteport.engine.signal.Routing;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.spi.ActionRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine put together for an agent: opens runs for alerts, carries runs on, and has people
 * told. Safe for several threads.
 */
final class Machine implements Deployment, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Machine.class);

  private final Parts parts;
  private final Course.Beginning courses;
  private final Dispatch dispatch;
  private final Courier courier;
  private final Replica replica;
  private final Opener opener;
  private final RandomIds ids = new RandomIds();

  /**
   * @param settings as they hold now
   * @param due alerts of which it is to be seen what becomes
   * @param store is not closed; neither are the timers
   * @param name of this process, which no other process has
   */
  record Parts(
      Supplier<Settings> settings,
      Language language,
      Evaluator evaluator,
      SqlRunStore store,
      DueAlerts due,
      ActionRegistry actions,
      Timers timers,
      Redactor redactor,
      Metrics metrics,
      List<RunListener> listeners,
      String name) {}

  Machine(Parts parts) {
    this.parts = parts;
    AgentConfiguration first = parts.settings().get().configuration();
    Links links = new Links(first.links().console(), first.links().runbooks());
    this.courses =
        InterpretedCourse.beginning(
            parts.language().loader(), new Interpreter(parts.evaluator(), links));
    this.dispatch = new Dispatch(parts.store().outbox(), routes(parts.settings().get(), Set.of()));
    this.courier =
        new Courier(
            parts.store().outbox(),
            parts.timers(),
            parts.redactor(),
            CourierSettings.DEFAULT,
            this::sent);
    Driver driver =
        new Driver(
            new DriverParts(
                parts.store(),
                parts.actions(),
                courses,
                parts.timers(),
                ids,
                parts.redactor(),
                this::handOff,
                parts.listeners(),
                dispatch,
                new ConnectionGate(
                    parts.language().catalogue(),
                    parts.metrics(),
                    first.concurrency().perConnection())));
    ReplicaSettings usual = ReplicaSettings.DEFAULT;
    this.replica =
        new Replica(
            parts.store(),
            driver,
            parts.timers().clock(),
            new ReplicaSettings(
                first.concurrency().runs(),
                usual.poll(),
                usual.patience(),
                usual.heartbeat(),
                usual.sweep(),
                first.store().retention()),
            parts.name());
    this.opener =
        new Opener(
            parts.due(),
            parts.store(),
            parts.timers(),
            this,
            new Openings(),
            new OpenerListener() {
              @Override
              public void became(DueAlerts.Due alert, Outcome outcome) {
                LOG.info(
                    "`{}` of {}: {}{}",
                    alert.signal().type(),
                    alert.source(),
                    outcome.kind().word(),
                    outcome.run() == null ? "" : ", run " + outcome.run());
              }
            });
  }

  Opener opener() {
    return opener;
  }

  Replica replica() {
    return replica;
  }

  /** From now on these are told, and through these channels. */
  void tell(Settings settings, Outside outside) {
    dispatch.use(routes(settings, Set.copyOf(outside.told())));
    courier.use(outside.recipients());
  }

  private Routes routes(Settings settings, Set<String> sources) {
    return new Routes(settings.configuration(), sources, parts.evaluator(), courses);
  }

  private void sent(String channel, SendingListener.Outcome outcome) {
    parts
        .metrics()
        .count(
            Metric.NOTIFICATIONS,
            channel,
            switch (outcome) {
              case SENT -> "sent";
              case LATER -> "failed";
              case DEAD -> "given_up";
            });
  }

  /** Goes on with what earlier processes left, and begins with what is due. */
  void start() {
    courier.start();
    replica.start();
    opener.start();
  }

  @Override
  public Router router() {
    return parts.settings().get().router();
  }

  @Override
  public Collection<EnabledRunbook> runbooks() {
    return parts.settings().get().runbooks().enabled();
  }

  @Override
  public Mode mode() {
    return parts.settings().get().mode();
  }

  @Override
  public Policy policy(Routing.Chosen chosen, Signal signal) {
    return parts.settings().get().policy().of(chosen, signal, now());
  }

  private Optional<RunId> handOff(Signal signal) {
    Instant now = now();
    return router().route(signal, runbooks(), now) instanceof Routing.Chosen chosen
        ? Optional.of(
            open(Opening.of(chosen, signal, mode(), policy(chosen, signal), ids.newRun(now), now)))
        : Optional.empty();
  }

  private RunId open(Event.Opened opened) {
    RunId run = replica.accept(opened);
    if (run.equals(opened.run())) {
      parts
          .metrics()
          .count(
              Metric.RUNS_OPENED, opened.runbook(), opened.mode().name().toLowerCase(Locale.ROOT));
    }
    return run;
  }

  private final class Openings implements Opens {
    @Override
    public RunId open(Event.Opened opened) {
      return Machine.this.open(opened);
    }

    @Override
    public void ended(RunId run) {
      parts.metrics().count(Metric.RUNS_OPENED, "none", mode().name().toLowerCase(Locale.ROOT));
      replica.deliver(run);
    }
  }

  private Instant now() {
    return parts.timers().clock().instant();
  }

  /**
   * Begins with nothing more, and waits for what is being carried on and sent, for so long at most.
   *
   * @return whether all of it came to an end, or to a place where it waits
   * @throws InterruptedException if this thread is interrupted while it waits
   */
  boolean drain(Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    opener.close();
    replica.rest();
    while (replica.busy() > 0 && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    return replica.busy() == 0;
  }

  /** What would be left by ending now, for people. Asks nothing that could keep it waiting. */
  String left() {
    int runs = replica.busy();
    return switch (runs) {
      case 0 -> "no run is being carried on here; messages that wait are sent at the next start";
      case 1 -> "1 run goes on at the next start, or in another process";
      default -> runs + " runs go on at the next start, or in another process";
    };
  }

  /** Stops between two steps; what is open goes on at the next start, or in another process. */
  @Override
  public void close() {
    opener.close();
    replica.close();
    courier.close();
  }
}
