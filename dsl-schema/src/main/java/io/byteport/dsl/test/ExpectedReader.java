package io.byteport.dsl.test;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprParser;
import io.byteport.dsl.expr.TypeChecker;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value.NumberValue;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what a case expects. What the schema has found wrong already is passed over in silence. */
final class ExpectedReader {
  private final CheckedRunbook checked;
  private final TestFindings findings;
  private final WorldReader world;

  ExpectedReader(CheckedRunbook checked, TestFindings findings, WorldReader world) {
    this.checked = checked;
    this.findings = findings;
    this.world = world;
  }

  List<Expected> read(YamlMapping expect) {
    List<Expected> expected = new ArrayList<>();
    OutcomeReader outcomes = new OutcomeReader(checked, findings, world);
    for (Entry entry : expect.entries()) {
      switch (entry.key().text()) {
        case "with" -> with(entry.value(), expected);
        case "assert" -> asserted(entry.value(), expected);
        case "rules", "guardrails", "expectations", "steps", "took", "postmortem", "notice" ->
            expected.addAll(outcomes.read(entry));
        default -> one(expect, entry).ifPresent(expected::add);
      }
    }
    return expected;
  }

  /** The key with its value; of what a table has given, its place in the row. */
  static Span place(YamlMapping parent, Entry entry) {
    Span key = entry.key().span();
    Span value = entry.value().span();
    if (!isInside(parent, value)) {
      return value;
    }
    return isInside(parent, key) ? key.to(value) : key;
  }

  private static boolean isInside(YamlMapping parent, Span span) {
    return span.start() >= parent.span().start() && span.end() <= parent.span().end();
  }

  private Optional<Expected> one(YamlMapping expect, Entry entry) {
    YamlNode node = entry.value();
    Span span = place(expect, entry);
    Optional<YamlScalar> word =
        node instanceof YamlScalar scalar && !scalar.value().isNull()
            ? Optional.of(scalar)
            : Optional.empty();
    Optional<Double> number =
        FixtureValues.raw(node) instanceof NumberValue value
            ? Optional.of(value.value())
            : Optional.empty();
    return switch (entry.key().text()) {
      case "class" -> word.filter(this::isClass).map(one -> new Expected.OfClass(one.text(), span));
      case "confidence" -> number.map(value -> new Expected.Confidence(value, span));
      case "severity" -> word.map(one -> new Expected.Severity(one.text(), span));
      case "passes" -> number.map(value -> new Expected.Passes(value.intValue(), span));
      case "undecided" -> Optional.of(new Expected.Undecided(names(node, facts(), "a fact"), span));
      case "plan" -> Optional.of(new Expected.Plan(GivenReader.words(node), span));
      case "timeline" -> Optional.of(new Expected.Timeline(GivenReader.words(node), span));
      case "did" -> Optional.of(new Expected.Did(steps(node), span));
      case "planned" -> Optional.of(new Expected.Planned(steps(node), span));
      case "attempts" -> number.map(value -> new Expected.Attempts(value.intValue(), span));
      case "unmet" ->
          Optional.of(new Expected.Unmet(names(node, expectations(), "an expectation"), span));
      case "stoppedBy" ->
          word.filter(this::isGuardrail).map(one -> new Expected.StoppedBy(one.text(), span));
      case "result" -> word.map(one -> new Expected.Result(one.text(), span));
      case "reason" -> word.map(one -> new Expected.Reason(one.text(), span));
      case "to" -> Optional.of(new Expected.To(GivenReader.words(node), span));
      case "priority" -> word.map(one -> new Expected.Priority(one.text(), span));
      default -> Optional.empty();
    };
  }

  private boolean isClass(YamlScalar word) {
    Set<String> classes = classes(checked);
    classes.add("unknown");
    return findings.isKnown(
        DiagnosticCode.NAME_UNKNOWN_CLASS, word, "a class of `" + checked.id() + "`", classes);
  }

  static Set<String> classes(CheckedRunbook checked) {
    Set<String> classes = new LinkedHashSet<>();
    checked.runbook().classify().rules().forEach(rule -> classes.add(rule.classId().name()));
    return classes;
  }

  private boolean isGuardrail(YamlScalar word) {
    return findings.isKnown(
        DiagnosticCode.TEST_UNKNOWN_NAME,
        word,
        "a guardrail of `" + checked.id() + "`",
        checked.runbook().guardrails().keySet());
  }

  private Set<String> facts() {
    return checked.typing().facts().keySet();
  }

  private Set<String> expectations() {
    return expectations(checked);
  }

  static Set<String> expectations(CheckedRunbook checked) {
    Set<String> names = new LinkedHashSet<>();
    Runbook runbook = checked.runbook();
    if (runbook.verify() != null) {
      names.addAll(runbook.verify().expect().keySet());
    }
    for (Runbook.Remediation remediation : runbook.remediate().values()) {
      if (remediation.verify() != null) {
        names.addAll(remediation.verify().expect().keySet());
      }
    }
    return names;
  }

  private List<String> names(YamlNode list, Collection<String> known, String what) {
    for (YamlNode item : GivenReader.items(list)) {
      if (item instanceof YamlScalar name) {
        findings.isKnown(
            DiagnosticCode.TEST_UNKNOWN_NAME, name, what + " of `" + checked.id() + "`", known);
      }
    }
    return GivenReader.words(list);
  }

  private List<String> steps(YamlNode list) {
    for (YamlNode item : GivenReader.items(list)) {
      if (item instanceof YamlScalar name) {
        world.isStep(name);
      }
    }
    return GivenReader.words(list);
  }

  private void with(YamlNode node, List<Expected> expected) {
    if (node instanceof YamlMapping steps) {
      for (Entry step : steps.entries()) {
        Optional<ActionDescription> action = world.action(step.key().text());
        if (world.isActing(step.key(), "it is given nothing")
            && action.isPresent()
            && step.value() instanceof YamlMapping inputs) {
          expected.add(
              new Expected.With(
                  step.key().text(),
                  world.inputs(inputs, action.get()),
                  step.key().span().to(inputs.span())));
        }
      }
    }
  }

  private void asserted(YamlNode node, List<Expected> expected) {
    for (YamlNode item : GivenReader.items(node)) {
      if (item instanceof YamlScalar scalar && !scalar.value().isNull()) {
        Checked<Expr> parsed = ExprParser.parse(findings.file(), scalar.text(), scalar.map());
        findings.addAll(parsed.diagnostics());
        if (parsed.value().isPresent() && !parsed.hasErrors()) {
          Checked<TypedExpr> typed =
              TypeChecker.checkCondition(
                  findings.file(), parsed.value().get(), checked.typing().running());
          findings.addAll(typed.diagnostics());
          typed
              .value()
              .ifPresent(condition -> expected.add(new Expected.Holds(condition, scalar.span())));
        }
      }
    }
  }
}
