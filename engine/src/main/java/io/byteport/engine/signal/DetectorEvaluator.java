package io.byteport.engine.signal;

import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.Runbook.Detector;
import io.byteport.dsl.model.Runbook.Watch;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.DurationValue;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.spi.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells from what a watch sees when a detector's condition begins and ceases to hold. Told every
 * change and asked when it wants to be; it has no clock and no threads of its own, and times must
 * not go backwards. Used by one thread at a time.
 *
 * <p>The condition must hold for the whole of {@code for}; an undecided one breaks that, but
 * neither fires nor resolves.
 */
public final class DetectorEvaluator {
  /** How often a condition that time alone may change is looked at. */
  static final Duration DEFAULT_EVERY = Duration.ofSeconds(30);

  private final EnabledRunbook enabled;
  private final Detector detector;
  private final Watch watch;
  private final Evaluator evaluator;
  private final DeclaredValues values;
  private final InputBinder inputs;
  private final DetectorSeverity severity;
  private final Map<String, Element> elements = new LinkedHashMap<>();
  private final Map<String, Instant> pending = new LinkedHashMap<>();
  private @Nullable Reach reach;
  private @Nullable Instant look;
  private boolean blind;

  /**
   * @param detector one of the runbook's that has a watch
   * @throws IllegalArgumentException if it has none
   */
  public DetectorEvaluator(
      EnabledRunbook enabled, Detector detector, Evaluator evaluator, Inventory inventory) {
    if (detector.watch() == null) {
      throw new IllegalArgumentException("`" + detector.id() + "` watches nothing");
    }
    this.enabled = enabled;
    this.detector = detector;
    this.watch = detector.watch();
    this.evaluator = evaluator;
    this.values = new DeclaredValues(evaluator);
    this.inputs = new InputBinder(evaluator, inventory);
    this.severity = new DetectorSeverity(enabled, detector, values);
  }

  /** One watched element and how it stands. */
  private static final class Element {
    private final ElementHistory history;
    private Value value = Value.NULL;
    private Map<String, String> labels = Map.of();
    private @Nullable Instant since;
    private @Nullable Signal fired;

    Element(Duration window) {
      this.history = new ElementHistory(window);
    }
  }

  /** An element as it is now. */
  public Optional<Signal> changed(
      String key, Value value, Map<String, String> labels, Instant now) {
    blind = false;
    Element element = elements.computeIfAbsent(key, unknown -> new Element(reach(now).window()));
    element.value = value;
    element.labels = Map.copyOf(labels);
    if (look == null && reach(now).moves()) {
      look = now.plus(every(now));
    }
    return judge(key, element, now);
  }

  /** An element is no more. */
  public Optional<Signal> gone(String key, Instant now) {
    blind = false;
    pending.remove(key);
    Element element = elements.remove(key);
    return element == null || element.fired == null
        ? Optional.empty()
        : Optional.of(resolved(element.fired, element));
  }

  /**
   * The watch sees nothing for a while. Until something is seen again nothing fires.
   *
   * @param everythingComesAgain whether all that is there will be told again, so that conditions
   *     have to hold for their whole time anew
   */
  public void blind(boolean everythingComesAgain) {
    blind = true;
    if (everythingComesAgain) {
      pending.clear();
      elements
          .values()
          .forEach(element -> element.since = element.fired == null ? null : element.since);
    }
  }

  /** What has begun or ceased to hold by time alone. */
  public List<Signal> due(Instant now) {
    if (blind) {
      return List.of();
    }
    Set<String> keys = new LinkedHashSet<>();
    pending.forEach(
        (key, when) -> {
          if (!now.isBefore(when)) {
            keys.add(key);
          }
        });
    if (look != null && !now.isBefore(look)) {
      keys.addAll(elements.keySet());
      look = elements.isEmpty() ? null : now.plus(every(now));
    }
    List<Signal> signals = new ArrayList<>();
    for (String key : keys) {
      Element element = elements.get(key);
      if (element != null) {
        judge(key, element, now).ifPresent(signals::add);
      }
    }
    return signals;
  }

  /** When to ask {@link #due} again; empty where only a change can make a difference. */
  public Optional<Instant> next() {
    if (blind) {
      return Optional.empty();
    }
    Collection<Instant> times = new ArrayList<>(pending.values());
    if (look != null && !elements.isEmpty()) {
      times.add(look);
    }
    return times.stream().min(Instant::compareTo);
  }

  private Optional<Signal> judge(String key, Element element, Instant now) {
    SignalEnvironment environment =
        SignalEnvironment.always(enabled, now)
            .with("result", element.value)
            .with(element.history.samples());
    Evaluation verdict = evaluator.evaluate(condition(), environment);
    element.history.remember(element.value, now);
    if (verdict.isTrue()) {
      return holds(key, element, now);
    }
    pending.remove(key);
    if (element.fired == null) {
      element.since = null;
      return Optional.empty();
    }
    if (!verdict.isFalse()) {
      return Optional.empty();
    }
    Signal resolved = resolved(element.fired, element);
    element.fired = null;
    element.since = null;
    return Optional.of(resolved);
  }

  private Optional<Signal> holds(String key, Element element, Instant now) {
    if (element.fired != null) {
      return Optional.empty();
    }
    Instant since = element.since == null ? now : element.since;
    element.since = since;
    Optional<Duration> sustained = sustained(now);
    if (sustained.isEmpty()) {
      pending.remove(key);
      return Optional.empty();
    }
    Instant due = since.plus(sustained.get());
    if (now.isBefore(due)) {
      pending.put(key, due);
      return Optional.empty();
    }
    pending.remove(key);
    Signal signal = firing(key, element, since, now);
    element.fired = signal;
    return Optional.of(signal);
  }

  private Signal firing(String key, Element element, Instant since, Instant now) {
    Signal plain = signal(key, element, since, severity.ordinary());
    InputBinding binding = inputs.bind(enabled, element.labels, now);
    SignalEnvironment environment =
        SignalEnvironment.always(enabled, now)
            .with(plain)
            .with(
                "inputs",
                binding.isComplete()
                    ? Evaluation.of(binding.inputs())
                    : Evaluation.because("inputs", String.valueOf(binding.problems().getFirst())));
    return signal(key, element, since, severity.of(environment));
  }

  private Signal signal(String key, Element element, Instant since, Signal.Severity grade) {
    String action = watch.use().action().name();
    return new Signal(
        detector.id().name(),
        action.substring(0, action.indexOf('.')),
        grade,
        Signal.Status.FIRING,
        element.labels,
        since,
        null,
        detector.id() + "@" + action + "/" + key,
        null);
  }

  private static Signal resolved(Signal fired, Element element) {
    return new Signal(
        fired.type(),
        fired.source(),
        fired.severity(),
        Signal.Status.RESOLVED,
        element.labels,
        fired.startedAt(),
        fired.value(),
        fired.fingerprint(),
        fired.link());
  }

  private TypedExpr condition() {
    return enabled.runbook().typing().of(watch.when());
  }

  private Reach reach(Instant now) {
    if (reach == null) {
      reach = Reach.of(condition(), evaluator, SignalEnvironment.always(enabled, now));
    }
    return reach;
  }

  private Duration every(Instant now) {
    return every(enabled, watch, values, now);
  }

  /** How often a watch is to be polled, at least a second. */
  static Duration every(EnabledRunbook enabled, Watch watch, DeclaredValues values, Instant now) {
    if (watch.every() == null) {
      return DEFAULT_EVERY;
    }
    Duration every =
        values
            .value(enabled.runbook(), watch.every(), SignalEnvironment.always(enabled, now))
            .known()
            .filter(DurationValue.class::isInstance)
            .map(value -> ((DurationValue) value).value())
            .orElse(DEFAULT_EVERY);
    return every.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : every;
  }

  /**
   * How long the condition must hold: no time where the runbook does not say; empty where it cannot
   * be known.
   */
  private Optional<Duration> sustained(Instant now) {
    if (watch.sustained() == null) {
      return Optional.of(Duration.ZERO);
    }
    return values
        .value(enabled.runbook(), watch.sustained(), SignalEnvironment.always(enabled, now))
        .known()
        .map(value -> value instanceof DurationValue duration ? duration.value() : Duration.ZERO);
  }
}
