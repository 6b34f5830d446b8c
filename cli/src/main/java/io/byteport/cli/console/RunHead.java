package io.byteport.cli.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.code;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;

import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Note;
import io.byteport.engine.signal.Signal;
import j2html.tags.DomContent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** How a run stands, at one glance. */
record RunHead(Scene scene, RunLook look) {

  DomContent html() {
    RunSummary run = look.summary();
    Map<String, DomContent> rows = new LinkedHashMap<>();
    look.decision().ifPresent(decision -> rows.put("Class", decided(decision)));
    look.decision().ifPresent(decision -> rows.put("Severity", severity(decision)));
    rows.put("Opened", Parts.since(run.openedAt(), scene.now()));
    Instant end = run.finishedAt();
    if (end != null) {
      rows.put("Took", text(Words.roughly(Duration.between(run.openedAt(), end))));
    }
    look.opened().ifPresent(opened -> rows.put("Signal", signal(opened.signal())));
    rows.put("Runbook", runbook(run));
    look.opened().ifPresent(opened -> rows.put("Autonomy", autonomy(opened)));
    look.asked().ifPresent(asked -> rows.put("Plan", code(asked.plan().hash()).withClass("hash")));
    return div(
            p(
                    Parts.result(run.result()),
                    text(" "),
                    Parts.mode(run.mode()),
                    Parts.when(run.imported(), () -> Parts.tag("imported")),
                    text(" "),
                    reason(run))
                .withClass("verdict"),
            dl(each(rows.entrySet().stream().map(row -> div(dt(row.getKey()), dd(row.getValue())))))
                .withClass("facts"))
        .withClass("head");
  }

  private DomContent reason(RunSummary run) {
    if (run.finishedAt() == null) {
      return look.phase()
          .map(
              phase ->
                  Parts.all(
                      text(Words.lower(phase.phase()) + ", since "),
                      Parts.since(phase.at(), scene.now())))
          .orElse(Parts.all(text("just opened")));
    }
    String reason = run.reason();
    return Safe.text(reason == null ? "" : reason);
  }

  private static DomContent decided(Note.Classified decision) {
    Double needed = decision.needed();
    return Parts.all(
        code(Safe.text(decision.classId())),
        text(
            " at "
                + Words.confidence(decision.confidence())
                + (needed == null
                    ? ""
                    : " of the " + Words.confidence(needed) + " that acting takes")));
  }

  private static DomContent severity(Note.Classified decision) {
    String because = decision.severityBecause();
    return Safe.text(decision.severity() + (because == null ? "" : ", since " + because));
  }

  private static DomContent signal(Signal signal) {
    return Parts.all(
        code(Safe.text(signal.type())),
        Safe.text(" from " + signal.source() + ", " + Words.lower(signal.severity())),
        signal.value() == null ? text("") : Safe.text(", value " + signal.value()),
        each(
            new TreeMap<>(signal.labels()).entrySet(),
            label -> Parts.all(text(" "), Parts.tag(label.getKey() + "=" + label.getValue()))),
        signal.link() == null ? text("") : Parts.all(text(" "), Safe.link(signal.link())));
  }

  private static DomContent runbook(RunSummary run) {
    return a(Safe.text(run.runbook())).withHref(Routes.runbook(run.runbook()));
  }

  private DomContent autonomy(Event.Opened opened) {
    return text(
        opened.policy().forClass(look.summary().classId()).word()
            + ", with version "
            + Safe.visible(opened.runbookVersion())
            + " of the runbook");
  }
}
