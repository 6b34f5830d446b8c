package io.byteport.cli.gallery;

import io.byteport.cli.gallery.Sheet.Call;
import io.byteport.cli.gallery.Sheet.Course;
import io.byteport.cli.gallery.Sheet.Guard;
import io.byteport.cli.gallery.Sheet.Proof;
import io.byteport.cli.gallery.Sheet.Row;
import io.byteport.cli.gallery.Sheet.Rule;
import io.byteport.cli.gallery.Sheet.Rules;
import io.byteport.cli.gallery.Sheet.Signal;
import io.byteport.cli.gallery.Sheet.Undo;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.Requirements;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Notice;
import io.byteport.dsl.model.Runbook;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the sheet of a runbook. */
public final class SheetReader {
  /** Below it no runbook acts, whatever it says of itself. */
  private static final double FLOOR = 0.70;

  private final Runbook book;
  private final CheckedRunbook checked;
  private final Wording words;
  private final Deeds deeds;

  private SheetReader(CheckedRunbook checked) {
    this.checked = checked;
    this.book = checked.runbook();
    this.words = new Wording(checked);
    this.deeds = new Deeds(words);
  }

  /**
   * @param tests names of its cases
   */
  public static Sheet of(CheckedRunbook checked, List<String> tests) {
    return new SheetReader(checked).sheet(tests);
  }

  private Sheet sheet(List<String> tests) {
    return new Sheet(
        about(),
        book.detectors().values().stream().map(this::signal).toList(),
        rows(book.inputs(), words::input),
        rows(book.params(), words::parameter),
        rows(book.diagnose(), words::fact),
        rules(),
        book.guardrails().values().stream().map(this::guard).toList(),
        book.remediate().values().stream().map(this::course).toList(),
        proof(book.verify()),
        undo(book.rollback()),
        calls(),
        Requirements.of(checked),
        tests);
  }

  private Sheet.About about() {
    Runbook.Metadata about = book.metadata();
    return new Sheet.About(
        about.id().name(),
        about.title(),
        about.category(),
        about.severity(),
        about.status(),
        about.version(),
        names(about.aliases()),
        names(about.supersedes()),
        about.sources(),
        book.target().type().name(),
        about.doc() == null ? "" : about.doc().strip());
  }

  private Signal signal(Runbook.Detector detector) {
    Runbook.Watch watch = detector.watch();
    return new Signal(
        detector.id().name(),
        detector.doc() == null ? "" : detector.doc(),
        names(detector.aliases()),
        watch == null
            ? null
            : watch.use().action()
                + ": "
                + words.written(watch.when().span())
                + (watch.sustained() == null ? "" : ", for " + words.written(watch.sustained())));
  }

  private Rules rules() {
    return new Rules(
        Math.max(FLOOR, book.classify().minConfidence()),
        book.classify().passes(),
        book.classify().rules().stream()
            .map(
                rule ->
                    new Rule(
                        rule.classId().name(),
                        words.choice(rule.confidence()),
                        words.written(rule.when().span()),
                        words.written(rule.because())))
            .toList());
  }

  private Guard guard(Guardrail guardrail) {
    return new Guard(
        guardrail.id().name(),
        guardrail.rule().getClass().getSimpleName().toLowerCase(Locale.ROOT),
        words.guardrail(guardrail.rule()),
        names(guardrail.guards()),
        guardrail.then() == Guardrail.Then.SKIP,
        words.written(guardrail.because()));
  }

  private Course course(Runbook.Remediation remediation) {
    return new Course(
        remediation.classId().name(),
        deeds.of(remediation.steps()),
        undo(remediation.rollback()),
        words.written(remediation.advice()));
  }

  private @Nullable Proof proof(Runbook.@Nullable Verify verify) {
    return verify == null
        ? null
        : new Proof(
            words.times(verify),
            rows(verify.expect(), each -> words.written(each.condition().span())));
  }

  private @Nullable Undo undo(Runbook.@Nullable Rollback rollback) {
    return rollback == null
        ? null
        : new Undo(
            rollback.when() == null ? "" : words.written(rollback.when().span()),
            deeds.of(rollback.steps()));
  }

  private List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    if (book.resolve() != null) {
      calls.add(call("resolved", book.resolve()));
    }
    calls.add(call("escalated", book.escalate().notice()));
    book.notices().forEach((event, notice) -> calls.add(call(event, notice)));
    calls.removeIf(call -> call.channels().isEmpty());
    return calls;
  }

  private Call call(String event, Notice notice) {
    return new Call(
        event,
        rows(
            notice.to(),
            channel ->
                (channel.when() == null ? "" : "when " + words.written(channel.when().span()))
                    + (channel.labels().isEmpty()
                        ? ""
                        : "\nlabels " + String.join(", ", channel.labels()))));
  }

  private static <T> List<Row> rows(Map<String, T> map, Function<T, String> text) {
    return map.entrySet().stream()
        .map(entry -> new Row(entry.getKey(), text.apply(entry.getValue()).strip()))
        .toList();
  }

  private static List<String> names(List<Id> ids) {
    return ids.stream().map(Id::name).toList();
  }
}
