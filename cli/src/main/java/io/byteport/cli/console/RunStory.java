package io.byteport.cli.console;

import static j2html.TagCreator.b;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.small;
import static j2html.TagCreator.text;

import io.byteport.cli.story.GuardrailWords;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Cause;
import io.byteport.engine.eval.Causes;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunReport;
import j2html.tags.DomContent;
import j2html.tags.specialized.LiTag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A journal as the items of a list, in order. The same journal gives the same items, and a longer
 * one begins with them, so that a page that shows some can be given the rest.
 */
final class RunStory {
  private final List<Item> items = new ArrayList<>();
  private final List<Cause> missing = new ArrayList<>();
  private final Changes changes = new Changes();
  private final Folds folds = new Folds();
  private @Nullable Instant shown;
  private int number;
  private int pass = 1;

  /**
   * @param entry the number of the entry in the journal, from 0
   */
  record Item(int entry, LiTag html) {}

  private RunStory() {}

  static List<Item> of(List<JournalEntry> journal) {
    RunStory story = new RunStory();
    for (JournalEntry entry : journal) {
      if (!(entry instanceof Note.FactLearned)) {
        story.notRead(entry.at());
      }
      switch (entry) {
        case Event event -> story.take(event);
        case Note note -> story.take(note);
      }
      story.number++;
    }
    return List.copyOf(story.items);
  }

  /** What comes from the entries of a number on, as HTML. */
  static String html(List<Item> items, int from) {
    StringBuilder out = new StringBuilder();
    items.stream()
        .filter(item -> item.entry() >= from)
        .forEach(item -> out.append(item.html().render()));
    return out.toString();
  }

  private void take(Event event) {
    switch (event) {
      case Event.Opened opened ->
          add(
              opened.at(),
              "signal",
              b("signal "),
              Safe.text(opened.signal().type() + " from " + opened.signal().source()));
      case Event.ChangeIntended intended ->
          add(intended.at(), "change", b("change "), changes.intended(intended));
      case Event.ChangeFinished finished -> finished(finished);
      case Event.ChangeNotPrepared refused ->
          add(
              refused.at(),
              "bad",
              b("not done "),
              Safe.text(refused.step() + ": " + refused.failure().reason()));
      case Event.ChangeRefused refused ->
          add(
              refused.at(),
              "bad",
              b("refused "),
              Safe.text(refused.step() + ": a limit or a lock was taken meanwhile"));
      case Event.SettleChecked settle -> {
        if (settle.reason() != null) {
          add(
              settle.at(),
              settle.settled() ? "done" : "bad",
              b(settle.settled() ? "settled " : "not settled "),
              Safe.text(settle.reason()));
        }
      }
      case Event.Approved approved ->
          add(
              approved.at(),
              approved.approved() ? "done" : "bad",
              b(approved.approved() ? "approved " : "declined "),
              Safe.text(
                  approved.guardrail()
                      + " by "
                      + approved.by()
                      + (approved.reason() == null ? "" : ": " + approved.reason())));
      case Event.SignalChanged changed ->
          add(
              changed.at(),
              "signal",
              b("signal "),
              text("is now " + Words.lower(changed.status())));
      case Event.HandOffEnded ended ->
          add(
              ended.at(),
              "",
              b("hand-off ended "),
              Safe.text(
                  (ended.result() == null ? "" : Words.result(ended.result().word()) + ": ")
                      + ended.reason()));
      case Event.Observed observed -> {}
      case Event.GuardrailsChecked checked -> {}
      case Event.Planned planned -> {}
      case Event.TimeReached reached -> {}
    }
  }

  private void finished(Event.ChangeFinished finished) {
    add(
        finished.at(),
        finished.result() instanceof ActionResult.Done ? "done" : "bad",
        b("outcome "),
        changes.outcome(finished));
  }

  private void take(Note note) {
    switch (note) {
      case Note.PhaseEntered phase -> phase(phase);
      case Note.FactLearned fact -> fact(fact);
      case Note.RuleJudged rule -> rule(rule);
      case Note.Classified classified -> classified(classified);
      case Note.GuardrailJudged guardrail -> guardrail(guardrail);
      case Note.StepEnded step -> step(step);
      case Note.ExpectationJudged expectation -> expectation(expectation);
      case Note.Asked asked ->
          add(
              asked.at(),
              "asked",
              b("asks a human "),
              Safe.text(asked.question()),
              small(Safe.text(" under " + asked.guardrail() + ", until ")),
              Parts.dateTime(asked.until()),
              div(each(asked.changes(), change -> div(Safe.text("changed: " + change)))),
              each(asked.plan().commands(), Parts::command),
              small(text("plan " + asked.plan().hash())));
      case Note.AnswerIgnored ignored ->
          add(
              ignored.at(),
              "bad",
              b("ignored "),
              Safe.text("the answer of " + ignored.by() + ": " + ignored.reason()));
      case Note.Said said ->
          add(said.at(), "said", small(Safe.text(said.step())), pre(lines(said.lines())));
      case Note.Announced announced ->
          add(announced.at(), "told", b("told "), Safe.text(told(announced.notice())));
      case Note.Finished finished -> finished(finished.at(), finished.report());
    }
  }

  private static DomContent lines(List<String> lines) {
    return Safe.text(String.join("\n", lines));
  }

  private static String told(RunReport.Notification notice) {
    return notice.event()
        + " to "
        + String.join(", ", notice.channels().keySet())
        + ", "
        + notice.priority();
  }

  private void phase(Note.PhaseEntered phase) {
    pass = phase.pass();
    if (phase.phase() == Note.Phase.END) {
      return;
    }
    if (phase.phase() == Note.Phase.CLASSIFY) {
      folds.anew();
    }
    shown = null;
    items.add(
        new Item(
            number,
            li(
                    at(phase.at()),
                    h3(
                        Words.lower(phase.phase())
                            + (phase.pass() > 1 ? ", pass " + phase.pass() : "")))
                .withClass("phase")));
  }

  private void fact(Note.FactLearned fact) {
    if (fact.refreshed()) {
      return;
    }
    Value value = fact.value();
    if (value != null) {
      add(fact.at(), "fact", folds.value(b(Safe.text(fact.fact() + " ")), value));
    } else {
      String why = fact.unavailable();
      missing.add(new Cause(fact.fact(), why == null ? "is unavailable" : why));
    }
  }

  /** What could not be read is told together, since it is often missing for one reason. */
  private void notRead(Instant at) {
    if (!missing.isEmpty()) {
      add(at, "unread", b("? not read "), Safe.text(Causes.sentence(missing)));
      missing.forEach(one -> folds.unread(one.name()));
      missing.clear();
    }
  }

  private void rule(Note.RuleJudged rule) {
    boolean holds = rule.verdict() == Note.Verdict.TRUE;
    String because = rule.because() == null ? "" : rule.because();
    boolean asBefore =
        pass > 1 && folds.isAsBefore("rule " + rule.classId(), rule.verdict() + rule.explanation());
    add(
        rule.at(),
        rule.inQuestion() ? "rule" : "rule later",
        folds.judged(
            Parts.all(
                Parts.mark(rule.verdict()),
                b(
                    Safe.text(
                        " "
                            + rule.classId()
                            + (holds ? " " + Words.confidence(rule.confidence()) : ""))),
                small(
                    Safe.text(
                        asBefore
                            ? " as before"
                            : rule.inQuestion()
                                ? (because.isEmpty() ? "" : " " + because)
                                : holds ? " holds too, and comes later" : " comes later"))),
            asBefore ? null : rule.term(),
            asBefore ? "" : rule.explanation(),
            rule.inQuestion() && rule.verdict() != Note.Verdict.FALSE));
  }

  private void classified(Note.Classified classified) {
    Double needed = classified.needed();
    String enough =
        needed == null
            ? ""
            : classified.confidence() >= needed
                ? ", enough to act, which takes " + Words.confidence(needed)
                : ", not enough to act, which takes " + Words.confidence(needed);
    add(
        classified.at(),
        "class",
        b(Safe.text("→ " + classified.classId())),
        Safe.text(
            " confidence "
                + Words.confidence(classified.confidence())
                + enough
                + ", severity "
                + classified.severity()
                + (classified.because().isEmpty() ? "" : ": " + classified.because())),
        classified.undecided().isEmpty()
            ? text("")
            : div(
                Safe.text(
                    "A rule that cannot be decided stops the search: "
                        + Causes.sentence(classified.undecided()))),
        classified.suspected() == null
            ? text("")
            : div(Safe.text("suspected: " + classified.suspected())));
  }

  private void guardrail(Note.GuardrailJudged judged) {
    Standing standing = judged.standing();
    add(
        judged.at(),
        judged.allowed() ? "guard" : "guard refused",
        folds.judged(
            Parts.all(
                Parts.mark(GuardrailWords.verdict(judged)),
                b(Safe.text(" " + judged.guardrail() + " ")),
                Parts.tag(judged.kind()),
                Safe.text(
                    (judged.step() == null ? "" : " for " + judged.step())
                        + (standing == null ? "" : " " + counted(standing))
                        + (judged.reason().isEmpty() ? "" : " " + judged.reason()))),
            judged.term(),
            "",
            !judged.allowed()));
  }

  private static String counted(Standing standing) {
    String left =
        standing.claim() instanceof Claim.Limit limit
            ? ", " + Math.max(0, limit.limit() - standing.used()) + " left"
            : "";
    return GuardrailWords.counted(standing) + left;
  }

  private void step(Note.StepEnded step) {
    boolean nameless = step.step().indexOf('/') >= 0 && step.text().equals(step.step());
    if (nameless && step.status() == Note.StepStatus.DONE) {
      return;
    }
    String style =
        switch (step.status()) {
          case DONE -> "done";
          case PLANNED, SKIPPED, PENDING -> "";
          case FAILED, REFUSED, UNKNOWN -> "bad";
        };
    add(
        step.at(),
        style,
        b(Words.lower(step.status()) + " "),
        Safe.text(step.step() + (step.text().equals(step.step()) ? "" : ": " + step.text())),
        step.command() != null && step.status() != Note.StepStatus.DONE
            ? Parts.command(step.command())
            : text(""));
  }

  private void expectation(Note.ExpectationJudged expectation) {
    boolean asBefore =
        folds.isAsBefore(
            "expectation " + expectation.expectation(),
            expectation.verdict() + expectation.explanation());
    folds.anew();
    add(
        expectation.at(),
        "expect",
        folds.judged(
            Parts.all(
                Parts.mark(expectation.verdict()),
                b(Safe.text(" " + expectation.expectation())),
                small(asBefore ? " as before" : "")),
            asBefore ? null : expectation.term(),
            asBefore ? "" : expectation.explanation(),
            false));
  }

  private void finished(Instant at, RunReport report) {
    shown = null;
    items.add(
        new Item(
            number,
            li(
                    at(at),
                    h3(Parts.result(report.result().word())),
                    div(
                        Safe.text(
                            "after "
                                + Words.roughly(report.duration())
                                + (report.reason().isEmpty() ? "" : ": " + report.reason()))),
                    each(report.notices(), notice -> div(Safe.text("told: " + told(notice)))))
                .withClasses("phase", "end")));
  }

  private void add(Instant at, String kind, DomContent... content) {
    LiTag item = li(at(at)).with(div(content));
    items.add(new Item(number, kind.isEmpty() ? item : item.withClass(kind)));
  }

  /** The time, where it is another second than that of the item before. */
  private DomContent at(Instant at) {
    Instant second = at.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    if (second.equals(shown)) {
      return text("");
    }
    shown = second;
    return Parts.clock(at);
  }
}
