package io.byteport.dsl.model;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A limit on what a run may do.
 *
 * @param guards steps, groups, classes or dotted actions that it guards; empty for every change
 * @param then what a refusal leads to
 * @param because why, for people; null where the kind says it
 */
public record Guardrail(
    Id id, Rule rule, List<Id> guards, Then then, @Nullable ValueExpr because, Span span) {

  public Guardrail {
    guards = List.copyOf(guards);
  }

  public enum Then {
    ESCALATE,
    SKIP
  }

  /** Exactly one kind. */
  public sealed interface Rule {}

  /** The run ends skipped where this holds. */
  public record Skip(Expr condition) implements Rule {}

  public record Require(Expr condition) implements Rule {}

  /**
   * @param per what is counted together; empty for the target
   * @param shared the name under which runbooks count together; null for this runbook alone (or, on
   *     dotted actions, all)
   */
  public record Limit(ValueExpr limit, ValueExpr every, List<Expr> per, @Nullable String shared)
      implements Rule {
    public Limit {
      per = List.copyOf(per);
    }
  }

  /**
   * @param per what is locked; empty for one lock of that name
   * @param waitFor how long to wait for it; null for not at all
   */
  public record Lock(String name, List<Expr> per, @Nullable ValueExpr waitFor, Busy busy)
      implements Rule {
    public Lock {
      per = List.copyOf(per);
    }
  }

  public enum Busy {
    ESCALATE,
    JOIN
  }

  /**
   * @param within null for 30 minutes
   * @param unless null where a human is always asked
   */
  public record Approve(ValueExpr question, @Nullable ValueExpr within, @Nullable Expr unless)
      implements Rule {}

  /**
   * Resources, verbs and fields that no step may touch; empty {@code rules} forbids every change.
   */
  public record Forbid(List<Forbidden> rules) implements Rule {
    public Forbid {
      rules = List.copyOf(rules);
    }
  }

  /** An empty list of fields means all of them. */
  public record Forbidden(List<Id> resources, List<Id> verbs, List<Id> fields) {
    public Forbidden {
      resources = List.copyOf(resources);
      verbs = List.copyOf(verbs);
      fields = List.copyOf(fields);
    }
  }

  /** Items for which this holds are never touched. */
  public record Protect(Expr condition) implements Rule {}
}
