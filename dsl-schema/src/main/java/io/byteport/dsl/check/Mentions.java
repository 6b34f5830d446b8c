package io.byteport.dsl.check;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.Names;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Runbook.ActionUse;
import io.byteport.dsl.model.ValueExpr;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that a part of a runbook mentions.
 *
 * @param roots every first name: facts, {@code params}, {@code steps}, ...
 * @param before the facts that it reads as they were, through {@code before}
 * @param steps the steps that it asks about
 */
record Mentions(Set<String> roots, Set<String> before, Set<String> steps) {

  private static Mentions of(List<Expr> exprs) {
    Set<String> roots = new LinkedHashSet<>();
    Set<String> before = new LinkedHashSet<>();
    Set<String> steps = new LinkedHashSet<>();
    for (Expr expr : exprs) {
      Names names = Names.of(expr);
      roots.addAll(names.roots());
      before.addAll(names.factsBefore());
      steps.addAll(names.members("steps"));
    }
    return new Mentions(roots, before, steps);
  }

  static Mentions of(Expr expr) {
    return of(List.of(expr));
  }

  /** Of a fact, with the defaults that its action takes from the family. */
  static Mentions of(Fact fact, Subject subject) {
    List<Expr> exprs = new ArrayList<>();
    switch (fact) {
      case Fact.Computed computed -> exprs.add(computed.expr());
      case Fact.Chosen chosen -> add(chosen.choice(), exprs);
      case Fact.Read read -> {
        add(read.when(), exprs);
        add(read.forEach(), exprs);
        add(read.otherwise(), exprs);
        add(read.use(), subject, exprs);
      }
    }
    return of(exprs);
  }

  static Mentions of(Map<String, ValueExpr.Entry> entries) {
    List<Expr> exprs = new ArrayList<>();
    entries.values().forEach(entry -> add(entry.value(), exprs));
    return of(exprs);
  }

  private static void add(ActionUse use, Subject subject, List<Expr> exprs) {
    use.with().values().forEach(entry -> add(entry.value(), exprs));
    ActionTyping.defaults(subject, use).values().forEach(entry -> add(entry.value(), exprs));
    add(use.timeout(), exprs);
  }

  private static void add(@Nullable Expr expr, List<Expr> exprs) {
    if (expr != null) {
      exprs.add(expr);
    }
  }

  private static void add(Choice choice, List<Expr> exprs) {
    for (Choice.Option option : choice.options()) {
      add(option.when(), exprs);
      add(option.value(), exprs);
    }
  }

  private static void add(@Nullable ValueExpr value, List<Expr> exprs) {
    switch (value) {
      case null -> {}
      case ValueExpr.Constant constant -> {}
      case ValueExpr.Single single -> exprs.add(single.expr());
      case ValueExpr.Interpolated text -> {
        for (Template.Part part : text.template().parts()) {
          if (part instanceof Template.Hole hole) {
            exprs.add(hole.expr());
          }
        }
      }
      case ValueExpr.ListOf list -> list.items().forEach(item -> add(item, exprs));
      case ValueExpr.MapOf map ->
          map.entries().values().forEach(entry -> add(entry.value(), exprs));
    }
  }
}
