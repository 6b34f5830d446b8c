package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.dsl.value.Quantities;
import io.byteport.engine.eval.Cause;
import io.byteport.engine.eval.Causes;
import io.byteport.engine.guardrail.Storm;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Note.Verdict;
import io.byteport.engine.run.Outlook;
import io.byteport.engine.run.RunReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints an account for a person: the decision first, then what follows from it. */
final class ExplainScreen {
  private static final int CLASS = 4;
  private static final int TREE = 8;

  private final Lines lines;
  private final TermTree tree;
  private final Account account;
  private final Set<String> told = new HashSet<>();

  /**
   * @param depth levels of the trees
   */
  ExplainScreen(Terminal terminal, Account account, int depth) {
    this.lines = new Lines(terminal);
    this.account = account;
    this.tree =
        new TermTree(
            lines,
            depth,
            missing().stream().map(Cause::name).collect(Collectors.toUnmodifiableSet()));
  }

  /** Everything. */
  void print() {
    head();
    decision();
    new PlanScreen(lines, tree, account).print();
    account
        .replayed()
        .ifPresent(replay -> outlook(replay.interpreter().outlook(replay.states().getLast())));
    verified();
    ending();
    lines.terminal().out().flush();
  }

  /** The decision alone. */
  void printDecision() {
    head();
    decision();
    lines.terminal().out().flush();
  }

  /** The rules of one class. */
  void printRules(String classId) {
    head();
    int number = 0;
    for (Note.RuleJudged rule : account.rules()) {
      number++;
      if (rule.classId().equals(classId)) {
        lines.blank();
        rule(number, rule);
      }
    }
    lines.terminal().out().flush();
  }

  private void head() {
    var opened = account.opened();
    lines.entry(
        0,
        opened.runbook() + " " + opened.runbookVersion() + "  ",
        Style.BOLD,
        opened.targetKey(),
        account.dryRun() ? "" : "live");
    lines.text(
        0,
        Style.FAINT,
        "signal "
            + opened.signal().type()
            + " from "
            + opened.signal().source()
            + ", "
            + opened.signal().severity().name().toLowerCase(Locale.ROOT)
            + ", at "
            + opened.at().toString().replace('T', ' '));
    List<Cause> missing = missing();
    if (!missing.isEmpty()) {
      lines.entry(0, "? ", Style.YELLOW, Causes.sentence(missing), Style.YELLOW);
    }
  }

  private List<Cause> missing() {
    List<Cause> missing = new ArrayList<>();
    for (Note.FactLearned fact : account.facts().values()) {
      String why = fact.unavailable();
      if (why != null && account.isRead(fact)) {
        missing.add(new Cause(fact.fact(), why));
      }
    }
    return missing;
  }

  private void decision() {
    List<Note.GuardrailJudged> optOuts =
        account.guardrails().stream().filter(one -> one.kind().equals("skip")).toList();
    if (!optOuts.isEmpty()) {
      lines.title("opt-outs");
      optOuts.forEach(one -> Guardrails.print(lines, tree, one, 2));
    }
    if (!account.rules().isEmpty()) {
      lines.title(
          "rules, the first that holds wins"
              + (account.passes() > 1 ? " (pass " + account.passes() + ")" : ""));
      int number = 0;
      for (Note.RuleJudged rule : account.rules()) {
        rule(++number, rule);
      }
    }
    Note.Classified decided = account.decision();
    if (decided != null) {
      lines.title("class");
      classified(decided);
    }
  }

  private void rule(int number, Note.RuleJudged rule) {
    String after =
        rule.inQuestion()
            ? ""
            : rule.verdict() == Verdict.TRUE ? "holds too, but comes later" : "comes later";
    String confidence =
        rule.verdict() == Verdict.TRUE
            ? String.format(Locale.ROOT, "  %.2f", rule.confidence())
            : "";
    lines.entry(
        0,
        String.format("%3d ", number) + TermTree.mark(rule.verdict()),
        rule.inQuestion() ? TermTree.style(rule.verdict()) : Style.FAINT,
        rule.classId() + confidence,
        after);
    String because = rule.because();
    if (because != null && !because.isBlank() && rule.inQuestion()) {
      lines.text(CLASS + 2, null, because);
    }
    if (rule.term() != null) {
      tree.draw(rule.term(), TREE - 2);
    } else {
      rule.explanation()
          .lines()
          .forEach(line -> lines.text(TREE + leading(line), Style.FAINT, line.strip()));
    }
  }

  private static int leading(String line) {
    return line.length() - line.stripLeading().length();
  }

  private void classified(Note.Classified decided) {
    Double needed = decided.needed();
    boolean known = !decided.classId().equals("unknown");
    lines.entry(
        2,
        "→ ",
        Style.BOLD,
        decided.classId()
            + (known ? String.format(Locale.ROOT, "  %.2f", decided.confidence()) : ""),
        known && needed != null
            ? String.format(
                Locale.ROOT,
                decided.confidence() >= needed
                    ? "enough to act, which takes %.2f"
                    : "not enough to act, which takes %.2f",
                needed)
            : "");
    if (!decided.because().isEmpty()) {
      lines.text(4, null, decided.because());
    }
    if (!decided.undecided().isEmpty()) {
      lines.entry(
          4,
          "",
          null,
          "A rule that cannot be decided stops the search: " + Causes.sentence(decided.undecided()),
          Style.YELLOW);
    } else if (!known) {
      lines.text(4, null, "No rule holds");
    }
    String suspected = decided.suspected();
    if (suspected != null) {
      lines.text(4, Style.YELLOW, "suspected: " + suspected + ", whose rule holds behind it");
    }
    lines.entry(
        4,
        "severity ",
        Style.FAINT,
        decided.severity(),
        decided.severityBecause() == null ? "" : decided.severityBecause());
  }

  private void outlook(Outlook outlook) {
    Outlook.Verification verification = outlook.verification();
    RunReport report = account.report();
    boolean planned = report != null && !report.planned().isEmpty();
    if (verification != null && planned) {
      lines.title("verification, after the last change");
      lines.text(2, Style.FAINT, when(verification));
      verification
          .expectations()
          .forEach(one -> lines.entry(2, one.id() + "  ", null, one.term().text(), Style.FAINT));
    }
    Outlook.Rollback rollback = outlook.rollback();
    if (rollback != null && planned) {
      lines.title("rollback, after any bad end that follows a change");
      if (rollback.when() != null) {
        tree.draw(rollback.when(), 2);
      }
      rollback.steps().forEach(step -> lines.text(2, null, step));
    }
    if (planned && !outlook.escalation().isEmpty()) {
      lines.title("if it fails, people are told");
      outlook.escalation().forEach(this::notice);
    }
  }

  /** What the verification of a run that changed something saw last. */
  private void verified() {
    if (account.expectations().isEmpty()) {
      return;
    }
    lines.title("verification, as it was seen last");
    for (Note.ExpectationJudged judged : account.expectations().values()) {
      lines.entry(
          2,
          TermTree.mark(judged.verdict()),
          TermTree.style(judged.verdict()),
          judged.expectation(),
          "");
      if (judged.term() != null) {
        tree.draw(judged.term(), 6);
      }
    }
  }

  private static String when(Outlook.Verification verification) {
    if (!verification.at().isEmpty()) {
      return "looks "
          + verification.at().stream().map(Quantities::print).collect(Collectors.joining(", "))
          + " later; the first look at which all holds passes";
    }
    return "looks every "
        + Quantities.print(verification.every())
        + (verification.after().isZero()
            ? ""
            : ", not before " + Quantities.print(verification.after()))
        + "; all must hold within "
        + Quantities.print(verification.within())
        + (verification.sustained().isZero()
            ? ""
            : " and stay so for " + Quantities.print(verification.sustained()));
  }

  private void ending() {
    RunReport report = account.report();
    if (report == null) {
      lines.title("unfinished");
      return;
    }
    lines.title("result");
    lines.entry(2, report.result().word() + "  ", Style.BOLD, report.reason(), (Style) null);
    Storm.scope(report.stoppedBy())
        .ifPresent(scope -> lines.text(4, Style.FAINT, StoryLines.together(scope)));
    boolean planned = !report.planned().isEmpty();
    if (!planned) {
      report.notices().forEach(this::notice);
    }
  }

  private void notice(RunReport.Notification notice) {
    String channels =
        notice.channels().entrySet().stream()
            .map(
                channel ->
                    channel.getKey()
                        + (channel.getValue().isEmpty() ? "" : " " + channel.getValue()))
            .collect(Collectors.joining(", "));
    lines.entry(
        2, notice.event() + " to ", null, channels + ", " + notice.priority(), (Style) null);
    notice.nextSteps().stream()
        .filter(told::add)
        .forEach(step -> lines.entry(4, "next  ", Style.FAINT, step, (Style) null));
    notice.commands().stream().filter(told::add).forEach(command -> lines.command(4, command));
  }
}
