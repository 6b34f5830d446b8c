package io.byteport.engine.sim;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.test.Expected;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.ValuePrinter;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Deed;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Expressions;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunState;
import io.byteport.engine.sim.CaseResult.Mismatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares what a run came to with what a case expects. */
final class CaseComparison {
  private static final String NONE = "none";

  private final CheckedRunbook checked;
  private final SimulatedRun.Played played;
  private final Expressions expressions;
  private final Outcomes outcomes;
  private final RunState state;
  private final RunReport report;
  private final List<Mismatch> mismatches = new ArrayList<>();

  /**
   * @param expressions of the run's last moment
   */
  CaseComparison(
      CheckedRunbook checked,
      SimulatedRun.Played played,
      Expressions expressions,
      Outcomes outcomes) {
    this.checked = checked;
    this.played = played;
    this.expressions = expressions;
    this.outcomes = outcomes;
    this.state = played.state();
    this.report = played.report();
  }

  List<Mismatch> compare(List<Expected> expected) {
    expected.forEach(this::compare);
    return List.copyOf(mismatches);
  }

  private void compare(Expected expected) {
    Span span = expected.span();
    switch (expected) {
      case Expected.OfClass one -> word("class", one.classId(), report.classId(), span);
      case Expected.Confidence one ->
          word(
              "confidence",
              ValuePrinter.confidence(one.value()),
              ValuePrinter.confidence(report.confidence()),
              span);
      case Expected.Severity one -> word("severity", one.word(), report.severity(), span);
      case Expected.Passes one -> count("passes", one.count(), state.pass(), span);
      case Expected.Undecided one -> undecided(one.facts(), span);
      case Expected.Did one -> list("did", one.steps(), steps(state.did()), span);
      case Expected.Planned one -> list("planned", one.steps(), steps(state.planned()), span);
      case Expected.With one -> with(one);
      case Expected.Attempts one -> count("attempts", one.count(), state.attempts(), span);
      case Expected.Unmet one -> set("unmet", one.expectations(), report.unmet(), span);
      case Expected.StoppedBy one -> word("stoppedBy", one.guardrail(), report.stoppedBy(), span);
      case Expected.Result one -> word("result", one.word(), report.result().word(), span);
      case Expected.Reason one -> {
        if (!report.reason().contains(one.part())) {
          mismatch("reason", "one with `" + one.part() + "`", report.reason(), span);
        }
      }
      case Expected.To one -> set("to", one.channels(), channels(), span);
      case Expected.Priority one -> word("priority", one.word(), priority(), span);
      case Expected.Holds one -> holds(one);
      case Expected.State one ->
          word(
              one.subject().key() + "." + one.id(),
              one.word(),
              outcomes.state(one.subject(), one.id()),
              span);
      case Expected.Took one -> took(one);
      case Expected.Plan one -> list("plan", one.commands(), report.planned(), span);
      case Expected.Timeline one -> parts("timeline", one.parts(), outcomes.timeline(), span);
      case Expected.Postmortem one -> postmortem(one);
      case Expected.Told one -> told(one);
    }
  }

  private void took(Expected.Took expected) {
    Evaluation found = expressions.look(expected.took());
    Value wanted = Value.of(expected.duration());
    if (!(found instanceof Evaluation.Known known && known.value().equals(wanted))) {
      mismatch(
          "took." + expected.step(),
          ValuePrinter.print(wanted, Type.Special.ANY),
          ValuePrinter.print(found, Type.Special.ANY),
          expected.span());
    }
  }

  /** Each is a part of one of those that were found, in order. */
  private void parts(String what, List<String> expected, List<String> found, Span span) {
    int next = 0;
    for (String one : found) {
      if (next < expected.size() && one.contains(expected.get(next))) {
        next++;
      }
    }
    if (next < expected.size()) {
      mismatch(
          what,
          "one with `" + expected.get(next) + "`" + (next == 0 ? "" : ", after the others"),
          found.isEmpty() ? NONE : String.join("\n", found),
          span);
    }
  }

  private void postmortem(Expected.Postmortem expected) {
    Value found = report.postmortem().getOrDefault(expected.field(), Value.NULL);
    String wanted = ValuePrinter.print(expected.value(), Type.Special.ANY);
    String printed = ValuePrinter.print(found, Type.Special.ANY);
    if (!expected.value().equals(found) && !wanted.equals(printed)) {
      mismatch("postmortem." + expected.field(), wanted, printed, expected.span());
    }
  }

  /** What some notice of the end says. */
  private void told(Expected.Told expected) {
    String what = "notice." + expected.part();
    List<List<String>> found =
        report.notices().stream()
            .filter(notice -> notice.event().equals(report.result().word()))
            .map(notice -> Outcomes.told(notice, expected.part()))
            .toList();
    boolean whole = Outcomes.isWhole(expected.part());
    boolean told =
        found.stream()
            .anyMatch(
                texts -> whole ? texts.equals(expected.texts()) : isIn(expected.texts(), texts));
    if (!told) {
      mismatch(
          what,
          (whole ? "" : "one with ") + printed(expected.texts()),
          found.isEmpty()
              ? "no notice"
              : printed(found.stream().flatMap(List::stream).distinct().toList()),
          expected.span());
    }
  }

  private static boolean isIn(List<String> parts, List<String> texts) {
    int next = 0;
    for (String text : texts) {
      if (next < parts.size() && text.contains(parts.get(next))) {
        next++;
      }
    }
    return next == parts.size();
  }

  private void mismatch(String what, String expected, String found, Span span) {
    mismatches.add(new Mismatch(what, expected, found, span));
  }

  private void word(String what, String expected, @Nullable String found, Span span) {
    if (!expected.equals(found)) {
      mismatch(what, expected, Objects.requireNonNullElse(found, NONE), span);
    }
  }

  private void count(String what, int expected, int found, Span span) {
    if (expected != found) {
      mismatch(what, String.valueOf(expected), String.valueOf(found), span);
    }
  }

  private void list(String what, List<String> expected, List<String> found, Span span) {
    if (!expected.equals(found)) {
      mismatch(what, printed(expected), printed(found), span);
    }
  }

  private void set(String what, List<String> expected, Collection<String> found, Span span) {
    if (!new TreeSet<>(expected).equals(new TreeSet<>(found))) {
      mismatch(what, printed(expected), printed(found), span);
    }
  }

  private static String printed(Collection<String> names) {
    return names.isEmpty() ? NONE : String.join(", ", names);
  }

  private static List<String> steps(List<Deed> deeds) {
    return deeds.stream().map(Deed::step).toList();
  }

  /** What is not known is a fact, or a field of one that the case leaves out. */
  private void undecided(List<String> facts, Span span) {
    Set<String> found = new LinkedHashSet<>();
    for (String cause : state.undecided()) {
      found.add(
          facts.stream().filter(fact -> cause.startsWith(fact + ".")).findFirst().orElse(cause));
    }
    set("undecided", facts, found, span);
  }

  private Set<String> channels() {
    Set<String> channels = new LinkedHashSet<>();
    report.notices().forEach(notice -> channels.addAll(notice.channels().keySet()));
    return channels;
  }

  private @Nullable String priority() {
    return report.notices().stream()
        .filter(notice -> notice.event().equals(report.result().word()))
        .map(RunReport.Notification::priority)
        .findFirst()
        .orElse(null);
  }

  private void holds(Expected.Holds expected) {
    Expressions.Judgement judgement = expressions.judge(expected.condition());
    if (judgement.verdict() != Note.Verdict.TRUE) {
      mismatch(
          "assert",
          ExprPrinter.print(expected.condition().syntax()),
          judgement.explanation(),
          expected.span());
    }
  }

  // ── what steps were given ─────────────────────────────────────────────────────────────────────

  private void with(Expected.With expected) {
    String what = "with." + expected.step();
    List<StructValue> given = inputs(expected.step());
    if (given.isEmpty()) {
      mismatch(what, "an execution", "it was not executed", expected.span());
      return;
    }
    List<Mismatch> nearest = List.of();
    for (StructValue inputs : given) {
      List<Mismatch> misfits = new ArrayList<>();
      compare(what, Value.of(expected.inputs()), inputs, type(expected.step()), expected, misfits);
      if (misfits.isEmpty()) {
        return;
      }
      nearest = nearest.isEmpty() || misfits.size() < nearest.size() ? misfits : nearest;
    }
    mismatches.addAll(nearest);
  }

  /** What each execution was given, planned ones included. */
  private List<StructValue> inputs(String step) {
    List<StructValue> inputs = new ArrayList<>();
    for (Event event : played.events()) {
      if (event instanceof Event.ChangeIntended change && isOf(step, change.step())) {
        inputs.add(change.input());
      }
    }
    for (int i = 0; i < played.commands().size(); i++) {
      Command command = played.commands().get(i);
      if (command instanceof Command.Read read) {
        read.calls().stream()
            .filter(call -> isOf(step, call.read()))
            .forEach(call -> inputs.add(call.input()));
      }
      // after the end, what a human is left to do is told the same way
      boolean over = played.states().get(i).phase() == Note.Phase.END;
      if (command instanceof Command.Plan plan && !over && isOf(step, plan.step())) {
        inputs.add(plan.input());
      }
    }
    return inputs;
  }

  private static boolean isOf(String step, String key) {
    return SimulatedWorld.name(key).equals(step);
  }

  private Type type(String step) {
    String action =
        switch (checked.steps().get(step)) {
          case Step.Act act -> act.use().action().name();
          case Step.Propose propose -> propose.use().action().name();
          case null, default -> "";
        };
    Map<String, Type> types = new LinkedHashMap<>();
    checked
        .catalogue()
        .action(action)
        .map(ActionDescription::inputs)
        .orElse(Map.of())
        .forEach((name, input) -> types.put(name, input.type()));
    return RecordType.of("with", types);
  }

  private static void compare(
      String what,
      Value expected,
      Value found,
      Type type,
      Expected.With place,
      List<Mismatch> misfits) {
    if (expected instanceof StructValue wanted && found instanceof StructValue given) {
      wanted
          .fields()
          .forEach(
              (name, value) ->
                  compare(
                      what + "." + name,
                      value,
                      given.get(name),
                      type.nonNull() instanceof RecordType record
                          ? record.field(name).orElse(Type.Special.ANY)
                          : Type.Special.ANY,
                      place,
                      misfits));
    } else if (!expected.equals(found)) {
      misfits.add(
          new Mismatch(
              what,
              ValuePrinter.print(expected, type),
              ValuePrinter.print(found, type),
              place.span()));
    }
  }
}
