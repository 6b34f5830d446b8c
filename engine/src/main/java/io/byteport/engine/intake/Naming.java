package io.byteport.engine.intake;

import io.byteport.dsl.agent.AgentConfiguration.Rule;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.signal.SignalEnvironment;
import io.byteport.engine.source.Alert;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says which signal an alert is. Safe for several threads. */
final class Naming {
  /** What is grave and has no other name. */
  static final String CRITICAL = "generic.critical_alert";

  /** What nobody has a name for. */
  static final String UNNAMED = "generic.alert";

  private static final String RESOLVED = ".resolved";

  private final Evaluator evaluator;

  Naming(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /**
   * @param escalates whether a human hears of it where no runbook takes it
   * @param recorded why nothing is done about it; null where something is
   */
  record Name(Signal signal, boolean escalates, @Nullable String recorded) {}

  Name name(Alert alert, SourceRules rules, Instant now) {
    Optional<String> ruled = ruled(alert, rules, now);
    if (ruled.isPresent()) {
      return new Name(alert.signal(ruled.get(), rules.type()), true, null);
    }
    if (alert.type() != null) {
      return new Name(alert.signal(alert.type(), rules.type()), true, null);
    }
    if (alert.severity() == Signal.Severity.CRITICAL) {
      return new Name(alert.signal(CRITICAL, rules.type()), true, null);
    }
    boolean escalates = rules.unnamed() == SourceRules.Unnamed.ESCALATE;
    return new Name(
        alert.signal(UNNAMED, rules.type()),
        escalates,
        escalates ? null : "no rule and no table of the source says which signal it is");
  }

  /** The end of an alert as a signal of its own, for which nobody needs to be woken. */
  Name end(Alert alert, Known known, SourceRules rules, Instant now) {
    Optional<String> ruled = ruled(alert, rules, now);
    Signal was = known.signal();
    Signal end =
        new Signal(
            ruled.orElse(was.type() + RESOLVED),
            was.source(),
            Signal.Severity.INFO,
            Signal.Status.FIRING,
            alert.labels().isEmpty() ? was.labels() : alert.labels(),
            now,
            "0",
            was.fingerprint() + RESOLVED,
            alert.link() == null ? was.link() : alert.link());
    return new Name(end, false, null);
  }

  private Optional<String> ruled(Alert alert, SourceRules rules, Instant now) {
    if (rules.rules().isEmpty()) {
      return Optional.empty();
    }
    Signal unnamed = alert.signal(alert.type() == null ? "" : alert.type(), rules.type());
    SignalEnvironment environment = SignalEnvironment.of(unnamed, now);
    for (Rule rule : rules.rules()) {
      if (evaluator.evaluate(rule.when(), environment).isTrue()) {
        return Optional.of(rule.signal());
      }
    }
    return Optional.empty();
  }
}
