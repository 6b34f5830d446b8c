package io.byteport.engine.sim;

import io.byteport.dsl.value.Value;
import io.byteport.engine.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated world answers.
 *
 * @param facts by id; a fact that is not given is unavailable
 * @param steps by id; a step that is not given succeeds and returns nothing
 * @param approvals by guardrail; where none is given nobody answers
 * @param used what limits have counted already
 * @param locked locks that other runs hold
 * @param later what changes in the course of time, in order
 */
public record Fixture(
    Map<String, Answer> facts,
    Map<String, StepAnswer> steps,
    Map<String, Boolean> approvals,
    List<Used> used,
    List<Locked> locked,
    List<Later> later) {

  public static final Fixture EMPTY =
      new Fixture(Map.of(), Map.of(), Map.of(), List.of(), List.of(), List.of());

  public Fixture {
    facts = frozen(facts);
    steps = frozen(steps);
    approvals = frozen(approvals);
    used = List.copyOf(used);
    locked = List.copyOf(locked);
    later = List.copyOf(later);
  }

  private static <T> Map<String, T> frozen(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** What a read of a fact finds. */
  public sealed interface Answer {

    /**
     * A record replaces the fields that it has of an earlier answer, a list or scalar all of it.
     */
    record Is(Value value) implements Answer {}

    record Unavailable(String reason) implements Answer {}

    /** No answer within the time that the read is given, which passes. */
    record TimesOut() implements Answer {}
  }

  /**
   * What becomes of a step.
   *
   * @param result what it returns
   * @param changed whether the world was another one before
   * @param fails the other side's words where it certainly did nothing; null where it succeeds
   * @param unknown why nobody knows what became of it; null where that is known
   * @param probe what is learned where nobody knew; null for nothing
   * @param isLate whether there is no answer within the time that it is given, which passes; {@code
   *     probe} tells what it did all the same
   * @param settles how long its effect takes
   * @param then facts that are different from now on
   */
  public record StepAnswer(
      Value result,
      boolean changed,
      @Nullable String fails,
      @Nullable String unknown,
      @Nullable Boolean probe,
      boolean isLate,
      Duration settles,
      Map<String, Answer> then) {
    public StepAnswer {
      then = frozen(then);
    }

    /** It succeeds at once and returns nothing. */
    public static final StepAnswer DONE =
        new StepAnswer(
            Value.StructValue.EMPTY, true, null, null, null, false, Duration.ZERO, Map.of());

    public static StepAnswer returns(Value result) {
      return new StepAnswer(result, true, null, null, null, false, Duration.ZERO, Map.of());
    }

    public static StepAnswer fails(String words) {
      return new StepAnswer(
          Value.StructValue.EMPTY, false, words, null, null, false, Duration.ZERO, Map.of());
    }

    /**
     * @param tookEffect what a probe finds out; null for nothing
     */
    public static StepAnswer unknown(String words, @Nullable Boolean tookEffect) {
      return new StepAnswer(
          Value.StructValue.EMPTY, true, null, words, tookEffect, false, Duration.ZERO, Map.of());
    }

    /** The same, and then these facts are different. */
    public StepAnswer then(Map<String, Answer> facts) {
      return new StepAnswer(result, changed, fails, unknown, probe, isLate, settles, facts);
    }

    /** The same, but nothing is heard of it in time. */
    public StepAnswer late() {
      return new StepAnswer(result, changed, fails, unknown, probe, true, settles, then);
    }

    /** The same, but the world already was as wanted. */
    public StepAnswer unchanged() {
      return new StepAnswer(result, false, fails, unknown, probe, isLate, settles, then);
    }

    public StepAnswer settles(Duration in) {
      return new StepAnswer(result, changed, fails, unknown, probe, isLate, in, then);
    }
  }

  /**
   * An execution in the past.
   *
   * @param names those under which a guardrail may guard it: its step, what the step stands in, its
   *     action
   * @param values printed values that it was about, among which all must be by which a limit counts
   *     it; empty for any
   * @param elsewhere whether another runbook did it, so that only limits over all runbooks count it
   */
  public record Used(Set<String> names, Set<String> values, boolean elsewhere, Instant at) {
    public Used {
      names = Set.copyOf(names);
      values = Set.copyOf(values);
    }
  }

  /**
   * A lock that another run holds.
   *
   * @param per printed values of what is locked, in order; empty for whatever is asked for
   * @param until when it is free again; null for never
   */
  public record Locked(String lock, List<String> per, String by, @Nullable Instant until) {
    public Locked {
      per = List.copyOf(per);
    }
  }

  /**
   * A change in the world.
   *
   * @param after the step from whose end is counted; null for the start
   * @param in how much later
   * @param signal what the source says from then on; null for the same
   */
  public record Later(
      @Nullable String after,
      Duration in,
      Map<String, Answer> facts,
      Map<String, StepAnswer> steps,
      Signal.@Nullable Status signal) {
    public Later {
      facts = frozen(facts);
      steps = frozen(steps);
    }
  }
}
