package io.byteport.dsl.model;

import io.byteport.dsl.expr.Expr;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a human is called.
 *
 * @param priority null where the severity serves
 * @param dedupPer what makes two escalations the same; null for target and class
 * @param dedupFor for how long the second is not sent; null for 24 hours
 * @param commands for every class, under the empty name, or by class
 * @param commandClasses the classes that {@code commands} names, with their places
 */
public record Escalation(
    Notice notice,
    @Nullable Choice priority,
    @Nullable List<Expr> dedupPer,
    @Nullable ValueExpr dedupFor,
    List<ValueExpr> nextSteps,
    Map<String, List<ValueExpr>> commands,
    List<Id> commandClasses) {

  /** The key of {@code commands} that holds for every class. */
  public static final String EVERY_CLASS = "";

  public Escalation {
    dedupPer = dedupPer == null ? null : List.copyOf(dedupPer);
    nextSteps = List.copyOf(nextSteps);
    commands = Runbook.frozen(commands);
    commandClasses = List.copyOf(commandClasses);
  }
}
