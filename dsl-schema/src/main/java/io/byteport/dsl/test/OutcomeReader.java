package io.byteport.dsl.test;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprParser;
import io.byteport.dsl.expr.TypeChecker;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.source.SourceMap;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.test.Expected.Subject;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a case expects of several things by their names: rules, guardrails, expectations,
 * steps, the record, and what people are told.
 */
final class OutcomeReader {
  private static final List<String> VERDICTS = List.of("true", "false", "undecided");

  private final CheckedRunbook checked;
  private final TestFindings findings;
  private final WorldReader world;

  OutcomeReader(CheckedRunbook checked, TestFindings findings, WorldReader world) {
    this.checked = checked;
    this.findings = findings;
    this.world = world;
  }

  List<Expected> read(Entry entry) {
    List<Expected> expected = new ArrayList<>();
    if (!(entry.value() instanceof YamlMapping named)) {
      return expected;
    }
    for (Entry one : named.entries()) {
      Span span = ExpectedReader.place(named, one);
      switch (entry.key().text()) {
        case "rules" ->
            state(Subject.RULES, one, span, "a class with a rule", ExpectedReader.classes(checked))
                .ifPresent(expected::add);
        case "guardrails" ->
            state(
                    Subject.GUARDRAILS,
                    one,
                    span,
                    "a guardrail",
                    checked.runbook().guardrails().keySet())
                .ifPresent(expected::add);
        case "expectations" ->
            state(
                    Subject.EXPECTATIONS,
                    one,
                    span,
                    "an expectation",
                    ExpectedReader.expectations(checked))
                .ifPresent(expected::add);
        case "steps" -> {
          if (world.isStep(one.key()) && one.value() instanceof YamlScalar word) {
            expected.add(new Expected.State(Subject.STEPS, one.key().text(), word.text(), span));
          }
        }
        case "took" -> took(one, span).ifPresent(expected::add);
        case "postmortem" -> {
          if (isKnown(one, "a field of the postmortem", checked.runbook().postmortem().keySet())) {
            expected.add(
                new Expected.Postmortem(one.key().text(), FixtureValues.raw(one.value()), span));
          }
        }
        default -> told(one, span, expected);
      }
    }
    return expected;
  }

  private boolean isKnown(Entry one, String what, Collection<String> known) {
    return findings.isKnown(
        DiagnosticCode.TEST_UNKNOWN_NAME, one.key(), what + " of `" + checked.id() + "`", known);
  }

  private Optional<Expected> state(
      Subject subject, Entry one, Span span, String what, Collection<String> known) {
    return isKnown(one, what, known)
            && one.value() instanceof YamlScalar word
            && (subject == Subject.GUARDRAILS
                || findings.isKnown(DiagnosticCode.SCHEMA_NOT_ALLOWED, word, "a verdict", VERDICTS))
        ? Optional.of(new Expected.State(subject, one.key().text(), word.text(), span))
        : Optional.empty();
  }

  private Optional<Expected> took(Entry one, Span span) {
    Duration duration =
        one.value() instanceof YamlScalar text
            ? Quantities.duration(text.text()).orElse(null)
            : null;
    if (!world.isStep(one.key()) || duration == null) {
      return Optional.empty();
    }
    String text = "steps." + one.key().text() + ".took";
    Optional<Expr> expr =
        ExprParser.parse(
                findings.file(), text, SourceMap.straight(one.key().span().start(), text.length()))
            .value();
    Optional<TypedExpr> typed =
        expr.flatMap(
            parsed ->
                TypeChecker.check(findings.file(), parsed, checked.typing().running(), null)
                    .value());
    return typed.map(took -> new Expected.Took(one.key().text(), duration, took, span));
  }

  private void told(Entry one, Span span, List<Expected> expected) {
    String part = one.key().text();
    switch (one.value()) {
      case YamlMapping named -> {
        for (Entry entry : named.entries()) {
          expected.add(
              new Expected.Told(
                  part + "." + entry.key().text(),
                  texts(entry.value()).stream()
                      .map(text -> canonical(part + "." + entry.key().text(), text))
                      .toList(),
                  ExpectedReader.place(named, entry)));
        }
      }
      default -> expected.add(new Expected.Told(part, texts(one.value()), span));
    }
  }

  private static List<String> texts(YamlNode node) {
    return node instanceof YamlScalar scalar ? List.of(scalar.text()) : GivenReader.words(node);
  }

  /** Durations that are written differently may be the same. */
  private static String canonical(String part, String text) {
    return part.equals("dedup.for")
        ? Quantities.duration(text).map(Quantities::print).orElse(text)
        : text;
  }
}
