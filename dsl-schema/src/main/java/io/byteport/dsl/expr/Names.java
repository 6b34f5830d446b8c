package io.byteport.dsl.expr;

import io.byteport.dsl.value.Value.TextValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The names that an expression reaches, in the order in which they stand there.
 *
 * @param roots every first name: facts, {@code params}, {@code steps}, {@code before}, ...
 * @param members for each root that fields are taken of, the first of them: for {@code
 *     before.disk.free} the entry {@code before} holds {@code disk}
 */
public record Names(Set<String> roots, Map<String, Set<String>> members) {

  public Names {
    roots = Collections.unmodifiableSet(new LinkedHashSet<>(roots));
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** The names of a syntax tree, before any of them is known to exist. */
  public static Names of(Expr expr) {
    Collector collector = new Collector();
    collector.visit(expr);
    return new Names(collector.roots, collector.members);
  }

  /** The names of a typed expression. */
  public static Names of(TypedExpr expr) {
    return of(expr.syntax());
  }

  /** The fields that are taken directly of a root; empty where there are none. */
  public Set<String> members(String root) {
    return members.getOrDefault(root, Set.of());
  }

  /**
   * The facts among the roots, as they are now; a fact of {@code before} is not among them, since
   * it is never read again.
   */
  public Set<String> facts(Scope scope) {
    Set<String> facts = new LinkedHashSet<>();
    for (String root : roots) {
      scope
          .find(root)
          .filter(binding -> binding.kind() == TypedExpr.RootKind.FACT)
          .ifPresent(binding -> facts.add(root));
    }
    return facts;
  }

  /** The facts as they were at the end of the classifying pass, through {@code before}. */
  public Set<String> factsBefore() {
    return members("before");
  }

  private static final class Collector {
    private final Set<String> roots = new LinkedHashSet<>();
    private final Map<String, Set<String>> members = new LinkedHashMap<>();

    private void visit(Expr expr) {
      if (expr instanceof Expr.Name name) {
        roots.add(name.name());
      }
      if (expr instanceof Expr.Field field && field.target() instanceof Expr.Name name) {
        members.computeIfAbsent(name.name(), root -> new LinkedHashSet<>()).add(field.name());
      }
      if (expr instanceof Expr.Index index
          && index.target() instanceof Expr.Name name
          && index.key() instanceof Expr.Literal literal
          && literal.value() instanceof TextValue key) {
        members.computeIfAbsent(name.name(), root -> new LinkedHashSet<>()).add(key.value());
      }
      expr.children().forEach(this::visit);
    }
  }
}
