package io.byteport.engine.coverage;

import io.byteport.dsl.source.Span;

/**
 * Something about a runbook that a run reaches or does not: one side of a decision, or one thing
 * that is done.
 *
 * @param name what it is about, such as a class, a guardrail or a step
 * @param branch which side of it, such as {@code true} or {@code refused}
 * @param span where the runbook says so
 * @param counts whether it counts for the percentage; what does not is shown all the same
 */
public record Point(Kind kind, String name, String branch, Span span, boolean counts) {

  /** What is counted together. */
  public enum Kind {
    RULE("rules"),
    CLASS("classes"),
    GUARDRAIL("guardrails"),
    STEP("steps"),
    CHANGE("changes"),
    BRANCH("branches"),
    CHOICE("choices"),
    EXPECTATION("expectations"),
    SIGNAL("signals"),
    ENDING("endings");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** The word for several of them. */
    public String title() {
      return title;
    }
  }

  /** What tells two points of a runbook apart. */
  record Key(Kind kind, String name, String branch) {}

  Key key() {
    return new Key(kind, name, branch);
  }

  @Override
  public String toString() {
    return name + ": " + branch;
  }
}
