package io.byteport.cli.gallery;

import io.byteport.dsl.check.Requirements;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is said of a runbook, in words. Expressions stand as the author wrote them, on
 * one line. Immutable.
 *
 * @param tests names of its cases
 */
public record Sheet(
    About about,
    List<Signal> signals,
    List<Row> inputs,
    List<Row> params,
    List<Row> facts,
    Rules rules,
    List<Guard> guardrails,
    List<Course> classes,
    @Nullable Proof verification,
    @Nullable Undo rollback,
    List<Call> calls,
    Requirements needs,
    List<String> tests) {

  public Sheet {
    signals = List.copyOf(signals);
    inputs = List.copyOf(inputs);
    params = List.copyOf(params);
    facts = List.copyOf(facts);
    guardrails = List.copyOf(guardrails);
    classes = List.copyOf(classes);
    calls = List.copyOf(calls);
    tests = List.copyOf(tests);
  }

  /** What it is. */
  public record About(
      String id,
      String title,
      String category,
      String severity,
      String status,
      String version,
      List<String> aliases,
      List<String> supersedes,
      List<String> sources,
      String target,
      String doc) {}

  /** A name and what is said of it; lines of {@code text} are apart from each other. */
  public record Row(String name, String text) {}

  /**
   * @param watch the read and the condition that raise it here; null where it only arrives
   */
  public record Signal(String name, String doc, List<String> aliases, @Nullable String watch) {}

  /**
   * @param least the confidence from which on it acts
   * @param passes how often it looks before it gives up
   */
  public record Rules(double least, int passes, List<Rule> all) {
    public Rules {
      all = List.copyOf(all);
    }
  }

  public record Rule(String classId, String confidence, String when, String because) {}

  /**
   * @param kind the word of the language, such as {@code limit}
   * @param guards steps, classes or actions; empty for every change
   * @param leavesOut whether a refusal only leaves out what it guards
   */
  public record Guard(
      String name,
      String kind,
      String rule,
      List<String> guards,
      boolean leavesOut,
      String because) {}

  /**
   * What is done about a class.
   *
   * @param advice for the human who is called; empty for none
   */
  public record Course(String classId, List<Deed> steps, @Nullable Undo rollback, String advice) {
    public Course {
      steps = List.copyOf(steps);
    }

    /** Whether one of its steps changes something. */
    public boolean changes() {
      return steps.stream().anyMatch(Deed::anyChange);
    }
  }

  /** What a step does to the world. */
  public enum Effect {
    READ,
    /** Shown, never done. */
    PREVIEW,
    /** Opened for a human to accept. */
    PROPOSE,
    CHANGE,
    CALL,
    NONE
  }

  /**
   * A step.
   *
   * @param id empty where the author gave none
   * @param when empty where it always runs
   * @param below what stands in it: of a group or a block under an empty label, of a match by value
   */
  public record Deed(String id, String what, Effect effect, String when, List<Branch> below) {
    public Deed {
      below = List.copyOf(below);
    }

    boolean anyChange() {
      return effect == Effect.CHANGE
          || below.stream().flatMap(branch -> branch.steps().stream()).anyMatch(Deed::anyChange);
    }
  }

  public record Branch(String label, List<Deed> steps) {
    public Branch {
      steps = List.copyOf(steps);
    }
  }

  /**
   * @param times when is looked, in words; empty for at once
   */
  public record Proof(String times, List<Row> expectations) {
    public Proof {
      expectations = List.copyOf(expectations);
    }
  }

  /**
   * @param when empty for after every bad end that follows a change
   */
  public record Undo(String when, List<Deed> steps) {
    public Undo {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Who hears of an event.
   *
   * @param channels kinds of channel with their conditions
   */
  public record Call(String event, List<Row> channels) {
    public Call {
      channels = List.copyOf(channels);
    }
  }
}
