package io.byteport.dsl.model;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.source.Span;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One step of a remediation, a block, a rollback or what follows a verification. */
public sealed interface Step {

  Head head();

  /**
   * What every step has.
   *
   * @param id as written, or made from the step's place where it was left out; unique in the file
   * @param given whether the author wrote the id
   * @param name the timeline's words; null where the id serves
   * @param when null where it always runs
   * @param onFailure null where it was left out: then the remediation's serves for its own steps,
   *     and {@link OnFailure#STOP} elsewhere
   * @param refresh facts that are read again before it
   */
  record Head(
      Id id,
      boolean given,
      @Nullable ValueExpr name,
      @Nullable Expr when,
      @Nullable OnFailure onFailure,
      List<Id> refresh,
      Span span) {
    public Head {
      refresh = List.copyOf(refresh);
    }
  }

  /**
   * @param forEach a list, for each of whose elements it runs, in order; null for once
   * @param as the name of the element
   * @param until for a read: repeated until this holds over {@code result}; null for once
   */
  record Act(
      Head head,
      Runbook.ActionUse use,
      @Nullable Expr forEach,
      String as,
      @Nullable Expr until,
      @Nullable ValueExpr every,
      @Nullable ValueExpr within)
      implements Step {

    /**
     * By its id, which is unique in the file: steps stand in sets, and hashing all of one is long.
     */
    @Override
    public int hashCode() {
      return head.id().hashCode();
    }
  }

  record CallBlock(Head head, Id block, Map<String, ValueExpr.Entry> with) implements Step {
    public CallBlock {
      with = Collections.unmodifiableMap(new LinkedHashMap<>(with));
    }
  }

  record Group(Head head, List<Step> steps) implements Step {
    public Group {
      steps = List.copyOf(steps);
    }
  }

  /**
   * @param otherwise the steps of {@code else}; null where every case is listed
   */
  record Match(Head head, Expr subject, Map<String, Case> cases, @Nullable List<Step> otherwise)
      implements Step {
    public Match {
      cases = Collections.unmodifiableMap(new LinkedHashMap<>(cases));
      otherwise = otherwise == null ? null : List.copyOf(otherwise);
    }
  }

  record Case(Id value, List<Step> steps) {
    public Case {
      steps = List.copyOf(steps);
    }
  }

  /**
   * @param until ends the wait early; a wait with one that runs out has failed. Null for a plain
   *     pause
   */
  record Wait(Head head, ValueExpr duration, @Nullable Expr until, @Nullable ValueExpr every)
      implements Step {}

  record Propose(Head head, Runbook.ActionUse use) implements Step {}

  record Record(Head head, Map<String, ValueExpr.Entry> fields) implements Step {
    public Record {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /**
   * @param await how long to wait for the other run, then go on; null where this run ends
   */
  record HandOff(Head head, Id signal, Map<String, ValueExpr.Entry> with, @Nullable ValueExpr await)
      implements Step {
    public HandOff {
      with = Collections.unmodifiableMap(new LinkedHashMap<>(with));
    }
  }

  record Escalate(Head head, ValueExpr reason) implements Step {}
}
