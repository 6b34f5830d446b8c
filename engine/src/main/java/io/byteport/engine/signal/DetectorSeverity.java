package io.byteport.engine.signal;

import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Runbook.Detector;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.engine.eval.Environment;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.signal.Signal.Severity;
import java.util.Locale;
import java.util.Optional;

/**
 * How grave what a detector sees is: by its own choice, else by the runbook's severity. Where a
 * condition is undecided, the graver entry counts.
 */
final class DetectorSeverity {
  private final EnabledRunbook enabled;
  private final Detector detector;
  private final DeclaredValues values;

  DetectorSeverity(EnabledRunbook enabled, Detector detector, DeclaredValues values) {
    this.enabled = enabled;
    this.detector = detector;
    this.values = values;
  }

  /** The runbook's own. */
  Severity ordinary() {
    return word(enabled.runbook().runbook().metadata().severity()).orElse(Severity.WARNING);
  }

  /**
   * @param environment knows the inputs and the signal
   */
  Severity of(Environment environment) {
    Choice choice = detector.severity();
    if (choice == null) {
      return ordinary();
    }
    Optional<Severity> gravest = Optional.empty();
    for (Choice.Option option : choice.options()) {
      Evaluation when =
          option.when() == null
              ? Evaluation.of(true)
              : values.expr(enabled.runbook(), option.when(), environment);
      if (when.isFalse()) {
        continue;
      }
      gravest = graver(gravest, value(option, environment));
      if (when.isTrue()) {
        break;
      }
    }
    return gravest.orElseGet(this::ordinary);
  }

  private Optional<Severity> value(Choice.Option option, Environment environment) {
    return values
        .value(enabled.runbook(), option.value(), environment)
        .known()
        .filter(TextValue.class::isInstance)
        .flatMap(text -> word(((TextValue) text).value()));
  }

  private static Optional<Severity> graver(Optional<Severity> one, Optional<Severity> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().compareTo(other.get()) >= 0 ? one : other;
  }

  private static Optional<Severity> word(String word) {
    for (Severity severity : Severity.values()) {
      if (severity.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(severity);
      }
    }
    return Optional.empty();
  }
}
