package io.byteport.dsl.check;

import io.byteport.dsl.check.Declared.Kind;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.value.Value.TextValue;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which declaration is named from where. What stands outside all declarations is where a runbook
 * acts and speaks, and counts as used.
 */
final class Uses {
  /** Where the names of a part of the runbook count. */
  private static final Map<String, Kind> ROOTS =
      Map.of("params", Kind.PARAMETER, "inputs", Kind.INPUT, "before", Kind.FACT);

  private final Set<Declared> declared;
  private final Set<Declared> direct = new LinkedHashSet<>();
  private final Map<Declared, Set<Declared>> within = new LinkedHashMap<>();

  Uses(Set<Declared> declared) {
    this.declared = declared;
  }

  /** What is named by something that a run reaches. */
  Set<Declared> used() {
    return reached(direct);
  }

  /** What these name, directly and through others, themselves included. */
  Set<Declared> reached(Collection<Declared> from) {
    Set<Declared> reached = new LinkedHashSet<>();
    ArrayDeque<Declared> open = new ArrayDeque<>(from);
    while (!open.isEmpty()) {
      Declared next = open.poll();
      if (reached.add(next)) {
        open.addAll(named(next));
      }
    }
    return reached;
  }

  /** What a declaration names directly. */
  Set<Declared> named(Declared owner) {
    return within.getOrDefault(owner, Set.of());
  }

  /** A view of this for the expressions of one place. */
  At at(@Nullable Declared owner, String block) {
    return new At(owner, block);
  }

  /** Takes up what one place names. */
  final class At {
    private final @Nullable Declared owner;
    private final String block;

    private At(@Nullable Declared owner, String block) {
      this.owner = owner;
      this.block = block;
    }

    void use(Declared one) {
      if (!declared.contains(one) || one.equals(owner)) {
        return;
      }
      if (owner == null) {
        direct.add(one);
      } else {
        within.computeIfAbsent(owner, key -> new LinkedHashSet<>()).add(one);
      }
    }

    void facts(Collection<Id> ids) {
      ids.forEach(id -> use(Declared.of(Kind.FACT, id)));
    }

    void exprs(@Nullable Collection<Expr> exprs) {
      if (exprs != null) {
        exprs.forEach(this::expr);
      }
    }

    void expr(@Nullable Expr expr) {
      switch (expr) {
        case null -> {}
        case Expr.Field field when field.target() instanceof Expr.Name root ->
            member(root, field.name());
        case Expr.Index index
            when index.target() instanceof Expr.Name root
                && index.key() instanceof Expr.Literal key
                && key.value() instanceof TextValue name ->
            member(root, name.value());
        case Expr.Name name -> whole(name.name());
        default -> expr.children().forEach(this::expr);
      }
    }

    private void member(Expr.Name root, String name) {
      Kind kind = ROOTS.get(root.name());
      if (root.name().equals("args")) {
        use(Declared.argument(block, name));
      } else if (kind != null) {
        use(Declared.of(kind, name));
      } else {
        whole(root.name());
      }
    }

    /** A fact, or all that a root holds. */
    private void whole(String name) {
      Kind kind = ROOTS.get(name);
      for (Declared one : declared) {
        boolean argument = name.equals("args") && one.owner().equals(block);
        if (one.kind() == kind || (one.kind() == Kind.ARGUMENT && argument)) {
          use(one);
        }
      }
      use(Declared.of(Kind.FACT, name));
    }

    void values(Map<String, ValueExpr.Entry> entries) {
      entries.values().forEach(entry -> value(entry.value()));
    }

    void values(Collection<? extends ValueExpr> values) {
      values.forEach(this::value);
    }

    void value(@Nullable ValueExpr value) {
      switch (value) {
        case null -> {}
        case ValueExpr.Constant constant -> {}
        case ValueExpr.Single single -> expr(single.expr());
        case ValueExpr.Interpolated text -> {
          for (Template.Part part : text.template().parts()) {
            if (part instanceof Template.Hole hole) {
              expr(hole.expr());
            }
          }
        }
        case ValueExpr.ListOf list -> values(list.items());
        case ValueExpr.MapOf map -> values(map.entries());
      }
    }

    void choice(@Nullable Choice choice) {
      if (choice != null) {
        for (Choice.Option option : choice.options()) {
          expr(option.when());
          value(option.value());
        }
      }
    }
  }
}
