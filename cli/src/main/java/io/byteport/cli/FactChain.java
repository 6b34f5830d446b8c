package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.cli.story.Brief;
import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Causes;
import io.byteport.engine.run.Expressions;
import io.byteport.engine.run.RunState;
import io.byteport.engine.run.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the value of a fact comes from: what it was read by or computed from, and so on down. */
final class FactChain {
  private static final int VALUE = 400;

  private final Account.Replay replay;
  private final Expressions expressions;

  FactChain(Account.Replay replay) {
    this.replay = replay;
    RunState state = replay.decided();
    this.expressions = replay.interpreter().expressions(state);
  }

  void print(Terminal terminal, String name, int depth) {
    Lines lines = new Lines(terminal);
    TermTree tree = new TermTree(lines, depth);
    print(lines, tree, name, 0, new LinkedHashSet<>(), depth);
    terminal.out().flush();
  }

  private void print(
      Lines lines, TermTree tree, String name, int indent, Set<String> told, int depth) {
    Term term = expressions.explain(name);
    boolean again = !told.add(name);
    lines.entry(
        indent,
        name + "  ",
        Style.BOLD,
        again ? "(as above)" : term.value() == null ? "" : Brief.cut(value(name, term), VALUE),
        (Style) null);
    if (again) {
      return;
    }
    if (term.value() == null) {
      lines.entry(indent + 2, "? ", Style.YELLOW, Causes.sentence(term.undecided()), Style.YELLOW);
    }
    Fact fact = replay.runbook().runbook().diagnose().get(name);
    switch (fact) {
      case Fact.Read read -> read(lines, read, indent + 2);
      case Fact.Computed computed -> term.parts().forEach(part -> tree.draw(part, indent + 2));
      case Fact.Chosen chosen -> term.parts().forEach(part -> tree.draw(part, indent + 2));
      case null -> {
        return;
      }
    }
    List<String> needs = needs(name);
    if (indent / 4 + 1 >= depth && !needs.isEmpty()) {
      lines.text(indent + 2, Style.FAINT, "from " + String.join(", ", needs));
      return;
    }
    needs.forEach(need -> print(lines, tree, need, indent + 4, told, depth));
  }

  private List<String> needs(String name) {
    return replay.runbook().factDependencies().getOrDefault(name, List.of());
  }

  private String value(String name, Term term) {
    var reading = account(name);
    return reading == null ? String.valueOf(term.value()) : reading;
  }

  /** A read's value whole, rather than the names of its fields. */
  private @Nullable String account(String name) {
    return replay.runbook().runbook().diagnose().get(name) instanceof Fact.Read
        ? expressions.value(name).map(value -> Brief.of(value, VALUE)).orElse(null)
        : null;
  }

  private void read(Lines lines, Fact.Read read, int indent) {
    lines.entry(
        indent, "read by ", Style.FAINT, read.use().action().name(), given(read.id().name()));
    if (read.when() != null) {
      lines.entry(indent, "when ", Style.FAINT, ExprPrinter.print(read.when()), "");
    }
  }

  private String given(String name) {
    StructValue input = PlanScreen.input(replay, name);
    return input == null ? "not asked" : Brief.of(input, VALUE);
  }

  Map<String, Object> json(String name) {
    return json(name, new LinkedHashSet<>());
  }

  private Map<String, Object> json(String name, Set<String> told) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("fact", name);
    if (!told.add(name)) {
      return json;
    }
    Term term = expressions.explain(name);
    json.put("value", expressions.value(name).map(ExplainJson::value).orElse(null));
    json.put("undecided", ExplainJson.causes(term.undecided()));
    if (replay.runbook().runbook().diagnose().get(name) instanceof Fact.Read read) {
      json.put("action", read.use().action().name());
      StructValue input = PlanScreen.input(replay, name);
      json.put("with", input == null ? null : ExplainJson.value(input));
      json.put("when", read.when() == null ? null : ExprPrinter.print(read.when()));
    } else {
      json.put("term", ExplainJson.term(term));
    }
    List<Object> from = new ArrayList<>();
    needs(name).forEach(need -> from.add(json(need, told)));
    json.put("from", from);
    return json;
  }
}
