package io.byteport.dsl.check;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the type checker found out about the nodes of one runbook, beside the tree rather than in
 * it. Nodes are told apart by identity. Immutable once built.
 */
public final class Typing {
  private final IdentityHashMap<Expr, TypedExpr> exprs;
  private final IdentityHashMap<ValueExpr.Constant, Value> constants;
  private final Map<String, Type> facts;
  private final Scope running;
  private final List<Site> sites;

  /**
   * A place where an expression or a value stands.
   *
   * @param span of it, in the whole of the texts
   * @param scope the names that it may use
   * @param expectedOrNull its type as the place asks for it; null where any will do
   */
  public record Site(Span span, Scope scope, @Nullable Type expectedOrNull) {
    /** Its type as the place asks for it; empty where any will do. */
    public Optional<Type> expected() {
      return Optional.ofNullable(expectedOrNull);
    }
  }

  private Typing(
      IdentityHashMap<Expr, TypedExpr> exprs,
      IdentityHashMap<ValueExpr.Constant, Value> constants,
      Map<String, Type> facts,
      Scope running,
      List<Site> sites) {
    this.exprs = exprs;
    this.constants = constants;
    this.facts = facts;
    this.running = running;
    this.sites = List.copyOf(sites);
  }

  /** The narrowest place that holds an offset, its end included. */
  public Optional<Site> site(int offset) {
    return sites.stream()
        .filter(site -> site.span().start() <= offset && offset <= site.span().end())
        .min(Comparator.comparingInt(site -> site.span().length()));
  }

  /** Every place of an expression or a value, in the order of the checks. */
  public List<Site> sites() {
    return sites;
  }

  /**
   * The typed form of an expression of this runbook.
   *
   * @throws IllegalArgumentException if the expression is not of this runbook
   */
  public TypedExpr of(Expr expr) {
    TypedExpr typed = exprs.get(expr);
    if (typed == null) {
      throw new IllegalArgumentException("not an expression of this runbook at " + expr.span());
    }
    return typed;
  }

  /** The typed form of every expression, in no order. */
  public Collection<TypedExpr> all() {
    return exprs.values();
  }

  /** The typed form of an expression of this runbook; empty where it has an error. */
  public Optional<TypedExpr> find(Expr expr) {
    return Optional.ofNullable(exprs.get(expr));
  }

  /**
   * A constant in the type that its place asks for: {@code 5m} where a duration stands is a
   * duration.
   */
  public Value of(ValueExpr.Constant constant) {
    return constants.getOrDefault(constant, constant.value());
  }

  /** The type of each fact, those that only the verification reads included. */
  public Map<String, Type> facts() {
    return facts;
  }

  /** The names that stand for something in a run, from its first step to its end. */
  public Scope running() {
    return running;
  }

  /** Collects while the checks run. */
  static final class Builder {
    private final IdentityHashMap<Expr, TypedExpr> exprs = new IdentityHashMap<>();
    private final IdentityHashMap<ValueExpr.Constant, Value> constants = new IdentityHashMap<>();
    private final Map<String, Type> facts = new LinkedHashMap<>();
    private final List<Site> sites = new ArrayList<>();
    private Scope running = Scope.EMPTY;

    void put(Expr expr, TypedExpr typed) {
      exprs.put(expr, typed);
    }

    void put(ValueExpr.Constant constant, Value value) {
      constants.put(constant, value);
    }

    void fact(String name, Type type) {
      facts.put(name, type);
    }

    void site(Span span, Scope scope, @Nullable Type expected) {
      sites.add(new Site(span, scope, expected));
    }

    void running(Scope scope) {
      running = scope;
    }

    Typing build() {
      return new Typing(exprs, constants, Collections.unmodifiableMap(facts), running, sites);
    }
  }
}
