package io.byteport.engine.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much autonomy a run has, fixed when it is opened. The lowest of what matches holds, so a
 * class can be held lower than the rest and never higher.
 *
 * @param level of every class, and before there is one
 * @param classes levels by class id
 */
public record Policy(Autonomy level, Map<String, Autonomy> classes) {
  /** Acts on everything. */
  public static final Policy ACT = of(Autonomy.ACT);

  public Policy {
    classes = Collections.unmodifiableMap(new LinkedHashMap<>(classes));
  }

  /** The same level for every class. */
  public static Policy of(Autonomy level) {
    return new Policy(level, Map.of());
  }

  /**
   * @param classId null before the incident is classified
   */
  public Autonomy forClass(@Nullable String classId) {
    return classId == null ? level : level.min(classes.getOrDefault(classId, level));
  }
}
