package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.TypedExpr.RootKind;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Runbook.Block;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.Assignment;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.Special;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The types of facts and of what steps leave. Computed facts and records take theirs from what they
 * name, so each is typed after that, whatever the order of the file; what a read or an action
 * returns is declared, and no order matters.
 */
final class FactTyping {
  private final Subject subject;
  private final Findings findings;
  private final ValueTyping values;
  private final ActionTyping actions;
  private final TypingContext context;
  private final ScopeBuilder scopes;
  private final Map<String, Fact> facts;
  private final Map<String, StepTree.Placed> steps = new LinkedHashMap<>();
  private final Set<String> underWay = new HashSet<>();
  private final Set<String> done = new HashSet<>();
  private final Map<Step.Act, Type> items = new HashMap<>();

  FactTyping(TypingContext context, ScopeBuilder scopes) {
    this.context = context;
    this.subject = context.subject();
    this.findings = context.findings();
    this.values = context.values();
    this.actions = context.actions();
    this.scopes = scopes;
    this.facts = subject.facts();
    for (StepTree.Placed placed : subject.tree().all()) {
      steps.putIfAbsent(placed.step().head().id().name(), placed);
    }
  }

  /** Types every fact and every result of a step. */
  void run() {
    facts.keySet().forEach(this::fact);
    steps.keySet().forEach(this::step);
  }

  /** What a step over a list sees as its element. */
  Type item(Step.Act act) {
    return items.getOrDefault(act, Special.UNKNOWN);
  }

  private Scope scope() {
    return scopes.running(facts.keySet());
  }

  private Scope scope(StepTree.Placed placed) {
    Block block = placed.block();
    return block == null ? scope() : scope().with("args", RootKind.LOCAL, context.args(block));
  }

  private void learn(Mentions mentions) {
    mentions.roots().forEach(this::fact);
    mentions.before().forEach(this::fact);
    mentions.steps().forEach(this::step);
  }

  private boolean enter(String node, Span span, String what) {
    if (done.contains(node)) {
      return false;
    }
    if (!underWay.add(node)) {
      done.add(node);
      findings.add(
          DiagnosticCode.FLOW_CYCLE,
          span,
          "expected a type that does not hang on itself, found that of "
              + what
              + ", which does through `before` or `steps`",
          "read what you need from a fact that does not name this one");
      return false;
    }
    return true;
  }

  private void leave(String node) {
    underWay.remove(node);
    done.add(node);
  }

  private void fact(String name) {
    Fact fact = facts.get(name);
    if (fact == null || (underWay.contains(name) && inGraphCircle(name))) {
      return;
    }
    if (fact instanceof Fact.Read read) {
      read(read);
      return;
    }
    if (!enter(name, fact.id().span(), "the fact `" + name + "`")) {
      return;
    }
    learn(Mentions.of(fact, subject));
    if (!scopes.facts().containsKey(name)) {
      scopes.fact(
          name,
          switch (fact) {
            case Fact.Computed computed -> values.expr(computed.expr(), scope(), null);
            case Fact.Chosen chosen -> values.choice(chosen.choice(), scope(), null);
            case Fact.Read read -> Special.UNKNOWN;
          });
    }
    leave(name);
  }

  /** A circle of facts is the graph's to report. */
  private boolean inGraphCircle(String name) {
    Set<String> seen = new HashSet<>();
    ArrayDeque<String> open = new ArrayDeque<>(direct(name));
    while (!open.isEmpty()) {
      String next = open.pop();
      if (next.equals(name)) {
        return true;
      }
      if (seen.add(next)) {
        open.addAll(direct(next));
      }
    }
    return false;
  }

  private Set<String> direct(String name) {
    Fact fact = facts.get(name);
    Set<String> roots =
        fact == null ? new HashSet<>() : new HashSet<>(Mentions.of(fact, subject).roots());
    roots.retainAll(facts.keySet());
    return roots;
  }

  /** What a read yields is declared by its action; only the rest of it hangs on other facts. */
  private void read(Fact.Read read) {
    String name = read.id().name();
    if (!done.add(name)) {
      return;
    }
    Type type = actions.output(read.use());
    if (read.forEach() != null) {
      type = new ListType(type);
    }
    if (read.when() != null) {
      type = type.orNull();
    }
    if (read.otherwise() != null) {
      scopes.fact(name, type);
      learn(Mentions.of(Map.of("otherwise", new ValueExpr.Entry(read.id(), read.otherwise()))));
      Type otherwise = values.value(read.otherwise(), scope(), type.orNull());
      boolean known = actions.find(read.use()).isPresent();
      type = known ? Assignment.join(type, otherwise).orElse(type) : type;
    }
    scopes.fact(name, type);
  }

  private void step(String id) {
    StepTree.Placed placed = steps.get(id);
    if (placed == null) {
      return;
    }
    String node = "steps." + id;
    switch (placed.step()) {
      case Step.Act act when act.forEach() != null -> {
        if (enter(node, act.head().id().span(), "the step `" + id + "`")) {
          learn(Mentions.of(act.forEach()));
          Type list = values.expr(act.forEach(), scope(placed), null);
          Type item = element(list, act.forEach().span());
          items.put(act, item);
          scopes.result(id, LanguageTypes.forEachResult(item, actions.output(act.use())));
          leave(node);
        }
      }
      case Step.Act act -> scopes.result(id, actions.output(act.use()).orNull());
      case Step.Record fields -> {
        if (enter(node, fields.head().id().span(), "the step `" + id + "`")) {
          learn(Mentions.of(fields.fields()));
          scopes.result(id, values.shape(fields.fields(), scope(placed)).orNull());
          leave(node);
        }
      }
      case Step.Propose propose -> scopes.result(id, actions.output(propose.use()).orNull());
      case Step.CallBlock call -> scopes.result(id, Special.NULL);
      case Step.Group group -> scopes.result(id, Special.NULL);
      case Step.Match match -> scopes.result(id, Special.NULL);
      case Step.Wait wait -> scopes.result(id, Special.NULL);
      case Step.HandOff handOff -> scopes.result(id, Special.NULL);
      case Step.Escalate escalate -> scopes.result(id, Special.NULL);
    }
  }

  /** The element of a list, of which null has none. */
  Type element(Type list, Span span) {
    return switch (list.nonNull()) {
      case ListType elements -> elements.element();
      case Special special when special == Special.UNKNOWN -> special;
      default -> {
        findings.add(
            DiagnosticCode.EXPR_TYPE,
            span,
            "expected a list, found " + list,
            "name a list, whose elements are taken one by one");
        yield Special.UNKNOWN;
      }
    };
  }
}
