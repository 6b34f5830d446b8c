package io.byteport.engine.intake;

import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.run.Timers;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Polled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what sources say, durably, before it returns. An alert that is known to fire is counted and
 * nothing else; one that fires after it had resolved begins anew. What is to become of an alert is
 * seen to later, by an {@link Opener}.
 *
 * <p>Whoever is told that taking failed can say it again: what was taken already is known. Counts
 * of repeats are written down a few seconds later, and lost where the process is killed before
 * that. Safe for several threads; what several say at once is written at once.
 */
public final class Intake implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /** How much is written in one transaction, in answers and requests. */
  private static final int MOST_AT_ONCE = 500;

  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final AlertStore alerts;
  private final SourceStates states;
  private final Function<String, SourceRules> rules;
  private final Timers timers;
  private final Naming naming;
  private final FiringView view;
  private final Takings takings;
  private final Turns<Told, Taken> turns;
  private final Later flush;
  private final Later next;

  /**
   * @param rules what holds for a source now, by its name
   * @param timers are not closed
   * @param due is called, often and from any thread, where it is to be seen what becomes of an
   *     alert; must return at once
   */
  public Intake(
      AlertStore alerts,
      SourceStates states,
      Function<String, SourceRules> rules,
      Evaluator evaluator,
      Timers timers,
      Runnable due) {
    this(alerts, states, rules, evaluator, timers, due, FiringView.MOST);
  }

  Intake(
      AlertStore alerts,
      SourceStates states,
      Function<String, SourceRules> rules,
      Evaluator evaluator,
      Timers timers,
      Runnable due,
      int remembered) {
    this.alerts = alerts;
    this.states = states;
    this.rules = rules;
    this.timers = timers;
    this.naming = new Naming(evaluator);
    this.view = new FiringView(remembered);
    this.takings = new Takings(alerts, view, naming, timers.clock(), due);
    this.turns = new Turns<>(MOST_AT_ONCE, takings::take);
    this.flush = new Later(timers, SourceStates.FLUSH, this::flush);
    this.next = new Later(timers, SWEEP, this::sweep);
  }

  /**
   * Takes what a source sent.
   *
   * @param source the configured source's name
   * @throws StoreException if the store cannot be used; nothing was taken then
   */
  public Taken take(String source, List<Alert> said) {
    return take(source, said, null);
  }

  /**
   * Takes what a source answered, and where to go on with it, all or nothing. Where it is
   * everything that fires, what is missing has resolved, unless it was heard of since the source
   * was asked.
   *
   * @param asked when the source was asked
   * @throws io.byteport.engine.journal.FencedException if another process polls the source by now;
   *     nothing was taken then
   * @throws StoreException if the store cannot be used; nothing was taken then
   */
  public Taken take(String source, Polled polled, Instant asked) {
    return take(source, polled.alerts(), new Asked(polled, asked));
  }

  private record Asked(Polled polled, Instant at) {}

  private Taken take(String source, List<Alert> said, @Nullable Asked asked) {
    SourceRules held = rules.apply(source);
    states.heard(source, said.size());
    Told told = sorted(source, held, said.stream().map(Clean::of).toList(), asked);
    Taken known = new Taken(0, told.repeated(), 0, 0);
    if (told.items().isEmpty() && !asksMore(told)) {
      return known;
    }
    Taken taken = turns.ask(told);
    if (taken.repeated() > 0) {
      flush.ask();
    }
    return known.plus(taken);
  }

  private boolean asksMore(Told told) {
    Told.Answer answer = told.answer();
    return answer != null
        && (answer.fires() != null
            || (answer.cursor() != null && !view.isNoted(told.source(), answer.cursor())));
  }

  /** Counts what is known to fire, and names the rest. */
  private Told sorted(String source, SourceRules held, List<Alert> said, @Nullable Asked asked) {
    Instant now = timers.clock().instant();
    boolean trusted = !alerts.isShared() || isCurrent(source);
    Instant since = held.silence().isZero() ? Instant.MIN : now.minus(held.silence());
    List<String> names = new ArrayList<>(said.size());
    Set<String> ended = new HashSet<>();
    Set<String> fires = new HashSet<>();
    for (Alert alert : said) {
      String name = EpisodeId.alert(source, alert.fingerprint());
      names.add(name);
      if (alert.status() == Signal.Status.RESOLVED) {
        ended.add(name);
      } else if (asked != null) {
        fires.add(name);
      }
    }
    fires.removeAll(ended);
    List<Told.Item> items = new ArrayList<>();
    int repeated = 0;
    for (int i = 0; i < said.size(); i++) {
      Alert alert = said.get(i);
      String name = names.get(i);
      boolean firing = alert.status() == Signal.Status.FIRING;
      if (firing && trusted && !ended.contains(name) && view.count(source, name, now, since)) {
        repeated++;
      } else {
        items.add(new Told.Item(name, alert, firing ? naming.name(alert, held, now) : null));
      }
    }
    if (repeated > 0) {
      flush.ask();
    }
    return new Told(source, held, items, repeated, answer(asked, fires));
  }

  private static Told.@Nullable Answer answer(@Nullable Asked asked, Set<String> fires) {
    return asked == null
        ? null
        : new Told.Answer(
            asked.polled().everything() ? fires : null, asked.polled().cursor(), asked.at());
  }

  /** Whether nobody else has changed what fires at a source since it was looked at here. */
  private boolean isCurrent(String source) {
    long version = view.version(source);
    return version >= 0 && alerts.version(source) == version;
  }

  /**
   * Begins to look regularly for alerts that were not heard of for so long that they do not count
   * any more.
   */
  public void start() {
    sweep();
  }

  private void sweep() {
    try {
      takings.lapse(states.store().all(), rules);
    } catch (StoreException e) {
      LOG.warn("alerts that went silent are looked for later: {}", e.getMessage());
    }
    next.ask();
  }

  /** How many alerts are remembered that fire. */
  int remembered() {
    return view.size();
  }

  /** Writes down what was counted; where that fails, later. */
  public void flush() {
    List<AlertStore.Repeats> counted = view.counted();
    if (counted.isEmpty()) {
      return;
    }
    try {
      alerts.count(counted);
    } catch (StoreException e) {
      LOG.debug("repeats of alerts are counted later: {}", e.getMessage());
      view.uncounted(counted);
      flush.ask();
    }
  }

  /** Writes down what was counted, and takes nothing more. */
  @Override
  public void close() {
    flush.close();
    next.close();
    flush();
    states.flush();
  }
}
