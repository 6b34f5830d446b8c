package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.cli.gallery.Sheet;
import java.util.List;
import java.util.Locale;

/** A runbook as a person reads it: what it listens to, how it decides, what it may do. */
final class RunbookPage {
  private static final int NAME = 26;
  private static final int TESTS = 8;

  private final Lines lines;
  private final Sheet sheet;

  RunbookPage(Terminal terminal, Sheet sheet) {
    this.lines = new Lines(terminal);
    this.sheet = sheet;
  }

  void print() {
    about();
    signals();
    lines.title("inputs, also flags of `byteport run`");
    sheet.inputs().forEach(input -> row("--" + input.name(), input.text()));
    rows("parameters, --param name=value", sheet.params());
    rows("facts", sheet.facts());
    rules();
    guardrails();
    classes();
    verification();
    needs();
    tests();
    lines.terminal().out().flush();
  }

  private void about() {
    Sheet.About about = sheet.about();
    lines.entry(0, about.id() + "  ", Style.BOLD, about.title(), (Style) null);
    lines.text(
        0,
        Style.FAINT,
        String.join(", ", about.category(), about.severity(), about.status(), about.version())
            + (about.supersedes().isEmpty()
                ? ""
                : ", supersedes " + String.join(", ", about.supersedes())));
    if (!about.doc().isEmpty()) {
      lines.blank();
      lines.text(0, null, about.doc());
    }
  }

  private void signals() {
    lines.title("signals");
    for (Sheet.Signal signal : sheet.signals()) {
      row(signal.name(), signal.doc());
      if (signal.watch() != null) {
        row("", "watches " + signal.watch());
      }
    }
  }

  private void rules() {
    lines.title(
        "rules, the first that holds wins; acts from "
            + String.format(Locale.ROOT, "%.2f", sheet.rules().least())
            + " on");
    int number = 0;
    for (Sheet.Rule rule : sheet.rules().all()) {
      row(++number + " " + rule.classId() + " " + rule.confidence(), rule.when());
    }
  }

  private void guardrails() {
    if (!sheet.guardrails().isEmpty()) {
      lines.title("guardrails");
      sheet.guardrails().forEach(guard -> row(guard.name(), guardrail(guard)));
    }
  }

  private static String guardrail(Sheet.Guard guard) {
    return guard.rule()
        + (guard.guards().isEmpty() ? "" : "\nguards " + String.join(", ", guard.guards()))
        + (guard.leavesOut() ? "\nleaves out what it guards" : "");
  }

  private void classes() {
    StepLines steps = new StepLines(lines);
    for (Sheet.Course course : sheet.classes()) {
      lines.title(course.classId());
      steps.print(course.steps(), 2);
      if (!course.advice().isEmpty()) {
        lines.entry(2, "advice ", Style.FAINT, course.advice(), (Style) null);
      }
      if (course.rollback() != null) {
        lines.text(2, Style.FAINT, "rollback");
        steps.print(course.rollback().steps(), 4);
      }
    }
  }

  private void verification() {
    Sheet.Proof proof = sheet.verification();
    if (proof != null) {
      lines.title("verification" + (proof.times().isEmpty() ? "" : ", " + proof.times()));
      proof.expectations().forEach(each -> row(each.name(), each.text()));
    }
    Sheet.Undo rollback = sheet.rollback();
    if (rollback != null) {
      lines.title("rollback" + (rollback.when().isEmpty() ? "" : " when " + rollback.when()));
      new StepLines(lines).print(rollback.steps(), 2);
    }
  }

  private void needs() {
    var needs = sheet.needs().resources();
    if (!needs.isEmpty()) {
      lines.title("permissions that it needs");
      needs.forEach(
          (resource, verbs) ->
              row(
                  resource.startsWith("{")
                      ? "the kind of its " + resource.substring(1, resource.length() - 1)
                      : resource,
                  String.join(", ", verbs)));
    }
  }

  private void tests() {
    List<String> tests = sheet.tests();
    if (!tests.isEmpty()) {
      lines.title("tests");
      tests.stream()
          .limit(TESTS)
          .forEach(test -> lines.entry(2, "· ", Style.FAINT, test, (Style) null));
      if (tests.size() > TESTS) {
        lines.text(2, Style.FAINT, "and " + (tests.size() - TESTS) + " more");
      }
    }
  }

  private void rows(String title, List<Sheet.Row> rows) {
    if (!rows.isEmpty()) {
      lines.title(title);
      rows.forEach(row -> row(row.name(), row.text()));
    }
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
