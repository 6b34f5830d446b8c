package io.byteport.engine.run;

import io.byteport.dsl.model.OnFailure;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.guardrail.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One level of what a run is in the middle of. The frames together are its program counter: they
 * hold no more than is needed to go on, and the step that stands on top is the only one that moves.
 */
sealed interface Frame {

  /** The run as a whole, from the diagnosis to its end. */
  record Life(Stage stage, Approvals approvals) implements Frame {
    Life(Stage stage) {
      this(stage, Approvals.NONE);
    }

    Life with(Approvals next) {
      return new Life(stage, next);
    }

    enum Stage {
      OPENED,
      DIAGNOSED,
      BETWEEN_PASSES,
      CLEARED,
      APPROVED,
      ACTED,
      VERIFIED,
      FOLLOWED_UP,
      VERIFIED_FOR_THE_RECORD,
      ROLLED_BACK,
      DESCRIBED
    }
  }

  /**
   * Facts are being read.
   *
   * @param left those that are not read yet, after all that they depend on
   * @param asked those that have been asked for
   * @param again whether they were read before
   */
  record Learning(List<String> left, List<Asked> asked, boolean again) implements Frame {
    public Learning {
      left = List.copyOf(left);
      asked = List.copyOf(asked);
    }
  }

  /**
   * @param items how many elements are read; null where the fact is one read
   */
  record Asked(String fact, @Nullable Integer items) {}

  /**
   * Everything that can be decided before the first change is.
   *
   * @param claims what was asked of the ledger; null until it was
   * @param waitingSince when a lock was first found taken; null before
   */
  record Clearing(@Nullable List<Claim> claims, @Nullable Instant waitingSince) implements Frame {}

  /** What a human is asked about. */
  sealed interface Scope {
    /** All that the class does. */
    record Whole() implements Scope {}

    /** One step, or group, with all that is in it. */
    record OfStep(InStep step) implements Scope {}

    /** One execution of one change. */
    record OfChange(Changing change) implements Scope {}
  }

  /**
   * Something is rehearsed, and a human is asked about it.
   *
   * @param plan what came out; null before
   * @param needs approvals that it still needs, in the order of the file, each with the names that
   *     hold where it is first needed
   * @param asking the one that is asked for; null for none
   */
  record Approving(
      Scope scope,
      Stage stage,
      @Nullable RunPlan plan,
      Map<String, Locals> needs,
      @Nullable String asking,
      @Nullable Instant until)
      implements Frame {
    enum Stage {
      BEGUN,
      REHEARSED,
      ASKED,
      REREAD
    }

    static Approving of(Scope scope) {
      return new Approving(scope, Stage.BEGUN, null, Map.of(), null, null);
    }

    Approving at(Stage next) {
      return new Approving(scope, next, plan, needs, asking, until);
    }
  }

  /**
   * What stands above it is rehearsed and leaves no trace but the plan.
   *
   * @param deeds as they were before, as are guardrails and knowledge
   * @param steps what would be changed
   * @param needs approvals that it would need, with the names that hold there
   */
  record Rehearsing(
      Deeds deeds,
      Map<String, GuardrailRecord> guardrails,
      Knowledge knowledge,
      List<RunPlan.Step> steps,
      Map<String, Locals> needs)
      implements Frame {
    public Rehearsing {
      steps = List.copyOf(steps);
    }
  }

  /** What a list of steps belongs to. */
  enum Owner {
    REMEDIATION,
    STEP,
    ROLLBACK,
    FOLLOW_UP
  }

  /**
   * Steps in order.
   *
   * @param next index of the one that comes next
   * @param lineage ids of the steps and blocks around them
   * @param reread whether the facts of the remediation's {@code until} were read again for the next
   *     step
   */
  record Sequence(
      Owner owner,
      List<Step> steps,
      int next,
      Locals locals,
      List<String> lineage,
      @Nullable OnFailure inherited,
      boolean reread)
      implements Frame {}

  /** One step, whatever its kind. */
  record InStep(
      Step step,
      Stage stage,
      Locals locals,
      List<String> lineage,
      @Nullable OnFailure inherited,
      int doneBefore,
      int plannedBefore)
      implements Frame {
    enum Stage {
      BEGUN,
      REFRESHED,
      APPROVED,
      BODY,
      INSTEAD
    }
  }

  /**
   * An action, for one item after the other.
   *
   * @param items frozen at the start; null where it runs once, without an item
   * @param next index of the item that comes next
   */
  record Acting(
      Step.Act step,
      Locals locals,
      List<String> lineage,
      @Nullable List<Value> items,
      int next,
      List<Value> done,
      List<Value> failed,
      List<Value> refused,
      @Nullable String firstFailure,
      @Nullable Ending budgetEnd)
      implements Frame {}

  /** One read of a step, perhaps again and again. */
  record Looking(
      Step.Act step,
      String key,
      Locals locals,
      StructValue input,
      @Nullable Instant deadline,
      Duration every,
      @Nullable Value last,
      @Nullable String lastError)
      implements Frame {}

  /** One execution of a change or proposal. */
  record Changing(
      Step.Act step,
      String key,
      Locals locals,
      List<String> lineage,
      Stage stage,
      StructValue input,
      List<Claim> claims,
      @Nullable Instant lockedSince,
      @Nullable String command,
      Value result,
      boolean changed,
      int polls)
      implements Frame {
    public Changing {
      lineage = List.copyOf(lineage);
      claims = List.copyOf(claims);
    }

    Changing at(Stage next) {
      return new Changing(
          step,
          key,
          locals,
          lineage,
          next,
          input,
          claims,
          lockedSince,
          command,
          result,
          changed,
          polls);
    }

    /** With what it was found to be given and to ask of the ledger. */
    Changing given(StructValue known, List<Claim> wanted) {
      return new Changing(
          step,
          key,
          locals,
          lineage,
          stage,
          known,
          wanted,
          lockedSince,
          command,
          result,
          changed,
          polls);
    }

    Changing lockedSince(Instant at) {
      return new Changing(
          step, key, locals, lineage, stage, input, claims, at, command, result, changed, polls);
    }

    Changing made(@Nullable String typed, Value output, boolean hasChanged) {
      return new Changing(
          step,
          key,
          locals,
          lineage,
          stage,
          input,
          claims,
          lockedSince,
          typed,
          output,
          hasChanged,
          polls);
    }

    Changing polled() {
      return new Changing(
          step,
          key,
          locals,
          lineage,
          stage,
          input,
          claims,
          lockedSince,
          command,
          result,
          changed,
          polls + 1);
    }

    enum Stage {
      JUDGING,
      LOCK_AWAITED,
      LEDGER_ASKED,
      PLANNING,
      WANTED,
      RESOLVING,
      SETTLING,
      SETTLE_WAITING
    }
  }

  /** A pause, or a wait for something. */
  record Pausing(Step.Wait step, Locals locals, Instant deadline, Duration every, Stage stage)
      implements Frame {
    enum Stage {
      LOOK,
      READ,
      WAITED
    }
  }

  /** Only the command is wanted. */
  record Proposing(Step.Propose step, Locals locals) implements Frame {}

  /** Another run is waited for. */
  record Awaiting(Step.HandOff step) implements Frame {}

  /**
   * Expectations are looked at.
   *
   * @param holdingSince since when everything held; null where it does not
   */
  record Verifying(boolean once, int look, @Nullable Instant holdingSince, Stage stage)
      implements Frame {
    enum Stage {
      WAITING,
      READING
    }
  }

  /**
   * The commands for what is left are collected.
   *
   * @param left by step
   * @param commands what was learned
   */
  record Describing(List<Left> left, int next, Map<String, String> commands) implements Frame {}

  /** A change that a human is left to make. */
  record Left(String step, String action, StructValue input) {}
}
