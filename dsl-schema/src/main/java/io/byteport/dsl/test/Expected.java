package io.byteport.dsl.test;

import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import java.util.List;
import java.util.Map;

/** One thing that a run must come to. */
public sealed interface Expected {

  /** Where the test says so. */
  Span span();

  record OfClass(String classId, Span span) implements Expected {}

  /** Equal in two decimals, as confidences are printed. */
  record Confidence(double value, Span span) implements Expected {}

  record Severity(String word, Span span) implements Expected {}

  /** How often was diagnosed. */
  record Passes(int count, Span span) implements Expected {}

  /** The facts for whose sake something could not be decided, in any order. */
  record Undecided(List<String> facts, Span span) implements Expected {
    public Undecided {
      facts = List.copyOf(facts);
    }
  }

  /** The steps that were done, in order. */
  record Did(List<String> steps, Span span) implements Expected {
    public Did {
      steps = List.copyOf(steps);
    }
  }

  /** The steps that a dry run would have done, in order. */
  record Planned(List<String> steps, Span span) implements Expected {
    public Planned {
      steps = List.copyOf(steps);
    }
  }

  /**
   * What some execution of a step was given.
   *
   * @param inputs as far as they matter; of a record only the fields that matter
   */
  record With(String step, Map<String, Value> inputs, Span span) implements Expected {
    public With {
      inputs = Given.frozen(inputs);
    }
  }

  /** How often was looked whether the expectations hold. */
  record Attempts(int count, Span span) implements Expected {}

  /** The expectations that did not hold, in any order. */
  record Unmet(List<String> expectations, Span span) implements Expected {
    public Unmet {
      expectations = List.copyOf(expectations);
    }
  }

  /** The guardrail that refused. */
  record StoppedBy(String guardrail, Span span) implements Expected {}

  record Result(String word, Span span) implements Expected {}

  /** A part of the reason for the end. */
  record Reason(String part, Span span) implements Expected {}

  /** The kinds of channel that are told at the end, in any order. */
  record To(List<String> channels, Span span) implements Expected {
    public To {
      channels = List.copyOf(channels);
    }
  }

  /** The priority of the escalation. */
  record Priority(String word, Span span) implements Expected {}

  /** A condition that holds at the end. */
  record Holds(TypedExpr condition, Span span) implements Expected {}
}
