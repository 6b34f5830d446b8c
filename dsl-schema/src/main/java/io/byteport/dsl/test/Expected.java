package io.byteport.dsl.test;

import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import java.time.Duration;
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

  /** Something that is looked at by its id and is in one of a few states, which words name. */
  enum Subject {
    /** A rule's class: {@code true}, {@code false} or {@code undecided} in the last pass. */
    RULES("rules"),
    /** {@code allowed}, {@code refused}, {@code undecided}, or {@code unasked}. */
    GUARDRAILS("guardrails"),
    /** An expectation of the verification: {@code true}, {@code false} or {@code undecided}. */
    EXPECTATIONS("expectations"),
    /** A step's status. */
    STEPS("steps");

    private final String key;

    Subject(String key) {
      this.key = key;
    }

    /** What tests call it. */
    public String key() {
      return key;
    }
  }

  record State(Subject subject, String id, String word, Span span) implements Expected {}

  /**
   * How long a step took, waits included.
   *
   * @param took what tells it
   */
  record Took(String step, Duration duration, TypedExpr took, Span span) implements Expected {}

  /** The commands that a dry run would have run, in order. */
  record Plan(List<String> commands, Span span) implements Expected {
    public Plan {
      commands = List.copyOf(commands);
    }
  }

  /** Parts of the words in which steps are told, in order; there may be others between. */
  record Timeline(List<String> parts, Span span) implements Expected {
    public Timeline {
      parts = List.copyOf(parts);
    }
  }

  /** A field of the record that the runbook keeps. */
  record Postmortem(String field, Value value, Span span) implements Expected {}

  /**
   * What people are told at the end.
   *
   * @param part such as {@code title}, {@code fields.pod}, {@code labels.issue}, {@code commands}
   * @param texts what stands there
   */
  record Told(String part, List<String> texts, Span span) implements Expected {
    public Told {
      texts = List.copyOf(texts);
    }
  }
}
