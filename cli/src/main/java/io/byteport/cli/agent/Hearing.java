package io.byteport.cli.agent;

import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.intake.Intake;
import io.byteport.engine.intake.Opener;
import io.byteport.engine.intake.PollerListener;
import io.byteport.engine.intake.Pollers;
import io.byteport.engine.intake.Polling;
import io.byteport.engine.intake.SourceRules;
import io.byteport.engine.intake.SourceStates;
import io.byteport.engine.intake.Taken;
import io.byteport.engine.journal.SqlIntake;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.Timers;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.Receiver;
import io.byteport.engine.source.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an agent hears: requests of sources, answers of those that are polled, and what its own
 * detectors see. All of it goes through the intake, durably, before anybody is told that it was
 * heard. Safe for several threads.
 */
final class Hearing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Hearing.class);

  /** What detectors see stands under the family of the action that they look with. */
  private static final String WATCH = "watch:";

  /**
   * A detector says once that something fires. Where this process was not there when it ended, that
   * it fired before must not hide for long that it fires again.
   */
  private static final Duration WATCH_SILENCE = Duration.ofHours(1);

  /** How long alerts are kept after their end. */
  private static final Duration REMEMBERED = Duration.ofDays(30);

  private static final Duration FORGET = Duration.ofMinutes(10);
  private static final int MOST_FORGOTTEN = 1_000;

  private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

  /** Where unnamed alerts are many and say little; they are shown, and no more. */
  private static final String RECORDING = "grafana";

  private final Outside outside;
  private final Metrics metrics;
  private final Timers timers;
  private final SourceStates states;
  private final SqlIntake tables;
  private final Intake intake;
  private final Pollers pollers;
  private final RefusalLines refusals = new RefusalLines();
  private volatile @Nullable Opener opener;
  private volatile boolean closed;

  Hearing(SqlIntake tables, Outside outside, Evaluator evaluator, Timers timers, Metrics metrics) {
    this.tables = tables;
    this.outside = outside;
    this.metrics = metrics;
    this.timers = timers;
    this.states = new SourceStates(tables.sources(), timers);
    this.intake = new Intake(tables.alerts(), states, this::rules, evaluator, timers, this::due);
    this.pollers = new Pollers(intake, states, timers, new Polls());
  }

  SourceStates states() {
    return states;
  }

  SqlIntake tables() {
    return tables;
  }

  /**
   * Begins to look for silence, and to wake whoever sees what becomes of alerts.
   *
   * @param next is not closed
   */
  void start(Opener next) {
    opener = next;
    intake.start();
    forget();
  }

  /** Alerts that ended long ago are not shown for ever. */
  private void forget() {
    if (closed) {
      return;
    }
    try {
      int gone = tables.alerts().forget(timers.clock().instant().minus(REMEMBERED), MOST_FORGOTTEN);
      LOG.debug("{} alerts that ended long ago are forgotten", gone);
    } catch (StoreException e) {
      LOG.warn("old alerts are forgotten later: {}", e.getMessage());
    }
    timers.at(timers.clock().instant().plus(FORGET), this::forget);
  }

  private void due() {
    Opener awake = opener;
    if (awake != null) {
      awake.wake();
    }
  }

  /** Polls what is open now, and nothing else. */
  void poll() {
    List<Polling> pollings = new ArrayList<>();
    outside
        .sources()
        .forEach(
            (name, open) ->
                open.source()
                    .poller()
                    .ifPresent(
                        poller ->
                            pollings.add(new Polling(name, poller, open.configured().every()))));
    pollers.poll(pollings);
  }

  private SourceRules rules(String name) {
    if (name.startsWith(WATCH)) {
      return new SourceRules(
          name.substring(WATCH.length()),
          List.of(),
          SourceRules.Unnamed.ESCALATE,
          false,
          WATCH_SILENCE);
    }
    Outside.OpenSource open = outside.sources().get(name);
    if (open == null) {
      return SourceRules.of(name, SourceRules.Unnamed.ESCALATE);
    }
    AgentConfiguration.Source source = open.configured();
    return new SourceRules(
        name,
        source.rules(),
        source.entry().type().equals(RECORDING)
            ? SourceRules.Unnamed.RECORD
            : SourceRules.Unnamed.ESCALATE,
        source.emitResolved(),
        SourceRules.DEFAULT_SILENCE);
  }

  /**
   * Hands a request to the source that has this path.
   *
   * @return null where no source has it
   * @throws SourceException if it cannot be judged or kept now
   */
  @Nullable Received receive(String path, Delivered delivered)
      throws SourceException, InterruptedException {
    for (Map.Entry<String, Outside.OpenSource> open : outside.sources().entrySet()) {
      Optional<Receiver> receiver = open.getValue().source().receiver();
      if (path.equals(open.getValue().configured().webhook()) && receiver.isPresent()) {
        return receive(open.getKey(), receiver.get(), delivered);
      }
    }
    return null;
  }

  private Received receive(String source, Receiver receiver, Delivered delivered)
      throws SourceException, InterruptedException {
    if (closed) {
      throw new SourceException("the agent is about to stop", TRY_AGAIN, null);
    }
    Received received = receiver.receive(delivered);
    switch (received) {
      case Received.Accepted accepted -> take(source, accepted.alerts());
      case Received.Refused refused -> {
        states.refused(source);
        metrics.count(
            Metric.DELIVERIES_REFUSED, source, refused.refusal().name().toLowerCase(Locale.ROOT));
        refusals.line(source, refused, timers.clock().instant()).ifPresent(LOG::warn);
      }
    }
    return received;
  }

  private void take(String source, List<Alert> alerts) throws SourceException {
    try {
      counted(source, intake.take(source, alerts));
    } catch (StoreException e) {
      throw new SourceException("the store cannot be used", TRY_AGAIN, e);
    }
  }

  private void counted(String source, Taken taken) {
    metrics.count(
        Metric.SIGNALS_HEARD,
        taken.begun() + taken.repeated() + taken.ended() + taken.idle(),
        source);
    metrics.count(Metric.SIGNALS_DUPLICATE, taken.repeated(), source);
  }

  /**
   * What a detector sees. No run is known yet when this returns.
   *
   * @throws StoreException if the store cannot be used; it is offered again then
   */
  Optional<RunId> seen(Signal signal) {
    String source = WATCH + signal.source();
    Alert alert =
        new Alert(
            signal.type(),
            signal.type(),
            signal.severity(),
            signal.status(),
            signal.labels(),
            signal.startedAt(),
            signal.value(),
            signal.fingerprint(),
            signal.link());
    counted(source, intake.take(source, List.of(alert)));
    return Optional.empty();
  }

  /** Takes nothing more. What was taken is on disk. */
  @Override
  public void close() {
    closed = true;
    pollers.close();
    intake.close();
    states.close();
  }

  private final class Polls implements PollerListener {
    @Override
    public void answered(String source, Taken taken, Duration took) {
      counted(source, taken);
    }

    @Override
    public void degraded(String source, String reason) {
      LOG.warn("nothing is heard of `{}`: {}", source, reason);
    }

    @Override
    public void restored(String source) {
      LOG.info("`{}` is heard again", source);
    }
  }
}
