package io.byteport.engine.intake;

import io.byteport.dsl.agent.AgentConfiguration.Rule;
import java.time.Duration;
import java.util.List;

/**
 * What holds for the alerts of one source.
 *
 * @param type the kind of source, which signals name: {@code alertmanager}
 * @param rules which signal an alert is, before the source's own table; the first that holds
 * @param unnamed what is done about an alert that neither a rule nor the table names, and that is
 *     not critical
 * @param emitResolved whether the end of an alert is passed on as a signal of its own: its type
 *     with {@code .resolved}, severity info, value 0; rules may name it otherwise, by {@code
 *     signal.status}
 * @param silence how long an alert may not be heard of and still count as firing, a minute at
 *     least; zero for ever. An end that was never told would else hide whatever comes later.
 */
public record SourceRules(
    String type, List<Rule> rules, Unnamed unnamed, boolean emitResolved, Duration silence) {
  public static final Duration DEFAULT_SILENCE = Duration.ofHours(24);

  private static final Duration SHORTEST = Duration.ofMinutes(1);

  public SourceRules {
    rules = List.copyOf(rules);
    if (silence.isNegative() || (!silence.isZero() && silence.compareTo(SHORTEST) < 0)) {
      throw new IllegalArgumentException("an alert may be silent for a minute at least");
    }
  }

  /** No rules of its own. */
  public static SourceRules of(String type, Unnamed unnamed) {
    return new SourceRules(type, List.of(), unnamed, false, DEFAULT_SILENCE);
  }

  /** What is done about an alert that nobody has a name for. */
  public enum Unnamed {
    /** It is written down, and no more. */
    RECORD,
    /** A human hears of it. */
    ESCALATE
  }
}
