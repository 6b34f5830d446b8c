package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.cli.story.Brief;
import io.byteport.dsl.value.Quantities;
import io.byteport.engine.eval.Cause;
import io.byteport.engine.eval.Causes;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Autonomy;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.Term;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells a run's story from its journal, entry by entry, so that a live run, a demo and a run of
 * last week read the same. Not safe for several threads.
 */
final class Timeline {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int INDENT = StoryLines.INDENT;

  private final Terminal terminal;
  private final PrintWriter out;
  private final StoryLines story;
  private final Lines lines;
  private final List<Cause> missing = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();
  private final Set<String> unread = new HashSet<>();
  private final Map<String, String> told = new HashMap<>();
  private @Nullable Instant last;
  private @Nullable Autonomy autonomy;
  private TermTree tree;
  private int pass = 1;

  Timeline(Terminal terminal) {
    this.terminal = terminal;
    this.out = terminal.out();
    this.story = new StoryLines(terminal);
    this.lines = story.lines();
    this.tree = new TermTree(lines, Integer.MAX_VALUE);
  }

  /** Prints one entry; entries come in the order of the journal. */
  void print(JournalEntry entry) {
    if (!(entry instanceof Note.FactLearned)) {
      notKnown();
    }
    switch (entry) {
      case Event event -> print(event);
      case Note note -> print(note);
    }
    out.flush();
  }

  private void print(Event event) {
    switch (event) {
      case Event.Opened opened -> opened(opened);
      case Event.ChangeIntended intended -> {
        tellWait(intended.at());
        line(
            terminal.styled(Style.CYAN, "intent"),
            intended.step() + "  " + faint(intended.intent().value()));
        story.command(intended.command());
      }
      case Event.ChangeFinished finished -> changeFinished(finished);
      case Event.ChangeNotPrepared refused ->
          line(
              terminal.styled(Style.RED, "not done"),
              refused.step() + ": " + refused.failure().reason());
      case Event.SettleChecked settle -> {
        if (settle.settled() && settle.reason() != null) {
          line("settled", settle.reason());
        }
      }
      case Event.Approved approved ->
          line(
              approved.approved() ? "approved" : "declined",
              approved.guardrail()
                  + " by "
                  + approved.by()
                  + (approved.reason() == null ? "" : ": " + approved.reason()));
      case Event.SignalChanged changed ->
          line("signal", "is now " + changed.status().name().toLowerCase(Locale.ROOT));
      default -> {
        // what follows from these is told by notes
      }
    }
  }

  private void opened(Event.Opened opened) {
    last = opened.at();
    String mode = opened.mode() == Mode.LIVE ? live(opened) : "dry-run, nothing will be changed";
    out.println();
    out.println(
        terminal.styled(Style.BOLD, opened.runbook() + " " + opened.runbookVersion())
            + "  "
            + opened.targetKey()
            + "  "
            + (opened.mode() == Mode.LIVE ? mode : terminal.styled(Style.YELLOW, mode)));
    out.println(faint("run " + opened.run() + ", opened " + DATE.format(opened.at())));
    line(
        "signal",
        opened.signal().type()
            + " from "
            + opened.signal().source()
            + ", "
            + opened.signal().severity().name().toLowerCase(Locale.ROOT));
    line("", labels(opened.signal().labels()));
  }

  private static String live(Event.Opened opened) {
    return switch (opened.policy().level()) {
      case OBSERVE, PROPOSE ->
          "live, autonomy " + opened.policy().level().word() + ", nothing will be changed";
      case APPROVE -> "live, autonomy approve";
      case ACT -> "live";
    };
  }

  private static String labels(Map<String, String> labels) {
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(" "));
  }

  private void changeFinished(Event.ChangeFinished finished) {
    switch (finished.result()) {
      case ActionResult.Done done ->
          line(
              terminal.styled(Style.GREEN, "outcome"),
              (done.changed() ? "done" : "nothing to change")
                  + (finished.recovered() ? ", learned by looking again" : ""));
      case ActionResult.Failed failed ->
          line(
              terminal.styled(Style.RED, "outcome"),
              (failed.certainlyNothing() ? "failed, nothing was changed: " : "not known: ")
                  + failed.reason());
    }
  }

  /** Several waits in a row are told as one, before the next thing that happens. */
  private void tellWait(Instant at) {
    if (last != null) {
      Duration gone = Duration.between(last, at);
      if (gone.compareTo(Duration.ofSeconds(1)) >= 0) {
        out.println(" ".repeat(INDENT) + faint("... " + seconds(gone)));
      }
    }
    last = at;
  }

  private void print(Note note) {
    switch (note) {
      case Note.PhaseEntered phase -> phase(phase);
      case Note.FactLearned fact -> fact(fact);
      case Note.RuleJudged rule -> rule(rule);
      case Note.Classified classified -> classified(classified);
      case Note.GuardrailJudged guardrail -> guardrail(guardrail);
      case Note.StepEnded step -> step(step);
      case Note.ExpectationJudged expectation -> {
        tellWait(expectation.at());
        line(mark(expectation.verdict()) + " " + expectation.expectation(), "");
        tree = new TermTree(lines, Integer.MAX_VALUE);
        explanation(expectation.term(), expectation.explanation());
      }
      case Note.Asked asked -> asked(asked);
      case Note.AnswerIgnored ignored ->
          line(
              terminal.styled(Style.YELLOW, "ignored"),
              "the answer of " + ignored.by() + ": " + ignored.reason());
      case Note.Said said -> said(said);
      case Note.Announced announced -> story.notification(announced.notice(), new HashSet<>());
      case Note.Finished finished -> finished(finished.at(), finished.report());
    }
  }

  /** What an action said while it was going on, further in than what the run says of itself. */
  private void said(Note.Said said) {
    tellWait(said.at());
    said.lines().forEach(text -> lines.text(INDENT + 2, Style.FAINT, text));
  }

  private void phase(Note.PhaseEntered phase) {
    if (phase.phase() == Note.Phase.END) {
      return;
    }
    tellWait(phase.at());
    pass = phase.pass();
    if (phase.phase() == Note.Phase.CLASSIFY) {
      tree = new TermTree(lines, Integer.MAX_VALUE, unread);
    }
    String title = phase.phase().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    out.println();
    out.println(
        faint(CLOCK.format(phase.at()))
            + "  "
            + terminal.styled(Style.BOLD, title)
            + (phase.pass() > 1 ? ", pass " + phase.pass() : "")
            + (phase.phase() == Note.Phase.PLAN && autonomy != null
                ? ", autonomy " + autonomy.word()
                : ""));
  }

  private void fact(Note.FactLearned fact) {
    if (fact.refreshed()) {
      return;
    }
    String why = fact.unavailable();
    if (fact.value() != null) {
      line(fact.fact(), Brief.of(fact.value(), story.fourLines()));
    } else if (Boolean.TRUE.equals(fact.computed())) {
      unknown.add(fact.fact());
    } else {
      missing.add(new Cause(fact.fact(), why == null ? "is unavailable" : why));
    }
  }

  /** What could not be read is told together, since it is often missing for one reason. */
  private void notKnown() {
    if (!missing.isEmpty()) {
      line(terminal.styled(Style.YELLOW, "? not read"), Causes.sentence(missing));
      missing.forEach(one -> unread.add(one.name()));
      missing.clear();
    }
    if (!unknown.isEmpty()) {
      line(terminal.styled(Style.YELLOW, "? so not known"), String.join(", ", unknown));
      unknown.clear();
    }
  }

  private void rule(Note.RuleJudged rule) {
    String confidence =
        rule.verdict() == Note.Verdict.TRUE
            ? String.format(Locale.ROOT, " %.2f", rule.confidence())
            : "";
    String because = rule.because() == null ? "" : rule.because();
    String before = told.put("rule " + rule.classId(), rule.verdict() + rule.explanation());
    boolean asBefore = pass > 1 && (rule.verdict() + rule.explanation()).equals(before);
    line(
        mark(rule.verdict()) + " " + rule.classId() + confidence,
        asBefore
            ? faint("as before")
            : rule.inQuestion() || because.isEmpty()
                ? because
                : faint("would hold too, and comes after the first that does"));
    if (!asBefore) {
      explanation(rule.term(), rule.explanation());
    }
  }

  /** Journals of old versions hold text alone. */
  private void explanation(@Nullable Term term, String text) {
    if (term != null) {
      tree.draw(term, INDENT + 2);
    } else {
      text.lines()
          .forEach(
              line ->
                  lines.text(
                      INDENT + 2 + line.length() - line.stripLeading().length(),
                      Style.FAINT,
                      Brief.cut(line.strip(), 2 * terminal.width())));
    }
  }

  private void classified(Note.Classified classified) {
    autonomy = classified.autonomy();
    line(
        terminal.styled(Style.BOLD, "→ " + classified.classId()),
        "confidence "
            + String.format(Locale.ROOT, "%.2f", classified.confidence())
            + ", severity "
            + classified.severity()
            + (classified.because().isEmpty() ? "" : ": " + classified.because())
            + (classified.suspected() == null
                ? ""
                : " (suspected: " + classified.suspected() + ")"));
  }

  /** What is asked, and all that would be done. */
  private void asked(Note.Asked asked) {
    tellWait(asked.at());
    line(terminal.styled(Style.YELLOW, "asks"), asked.question());
    line("under", asked.guardrail());
    line("until", DATE.format(asked.until()));
    line("plan", asked.plan().hash());
    asked.changes().forEach(change -> line("changed", change));
    asked.plan().steps().forEach(step -> story.command(step.command()));
    String then = asked.plan().then();
    if (then != null) {
      line("then", then);
    }
  }

  private void guardrail(Note.GuardrailJudged guardrail) {
    line(
        Guardrails.styledMark(terminal, guardrail) + " " + guardrail.guardrail(),
        guardrail.kind()
            + (guardrail.step() == null ? "" : " for " + guardrail.step())
            + (guardrail.reason().isEmpty() ? "" : ": " + guardrail.reason()));
  }

  private void step(Note.StepEnded step) {
    tellWait(step.at());
    if (isNameless(step) && step.status() == Note.StepStatus.DONE) {
      return;
    }
    String status = step.status().name().toLowerCase(Locale.ROOT);
    Style style =
        switch (step.status()) {
          case DONE -> Style.GREEN;
          case PLANNED, SKIPPED, PENDING -> Style.YELLOW;
          case FAILED, REFUSED, UNKNOWN -> Style.RED;
        };
    line(
        terminal.styled(style, status) + " " + step.step(),
        step.text().equals(step.step()) ? "" : step.text());
    if (step.command() != null && step.status() != Note.StepStatus.DONE) {
      story.command(step.command());
    }
  }

  /** A step that the author gave neither id nor name; what it did is told where it shows. */
  private static boolean isNameless(Note.StepEnded step) {
    return step.step().indexOf('/') >= 0 && step.text().equals(step.step());
  }

  private void finished(Instant at, RunReport report) {
    String word = report.result().word().toUpperCase(Locale.ROOT);
    Style style =
        switch (report.result()) {
          case RESOLVED -> Style.GREEN;
          case ESCALATED -> Style.RED;
          default -> Style.YELLOW;
        };
    tellWait(at);
    out.println();
    lines.hanging(
        0,
        faint(CLOCK.format(at)) + "  " + terminal.styled(style, word),
        1,
        "after "
            + seconds(report.duration())
            + (report.reason().isEmpty() ? "" : ": " + report.reason()));
    story.ending(report);
  }

  private String mark(Note.Verdict verdict) {
    return switch (verdict) {
      case TRUE -> terminal.styled(Style.GREEN, "✓");
      case FALSE -> terminal.styled(Style.FAINT, "✗");
      case UNDECIDED -> terminal.styled(Style.YELLOW, "?");
    };
  }

  /** Nobody at a terminal wants milliseconds of a wait. */
  private static String seconds(Duration duration) {
    return duration.compareTo(Duration.ofSeconds(1)) < 0
        ? Quantities.print(duration)
        : Quantities.print(Duration.ofSeconds(Math.round(duration.toMillis() / 1000.0)));
  }

  private void line(String label, String text) {
    story.line(label, text);
  }

  private String faint(String text) {
    return terminal.styled(Style.FAINT, text);
  }
}
