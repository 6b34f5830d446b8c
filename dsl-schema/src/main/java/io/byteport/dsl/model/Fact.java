package io.byteport.dsl.model;

import io.byteport.dsl.expr.Expr;
import org.jspecify.annotations.Nullable;

/**
 * Something that a runbook knows about an incident: read by an action or computed from other facts.
 */
public sealed interface Fact {

  Id id();

  /**
   * @param when null where it is always read; a fact whose condition is false is null
   * @param forEach a list, for each of whose elements it is read; null for one read
   * @param as the name of the element
   * @param otherwise what stands for it when it cannot be read; null where it is then unavailable
   */
  record Read(
      Id id,
      Runbook.ActionUse use,
      @Nullable Expr when,
      @Nullable Expr forEach,
      String as,
      @Nullable ValueExpr otherwise)
      implements Fact {}

  record Computed(Id id, Expr expr) implements Fact {}

  record Chosen(Id id, Choice choice) implements Fact {}
}
