package io.byteport.dsl.expr;

import io.byteport.dsl.type.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The names that an expression may use, with their types. Immutable. */
public final class Scope {

  /** One name. */
  public record Binding(TypedExpr.RootKind kind, Type type) {}

  public static final Scope EMPTY = new Scope(null, Map.of());

  private final @Nullable Scope outer;
  private final Map<String, Binding> own;

  private Scope(@Nullable Scope outer, Map<String, Binding> own) {
    this.outer = outer;
    this.own = own;
  }

  /**
   * This scope and one more name; names may not hide each other, so the caller has checked that it
   * is new.
   */
  public Scope with(String name, TypedExpr.RootKind kind, Type type) {
    return with(Map.of(name, new Binding(kind, type)));
  }

  /** This scope and more names, none of which it has. */
  public Scope with(Map<String, Binding> more) {
    return new Scope(this, more);
  }

  public Optional<Binding> find(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Binding binding = scope.own.get(name);
      if (binding != null) {
        return Optional.of(binding);
      }
    }
    return Optional.empty();
  }

  /** All names in the order in which they were added. */
  public Map<String, Binding> bindings() {
    Map<String, Binding> all = new LinkedHashMap<>(outer == null ? Map.of() : outer.bindings());
    all.putAll(own);
    return Collections.unmodifiableMap(all);
  }
}
