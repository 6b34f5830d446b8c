package io.byteport.engine.coverage;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Notice;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value.NumberValue;
import io.byteport.engine.coverage.Point.Key;
import io.byteport.engine.coverage.Point.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything about one runbook that its tests can reach. */
final class Points {
  static final String UNKNOWN = "unknown";
  static final String NO_RULE = "no rule holds";
  static final String UNDECIDED = "undecided";
  static final String UNSURE = "not sure enough";
  static final String RESOLVED = "resolved";
  static final String UNVERIFIED = "verification failed";
  static final String UNCHANGED = "nothing was changed";
  static final String OUTCOME_UNKNOWN = "outcome not known";
  static final String RUN = "run";

  /** A choice with a name that people know it by. */
  record NamedChoice(String name, Choice choice) {}

  /** A condition that decides whether something happens at all. */
  record Gate(String name, Expr condition, String open, String shut) {}

  private final CheckedRunbook checked;
  private final Runbook runbook;
  private final Map<Key, Point> points = new LinkedHashMap<>();

  private Points(CheckedRunbook checked) {
    this.checked = checked;
    this.runbook = checked.runbook();
  }

  /** In the order of the kinds, and within one of the file. */
  static Map<Key, Point> of(CheckedRunbook checked) {
    Points points = new Points(checked);
    points.rules();
    points.classes();
    points.runbook.guardrails().values().forEach(points::guardrail);
    checked.steps().values().forEach(points::step);
    gates(points.runbook).forEach(points::gate);
    choices(points.runbook).forEach(points::choice);
    points.expectations();
    points
        .runbook
        .detectors()
        .values()
        .forEach(one -> points.add(Kind.SIGNAL, one.id().name(), "arrives", one.id().span()));
    points.endings();
    return points.points;
  }

  private void add(Kind kind, String name, String branch, Span span) {
    add(kind, name, branch, span, true);
  }

  private void add(Kind kind, String name, String branch, Span span, boolean counts) {
    points.putIfAbsent(new Key(kind, name, branch), new Point(kind, name, branch, span, counts));
  }

  /** What people call each rule: its class, numbered where that has several. */
  static List<String> ruleNames(Runbook runbook) {
    List<String> names = new ArrayList<>();
    for (Runbook.Rule rule : runbook.classify().rules()) {
      String name = rule.classId().name();
      int before = 1;
      String numbered = name;
      while (names.contains(numbered)) {
        numbered = name + " (" + ++before + ")";
      }
      names.add(numbered);
    }
    return names;
  }

  private void rules() {
    List<String> names = ruleNames(runbook);
    List<Runbook.Rule> rules = runbook.classify().rules();
    for (int i = 0; i < names.size(); i++) {
      Span span = rules.get(i).when().span();
      add(Kind.RULE, names.get(i), "true", span);
      add(Kind.RULE, names.get(i), "false", span);
      add(Kind.RULE, names.get(i), UNDECIDED, span, false);
    }
  }

  private void classes() {
    for (Runbook.Rule rule : runbook.classify().rules()) {
      Runbook.Remediation remediation = runbook.remediate().get(rule.classId().name());
      Span span = remediation == null ? rule.classId().span() : remediation.classId().span();
      add(Kind.CLASS, rule.classId().name(), "reached", span);
    }
    Runbook.Remediation unknown = runbook.remediate().get(UNKNOWN);
    add(
        Kind.CLASS,
        UNKNOWN,
        "reached",
        unknown == null ? runbook.classify().span() : unknown.classId().span());
  }

  private void guardrail(Guardrail guardrail) {
    String id = guardrail.id().name();
    Span span = guardrail.id().span();
    switch (guardrail.rule()) {
      case Guardrail.Approve approve -> {
        add(Kind.GUARDRAIL, id, "approved", span);
        add(Kind.GUARDRAIL, id, "declined", span);
        add(Kind.GUARDRAIL, id, "unanswered", span);
        if (approve.unless() != null) {
          add(Kind.GUARDRAIL, id, "unasked", approve.unless().span());
        }
      }
      case Guardrail.Forbid forbid -> {
        // it is asked about changes only
        add(Kind.GUARDRAIL, id, "allowed", span, changesSomething() && mayBeAsked(guardrail));
        // validation lets no step pass that is known to be forbidden
        add(Kind.GUARDRAIL, id, "refused", span, false);
      }
      case Guardrail.Limit limit -> allowedAndRefused(id, span);
      case Guardrail.Lock lock -> allowedAndRefused(id, span);
      case Guardrail.Skip skip -> judged(id, span);
      case Guardrail.Require require -> judged(id, span);
      case Guardrail.Protect protect -> judged(id, span);
    }
  }

  /** Not where it guards nothing but classes that only look, propose and call people. */
  private boolean mayBeAsked(Guardrail guardrail) {
    return guardrail.guards().isEmpty()
        || guardrail.guards().stream()
            .map(id -> runbook.remediate().get(id.name()))
            .anyMatch(
                guarded ->
                    guarded == null || !guarded.steps().stream().allMatch(this::leavesAlone));
  }

  private boolean leavesAlone(Step step) {
    return step instanceof Step.Escalate
        || step instanceof Step.Act act && effect(act) != Effect.CHANGE;
  }

  private boolean changesSomething() {
    return checked.steps().values().stream()
        .anyMatch(step -> step instanceof Step.Act act && effect(act) == Effect.CHANGE);
  }

  private void allowedAndRefused(String id, Span span) {
    add(Kind.GUARDRAIL, id, "allowed", span);
    add(Kind.GUARDRAIL, id, "refused", span);
  }

  private void judged(String id, Span span) {
    allowedAndRefused(id, span);
    add(Kind.GUARDRAIL, id, UNDECIDED, span, false);
  }

  private void step(Step step) {
    String id = step.head().id().name();
    Span span = step.head().given() ? step.head().id().span() : step.head().span();
    add(Kind.STEP, id, "reached", span);
    switch (step) {
      case Step.Act act -> {
        if (effect(act) == Effect.CHANGE) {
          add(Kind.CHANGE, id, "made", act.use().action().span());
        }
        add(Kind.ENDING, id, "failed", act.use().action().span());
      }
      case Step.Wait wait -> {
        if (wait.until() != null) {
          add(Kind.ENDING, id, "failed", span);
        }
      }
      case Step.Match match -> {
        match
            .cases()
            .values()
            .forEach(one -> add(Kind.BRANCH, id, one.value().name(), one.value().span()));
        if (match.otherwise() != null) {
          add(Kind.BRANCH, id, "else", span);
        }
      }
      case Step.CallBlock call -> {}
      case Step.Group group -> {}
      case Step.Propose propose -> {}
      case Step.Record record -> {}
      case Step.HandOff handOff -> {}
      case Step.Escalate escalate -> {}
    }
    if (step.head().when() != null) {
      add(Kind.BRANCH, id, "left out", step.head().when().span());
    }
  }

  private @Nullable Effect effect(Step.Act act) {
    return checked
        .catalogue()
        .action(act.use().action().name())
        .map(ActionDescription::effect)
        .orElse(null);
  }

  /** Conditions on reads, channels and rollbacks. */
  static List<Gate> gates(Runbook runbook) {
    List<Gate> gates = new ArrayList<>();
    for (Fact fact : runbook.diagnose().values()) {
      if (fact instanceof Fact.Read read && read.when() != null) {
        gates.add(new Gate(fact.id().name(), read.when(), "read", "not read"));
      }
    }
    channels(gates, "escalate", runbook.escalate().notice());
    channels(gates, "resolve", runbook.resolve());
    runbook.notices().forEach((event, notice) -> channels(gates, event, notice));
    rollback(gates, "rollback", runbook.rollback());
    runbook.remediate().forEach((name, one) -> rollback(gates, name + ".rollback", one.rollback()));
    return gates;
  }

  private static void rollback(List<Gate> gates, String name, Runbook.@Nullable Rollback rollback) {
    if (rollback != null && rollback.when() != null) {
      gates.add(new Gate(name, rollback.when(), "done", "left out"));
    }
  }

  private static void channels(List<Gate> gates, String event, @Nullable Notice notice) {
    if (notice != null) {
      notice
          .to()
          .forEach(
              (kind, channel) -> {
                if (channel.when() != null) {
                  gates.add(new Gate(event + "." + kind, channel.when(), "told", "not told"));
                }
              });
    }
  }

  private void gate(Gate gate) {
    add(Kind.BRANCH, gate.name(), gate.open(), gate.condition().span());
    add(Kind.BRANCH, gate.name(), gate.shut(), gate.condition().span());
  }

  /** Every list of values of which a condition selects one. */
  static List<NamedChoice> choices(Runbook runbook) {
    List<NamedChoice> choices = new ArrayList<>();
    named(choices, "severity", runbook.severity());
    runbook.detectors().forEach((id, one) -> named(choices, id + ".severity", one.severity()));
    runbook
        .diagnose()
        .forEach(
            (id, fact) -> {
              if (fact instanceof Fact.Chosen chosen) {
                named(choices, id, chosen.choice());
              }
            });
    List<String> names = ruleNames(runbook);
    for (int i = 0; i < names.size(); i++) {
      named(choices, names.get(i) + ".confidence", runbook.classify().rules().get(i).confidence());
    }
    named(choices, "summary", runbook.summary());
    named(choices, "priority", runbook.escalate().priority());
    return choices;
  }

  private static void named(List<NamedChoice> choices, String name, @Nullable Choice choice) {
    if (choice != null && choice.options().stream().anyMatch(option -> option.when() != null)) {
      choices.add(new NamedChoice(name, choice));
    }
  }

  /** An entry is called by its place and what it says. */
  static String entry(CheckedRunbook checked, Choice choice, int index) {
    String text = checked.source().text(choice.options().get(index).value().span()).strip();
    String line = text.lines().findFirst().orElse("");
    return (index + 1) + ", " + (line.length() > 40 ? line.substring(0, 39) + "…" : line);
  }

  private void choice(NamedChoice named) {
    List<Choice.Option> options = named.choice().options();
    for (int i = 0; i < options.size(); i++) {
      add(Kind.CHOICE, named.name(), entry(checked, named.choice(), i), options.get(i).span());
    }
  }

  private void expectations() {
    expectations("", runbook.verify());
    runbook.remediate().forEach((name, one) -> expectations(name + ".", one.verify()));
  }

  private void expectations(String prefix, Runbook.@Nullable Verify verify) {
    for (Runbook.Expectation one :
        verify == null ? List.<Runbook.Expectation>of() : verify.expect().values()) {
      String name = prefix + one.id().name();
      add(Kind.EXPECTATION, name, "true", one.id().span());
      add(Kind.EXPECTATION, name, "false", one.id().span());
      add(Kind.EXPECTATION, name, UNDECIDED, one.id().span(), false);
    }
  }

  private void endings() {
    Span classify = runbook.classify().span();
    add(Kind.ENDING, UNKNOWN, NO_RULE, classify);
    add(Kind.ENDING, UNKNOWN, UNDECIDED, classify);
    if (runbook.classify().rules().stream().anyMatch(this::mayBeUnsure)) {
      add(Kind.ENDING, RUN, UNSURE, classify);
    }
    boolean changes = points.keySet().stream().anyMatch(key -> key.kind() == Kind.CHANGE);
    if (changes) {
      Span verified =
          runbook.verify() == null ? runbook.escalate().notice().span() : runbook.verify().span();
      if (!alwaysEscalates(runbook.verify())) {
        add(Kind.ENDING, RUN, RESOLVED, verified);
      }
      add(Kind.ENDING, RUN, UNVERIFIED, verified);
      Span escalate = runbook.escalate().notice().span();
      add(Kind.ENDING, RUN, UNCHANGED, escalate);
      add(Kind.ENDING, RUN, OUTCOME_UNKNOWN, escalate);
    }
  }

  /** Whether a human is called even where all is well again. */
  private static boolean alwaysEscalates(Runbook.@Nullable Verify verify) {
    return verify != null
        && verify.then().stream()
            .anyMatch(step -> step instanceof Step.Escalate && step.head().when() == null);
  }

  private boolean mayBeUnsure(Runbook.Rule rule) {
    double needed = runbook.classify().minConfidence();
    return rule.confidence().options().stream()
        .anyMatch(
            option ->
                !(option.value() instanceof ValueExpr.Constant constant
                    && checked.typing().of(constant) instanceof NumberValue number
                    && number.value() >= needed));
  }

  /** The guardrails that refuse where their condition cannot be decided. */
  static @Nullable Expr condition(Guardrail guardrail) {
    return switch (guardrail.rule()) {
      case Guardrail.Skip skip -> skip.condition();
      case Guardrail.Require require -> require.condition();
      case Guardrail.Protect protect -> protect.condition();
      case Guardrail.Limit limit -> null;
      case Guardrail.Lock lock -> null;
      case Guardrail.Approve approve -> null;
      case Guardrail.Forbid forbid -> null;
    };
  }

  /** Ids of all expectations of a class. */
  static Set<String> own(Runbook runbook, String classId) {
    Runbook.Remediation remediation = runbook.remediate().get(classId);
    return remediation == null || remediation.verify() == null
        ? Set.of()
        : remediation.verify().expect().keySet();
  }
}
