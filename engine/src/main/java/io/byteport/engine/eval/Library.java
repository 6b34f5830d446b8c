package io.byteport.engine.eval;

import io.byteport.dsl.expr.TypedExpr;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the functions of the library do, by name. Their signatures stand with the type checker.
 * Stateless.
 */
final class Library {
  private final Map<String, Implementation> byName = new LinkedHashMap<>();

  /** What a function does. */
  interface Implementation {
    Evaluation call(Invocation invocation);
  }

  Library() {
    ListFunctions.addTo(byName);
    NumberFunctions.addTo(byName);
    TimeFunctions.addTo(byName);
    SeriesFunctions.addTo(byName);
    TextFunctions.addTo(byName);
  }

  Set<String> names() {
    return Collections.unmodifiableSet(byName.keySet());
  }

  Evaluation call(TypedExpr.Call call, Walk walk) {
    Implementation implementation = byName.get(call.function().name());
    if (implementation == null) {
      throw new IllegalArgumentException("not in the library: " + call.function().name());
    }
    return implementation.call(new Invocation(call, walk));
  }
}
