package io.byteport.engine.run;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much autonomy a run has, and together with how many others, fixed when it is opened. The
 * lowest of what matches holds, so a class can be held lower than the rest and never higher.
 *
 * @param level of every class, and before there is one
 * @param classes levels by class id
 * @param storm how many runs may change something; what says nothing has the default
 * @param limits of the agent, beside those of the runbook; none in entries that were written before
 *     there were any
 * @param askFor how long a question waits for its answer where the runbook does not say; above
 *     zero, {@link #ASK_FOR} in entries that were written before it was kept
 */
public record Policy(
    Autonomy level,
    Map<String, Autonomy> classes,
    StormLimits storm,
    List<AgentLimit> limits,
    Duration askFor) {
  /** How long a question waits where nobody says. */
  public static final Duration ASK_FOR = Duration.ofMinutes(30);

  /** Acts on everything. */
  public static final Policy ACT = of(Autonomy.ACT);

  public Policy {
    classes = Collections.unmodifiableMap(new LinkedHashMap<>(classes));
    storm = Objects.requireNonNullElse(storm, StormLimits.DEFAULT);
    limits = List.copyOf(Objects.requireNonNullElse(limits, List.of()));
    askFor = Objects.requireNonNullElse(askFor, ASK_FOR);
    if (askFor.isNegative() || askFor.isZero()) {
      throw new IllegalArgumentException("expected a time above zero, found " + askFor);
    }
  }

  /** With no limits but those of the runbook. */
  public Policy(Autonomy level, Map<String, Autonomy> classes, StormLimits storm) {
    this(level, classes, storm, List.of(), ASK_FOR);
  }

  /** With the storm protection that holds without configuration. */
  public Policy(Autonomy level, Map<String, Autonomy> classes) {
    this(level, classes, StormLimits.DEFAULT);
  }

  /** The same level for every class. */
  public static Policy of(Autonomy level) {
    return new Policy(level, Map.of());
  }

  /** The same levels with another storm protection. */
  public Policy with(StormLimits storms) {
    return new Policy(level, classes, storms, limits, askFor);
  }

  /** The same levels within these limits of the agent. */
  public Policy within(List<AgentLimit> some) {
    return new Policy(level, classes, storm, some, askFor);
  }

  /** The same with another time for answers. */
  public Policy askingFor(Duration time) {
    return new Policy(level, classes, storm, limits, time);
  }

  /**
   * @param classId null before the incident is classified
   */
  public Autonomy forClass(@Nullable String classId) {
    return classId == null ? level : level.min(classes.getOrDefault(classId, level));
  }
}
