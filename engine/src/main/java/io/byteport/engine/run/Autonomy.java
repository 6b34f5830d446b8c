package io.byteport.engine.run;

import java.util.Locale;

/** How far a run may go on its own, from the least to the most. */
public enum Autonomy {
  /** Diagnoses, classifies and plans; changes nothing and tells nobody. */
  OBSERVE,
  /** As {@link #OBSERVE}, and people are told what it would do. */
  PROPOSE,
  /** Before its first change a human approves the whole plan. */
  APPROVE,
  /** Acts within its guardrails. */
  ACT;

  /** Whether changes are made at all. */
  public boolean acts() {
    return compareTo(APPROVE) >= 0;
  }

  /** As it is written in configuration: {@code propose}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The lower of two. */
  public Autonomy min(Autonomy other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
