package io.byteport.dsl.expr;

import io.byteport.dsl.type.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The names that an expression may use, with their types. Immutable. */
public final class Scope {

  /** One name. */
  public record Binding(TypedExpr.RootKind kind, Type type) {}

  public static final Scope EMPTY = new Scope(Map.of());

  private final Map<String, Binding> bindings;

  private Scope(Map<String, Binding> bindings) {
    this.bindings = bindings;
  }

  /**
   * This scope and one more name; names may not hide each other, so the caller has checked that it
   * is new.
   */
  public Scope with(String name, TypedExpr.RootKind kind, Type type) {
    Map<String, Binding> more = new LinkedHashMap<>(bindings);
    more.put(name, new Binding(kind, type));
    return new Scope(Collections.unmodifiableMap(more));
  }

  public Optional<Binding> find(String name) {
    return Optional.ofNullable(bindings.get(name));
  }

  /** All names in the order in which they were added. */
  public Map<String, Binding> bindings() {
    return bindings;
  }
}
