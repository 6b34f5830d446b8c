package io.byteport.engine.run;

import java.util.Collections;
import java.util.LinkedHashMap;
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
 */
public record Policy(Autonomy level, Map<String, Autonomy> classes, StormLimits storm) {
  /** Acts on everything. */
  public static final Policy ACT = of(Autonomy.ACT);

  public Policy {
    classes = Collections.unmodifiableMap(new LinkedHashMap<>(classes));
    storm = Objects.requireNonNullElse(storm, StormLimits.DEFAULT);
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
  public Policy with(StormLimits limits) {
    return new Policy(level, classes, limits);
  }

  /**
   * @param classId null before the incident is classified
   */
  public Autonomy forClass(@Nullable String classId) {
    return classId == null ? level : level.min(classes.getOrDefault(classId, level));
  }
}
