package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.Requirements;
import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A runbook as a person reads it: what it listens to, how it decides, what it may do. */
final class RunbookPage {
  private static final int NAME = 26;
  private static final int TESTS = 8;

  private final Lines lines;
  private final CheckedRunbook checked;
  private final Runbook book;
  private final List<String> tests;

  /**
   * @param tests names of the cases that lie beside it
   */
  RunbookPage(Terminal terminal, CheckedRunbook checked, List<String> tests) {
    this.lines = new Lines(terminal);
    this.checked = checked;
    this.book = checked.runbook();
    this.tests = List.copyOf(tests);
  }

  void print() {
    about();
    signals();
    inputs();
    params();
    facts();
    rules();
    guardrails();
    classes();
    verification();
    needs();
    if (!tests.isEmpty()) {
      lines.title("tests");
      tests.stream()
          .limit(TESTS)
          .forEach(test -> lines.entry(2, "· ", Style.FAINT, test, (Style) null));
      if (tests.size() > TESTS) {
        lines.text(2, Style.FAINT, "and " + (tests.size() - TESTS) + " more");
      }
    }
    lines.terminal().out().flush();
  }

  private void about() {
    Runbook.Metadata about = book.metadata();
    lines.entry(0, about.id().name() + "  ", Style.BOLD, about.title(), (Style) null);
    lines.text(
        0,
        Style.FAINT,
        String.join(", ", about.category(), about.severity(), about.status(), about.version())
            + (about.supersedes().isEmpty() ? "" : ", supersedes " + ids(about.supersedes())));
    List<SourceFile> libraries = checked.sources().libraries();
    if (!libraries.isEmpty()) {
      lines.text(
          0,
          Style.FAINT,
          "includes "
              + libraries.stream().map(SourceFile::name).collect(Collectors.joining(", ")));
    }
    if (about.doc() != null) {
      lines.blank();
      lines.text(0, null, about.doc().strip());
    }
  }

  private void signals() {
    lines.title("signals");
    book.detectors()
        .forEach(
            (id, detector) -> {
              row(id, detector.doc() == null ? "" : detector.doc());
              Runbook.Watch watch = detector.watch();
              if (watch != null) {
                row("", "watches " + watch.use().action() + ": " + written(watch.when().span()));
              }
            });
  }

  private void inputs() {
    lines.title("inputs, also flags of `byteport run`");
    book.inputs()
        .forEach(
            (id, input) ->
                row(
                    "--" + id,
                    input.type().text()
                        + (input.required() ? ", required" : "")
                        + (input.from().isEmpty()
                            ? ""
                            : ", from label " + String.join(" or ", input.from()))
                        + (input.doc() == null ? "" : ": " + input.doc())));
  }

  private void params() {
    if (!book.params().isEmpty()) {
      lines.title("parameters, --param name=value");
      book.params().forEach((id, param) -> row(id, parameter(param)));
    }
  }

  private String parameter(Runbook.Param param) {
    List<String> said = new ArrayList<>();
    said.add(
        param.type().text()
            + (param.defaultValue() == null ? "" : " = " + written(param.defaultValue().span())));
    if (param.minimum() != null) {
      said.add("at least " + written(param.minimum().span()));
    }
    if (param.maximum() != null) {
      said.add("at most " + written(param.maximum().span()));
    }
    if (!param.words().isEmpty()) {
      said.add("one of " + String.join(", ", param.words()));
    }
    if (param.env() != null) {
      said.add("env " + param.env());
    }
    return String.join("; ", said) + "\n" + param.doc();
  }

  private void facts() {
    if (!book.diagnose().isEmpty()) {
      lines.title("facts");
      book.diagnose().forEach((id, fact) -> row(id, fact(fact)));
    }
  }

  private String fact(Fact fact) {
    return switch (fact) {
      case Fact.Read read ->
          read.use().action()
              + (read.forEach() == null ? "" : " for each of " + written(read.forEach().span()))
              + (read.when() == null ? "" : " when " + written(read.when().span()));
      case Fact.Computed computed -> "= " + written(computed.expr().span());
      case Fact.Chosen chosen -> "= " + choice(chosen.choice());
    };
  }

  private String choice(Choice choice) {
    return choice.options().stream()
        .map(
            option ->
                written(option.value().span())
                    + (option.when() == null ? "" : " when " + written(option.when().span())))
        .collect(Collectors.joining("; "));
  }

  private void rules() {
    lines.title(
        "rules, the first that holds wins; acts from "
            + String.format(Locale.ROOT, "%.2f", Math.max(0.70, book.classify().minConfidence()))
            + " on");
    int number = 0;
    for (Runbook.Rule rule : book.classify().rules()) {
      row(
          ++number + " " + rule.classId().name() + " " + choice(rule.confidence()),
          written(rule.when().span()));
    }
  }

  private void guardrails() {
    if (!book.guardrails().isEmpty()) {
      lines.title("guardrails");
      book.guardrails().forEach((id, guardrail) -> row(id, guardrail(guardrail)));
    }
  }

  private String guardrail(Guardrail guardrail) {
    String rule =
        switch (guardrail.rule()) {
          case Guardrail.Skip skip -> "skip where " + written(skip.condition().span());
          case Guardrail.Require require -> "require " + written(require.condition().span());
          case Guardrail.Limit limit ->
              "at most "
                  + written(limit.limit().span())
                  + " every "
                  + written(limit.every().span())
                  + per(limit.per().stream().map(one -> one.span()).toList());
          case Guardrail.Lock lock ->
              "lock "
                  + lock.name()
                  + per(lock.per().stream().map(one -> one.span()).toList())
                  + ", if busy "
                  + lock.busy().name().toLowerCase(Locale.ROOT);
          case Guardrail.Approve approve ->
              "ask a human: "
                  + written(approve.question().span())
                  + (approve.unless() == null ? "" : " unless " + written(approve.unless().span()));
          case Guardrail.Forbid forbid ->
              "forbid "
                  + (forbid.rules().isEmpty()
                      ? "every change"
                      : forbid.rules().stream()
                          .map(each -> ids(each.verbs()) + " " + ids(each.resources()))
                          .collect(Collectors.joining("; ")));
          case Guardrail.Protect protect -> "never where " + written(protect.condition().span());
        };
    return rule
        + (guardrail.guards().isEmpty() ? "" : "\nguards " + ids(guardrail.guards()))
        + (guardrail.then() == Guardrail.Then.SKIP ? "\nleaves out what it guards" : "");
  }

  private String per(List<Span> spans) {
    return spans.isEmpty()
        ? ""
        : " per " + spans.stream().map(this::written).collect(Collectors.joining(", "));
  }

  private void classes() {
    StepLines steps = new StepLines(lines, checked);
    for (Runbook.Remediation remediation : book.remediate().values()) {
      lines.title(remediation.classId().name());
      steps.print(remediation.steps(), 2);
      if (remediation.advice() != null) {
        lines.entry(2, "advice ", Style.FAINT, written(remediation.advice().span()), (Style) null);
      }
      if (remediation.rollback() != null) {
        lines.text(2, Style.FAINT, "rollback");
        steps.print(remediation.rollback().steps(), 4);
      }
    }
  }

  private void verification() {
    Runbook.Verify verify = book.verify();
    if (verify != null) {
      lines.title("verification" + times(verify));
      verify
          .expect()
          .forEach((id, expectation) -> row(id, written(expectation.condition().span())));
    }
    Runbook.Rollback rollback = book.rollback();
    if (rollback != null) {
      lines.title(
          "rollback" + (rollback.when() == null ? "" : " when " + written(rollback.when().span())));
      new StepLines(lines, checked).print(rollback.steps(), 2);
    }
  }

  private String times(Runbook.Verify verify) {
    if (verify.at() != null) {
      return verify.at().stream()
          .map(at -> written(at.span()))
          .collect(Collectors.joining(", ", ", at ", ""));
    }
    return time(", within ", verify.within() == null ? null : verify.within().span())
        + time(", every ", verify.every() == null ? null : verify.every().span())
        + time(", for ", verify.sustained() == null ? null : verify.sustained().span());
  }

  private String time(String word, @Nullable Span span) {
    return span == null ? "" : word + written(span);
  }

  private void needs() {
    var needs = Requirements.of(checked).resources();
    if (!needs.isEmpty()) {
      lines.title("permissions that it needs");
      needs.forEach(
          (resource, verbs) ->
              row(
                  resource.startsWith("{") ? "the kind of its " + name(resource) : resource,
                  String.join(", ", verbs)));
    }
  }

  private static String name(String input) {
    return input.substring(1, input.length() - 1);
  }

  private static String ids(List<Id> ids) {
    return ids.stream().map(Id::name).collect(Collectors.joining(", "));
  }

  private String written(Span span) {
    return written(checked, span);
  }

  /** As the author wrote it, on one line. */
  static String written(CheckedRunbook checked, Span span) {
    return checked.source().text(span).strip().replaceAll("\\s+", " ");
  }

  private void row(String name, String text) {
    boolean apart = name.length() > NAME - 2 && !text.isEmpty();
    if (apart) {
      lines.text(2, null, name);
    }
    String label = apart ? "" : name;
    lines.hanging(2, label, NAME - Math.min(NAME, label.length()), text);
  }
}
