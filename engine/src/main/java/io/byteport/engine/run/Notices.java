package io.byteport.engine.run;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.model.Escalation;
import io.byteport.dsl.model.Notice;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Cause;
import io.byteport.engine.eval.Causes;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.ValuePrinter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is sent to people: who hears it, what it says, what is attached, what they should do
 * next.
 */
final class Notices {
  private static final Duration DEDUP = Duration.ofHours(24);

  private final Turn turn;
  private final Runbook runbook;

  Notices(Turn turn) {
    this.turn = turn;
    this.runbook = turn.program().runbook();
  }

  /** Tells of something that happens while the run goes on, where the runbook says to whom. */
  void announce(String event) {
    Notice notice = runbook.notices().get(event);
    if (notice != null && !isSilent()) {
      write(event, notice, null).forEach(one -> turn.note(new Note.Announced(turn.now(), one)));
    }
  }

  /** Whether the run is only watched. A dry run tells whoever asked for it what it would send. */
  private boolean isSilent() {
    return of(Autonomy.OBSERVE);
  }

  private boolean of(Autonomy level) {
    return turn.state().opening().mode() == Mode.LIVE && turn.state().autonomy() == level;
  }

  List<RunReport.Notification> atEnd(RunResult result) {
    List<RunReport.Notification> all = new ArrayList<>();
    if (isSilent()) {
      return List.of();
    }
    if (result == RunResult.PLANNED && of(Autonomy.PROPOSE)) {
      return proposed(result);
    }
    if (result == RunResult.RESOLVED && runbook.resolve() != null) {
      all.addAll(write(result.word(), runbook.resolve(), null));
    }
    if (result == RunResult.ESCALATED) {
      all.addAll(write(result.word(), runbook.escalate().notice(), runbook.escalate()));
    }
    Notice own = runbook.notices().get(result.word());
    if (own != null) {
      all.addAll(write(result.word(), own, null));
    }
    return List.copyOf(all);
  }

  /** Whoever is called learns why, also where the runbook says no more. */
  private @Nullable String details(Notice notice, @Nullable Escalation escalation) {
    Ending ending = turn.state().ending();
    if (notice.details() != null) {
      return text(notice.details());
    }
    return escalation == null || ending == null ? null : ending.reason();
  }

  /** The plan goes out with its commands, also where the runbook says of nobody who hears it. */
  private List<RunReport.Notification> proposed(RunResult result) {
    Notice own = runbook.notices().get(result.word());
    List<RunReport.Notification> written =
        own == null ? List.of(withoutWords(result)) : write(result.word(), own, null);
    return written.stream().map(this::withPlan).toList();
  }

  private RunReport.Notification withoutWords(RunResult result) {
    Report report = new Report(turn);
    return new RunReport.Notification(
        result.word(),
        Map.of(),
        report.severity(),
        report.summary(),
        null,
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        dedupKey(result.word(), null),
        Duration.ZERO);
  }

  private RunReport.Notification withPlan(RunReport.Notification notice) {
    Map<String, String> attachments = new LinkedHashMap<>(notice.attachments());
    attachments.put("plan", new Report(turn).plan());
    return new RunReport.Notification(
        notice.event(),
        notice.channels(),
        notice.priority(),
        notice.title(),
        notice.details(),
        notice.fields(),
        attachments,
        notice.nextSteps(),
        turn.state().planned().stream()
            .flatMap(deed -> Optional.ofNullable(deed.command()).stream())
            .distinct()
            .toList(),
        notice.dedupKey(),
        notice.dedupFor());
  }

  /**
   * One notification for the channels that are told the same, and one for each that is told more.
   */
  private List<RunReport.Notification> write(
      String event, Notice notice, @Nullable Escalation escalation) {
    List<RunReport.Notification> all = new ArrayList<>();
    Map<String, List<String>> alike = new LinkedHashMap<>();
    List<Notice.Channel> apart = new ArrayList<>();
    for (Notice.Channel channel : notice.to().values()) {
      Evaluation when = turn.expressions().holds(channel.when(), Locals.NONE);
      if (when instanceof Evaluation.Known && !when.isTrue()) {
        continue;
      }
      if (channel.attach().isEmpty() && channel.fields().isEmpty()) {
        alike.put(channel.kind().name(), channel.labels());
      } else {
        apart.add(channel);
      }
    }
    if (!alike.isEmpty() || (apart.isEmpty() && notice.to().isEmpty())) {
      all.add(write(event, notice, escalation, alike, List.of(), Map.of()));
    }
    for (Notice.Channel channel : apart) {
      all.add(
          write(
              event,
              notice,
              escalation,
              Map.of(channel.kind().name(), channel.labels()),
              channel.attach(),
              channel.fields()));
    }
    return all;
  }

  private RunReport.Notification write(
      String event,
      Notice notice,
      @Nullable Escalation escalation,
      Map<String, List<String>> channels,
      List<Expr> moreAttached,
      Map<String, ValueExpr.Entry> moreFields) {
    Report report = new Report(turn);
    Map<String, String> fields = new LinkedHashMap<>();
    Map<String, ValueExpr.Entry> entries = new LinkedHashMap<>(notice.fields());
    entries.putAll(moreFields);
    fields(entries, fields);
    Map<String, String> attachments = new LinkedHashMap<>();
    if (escalation != null) {
      carried(report, attachments);
    }
    List<Expr> attached = new ArrayList<>(notice.attach());
    attached.addAll(moreAttached);
    attached.forEach(expr -> attachments.computeIfAbsent(source(expr), title -> document(expr)));
    return new RunReport.Notification(
        event,
        channels,
        priority(escalation, report),
        report.summary(),
        details(notice, escalation),
        fields,
        attachments,
        escalation == null ? List.of() : nextSteps(escalation),
        escalation == null ? List.of() : commands(escalation),
        dedupKey(event, escalation),
        escalation == null
            ? Duration.ZERO
            : turn.expressions().duration(escalation.dedupFor(), Locals.NONE).orElse(DEDUP));
  }

  /**
   * Fields of which nothing is known are named together, each reason once: twelve times the same
   * sentence hides what is known.
   */
  private void fields(Map<String, ValueExpr.Entry> entries, Map<String, String> fields) {
    List<Cause> missing = new ArrayList<>();
    entries.forEach(
        (title, entry) -> {
          Evaluation value =
              entry.value() instanceof ValueExpr.Single
                  ? turn.expressions().value(entry.value(), Locals.NONE)
                  : Evaluation.of(Value.NULL);
          switch (value) {
            case Evaluation.Known known -> fields.put(title, text(entry.value()));
            case Evaluation.Undecided undecided ->
                missing.add(new Cause(title, undecided.causes().getFirst().reason()));
          }
        });
    if (missing.size() == 1) {
      fields.put(missing.getFirst().name(), "not known: " + missing.getFirst().reason());
    } else if (!missing.isEmpty()) {
      fields.put("not known", Causes.listed(missing));
    }
  }

  /** What every escalation carries, without being asked. */
  private void carried(Report report, Map<String, String> attachments) {
    if (!runbook.postmortem().isEmpty()) {
      attachments.put(
          "postmortem",
          Document.of(turn.moment().postmortem(), io.byteport.dsl.type.Type.Special.ANY));
    }
    attachments.put("decision tree", DecisionTree.of(turn.state().decision()));
    attachments.put("plan", report.plan());
  }

  private String text(ValueExpr value) {
    return turn.expressions().text(value, Locals.NONE).strip();
  }

  /** An attachment is called what the author wrote. */
  private String source(Expr expr) {
    Span span = expr.span();
    return turn.program().checked().source().text(span);
  }

  private String document(Expr expr) {
    return switch (turn.expressions().of(expr, Locals.NONE)) {
      case Evaluation.Known known -> Document.of(known.value(), turn.expressions().type(expr));
      case Evaluation.Undecided undecided -> "unavailable: " + undecided.reason();
    };
  }

  private String priority(@Nullable Escalation escalation, Report report) {
    if (escalation == null || escalation.priority() == null) {
      return report.severity();
    }
    String priority = Classify.graver(turn.expressions(), escalation.priority());
    return priority == null ? report.severity() : priority;
  }

  private List<String> nextSteps(Escalation escalation) {
    Set<String> steps = new LinkedHashSet<>();
    escalation.nextSteps().forEach(step -> said(step).ifPresent(steps::add));
    Advice advice = new Advice(turn.state());
    steps.addAll(advice.own());
    ValueExpr written = advice.written();
    if (written != null) {
      said(written).ifPresent(steps::add);
    }
    return List.copyOf(steps);
  }

  /** Text, unless it is nothing but a value that is null. */
  private Optional<String> said(ValueExpr step) {
    if (step instanceof ValueExpr.Single single
        && turn.expressions()
            .of(single.expr(), Locals.NONE)
            .known()
            .map(Value::isNull)
            .orElse(false)) {
      return Optional.empty();
    }
    return Optional.of(text(step));
  }

  /** The author's commands for the class, then those of what is left to be done. */
  private List<String> commands(Escalation escalation) {
    Decision decision = turn.state().decision();
    Set<String> commands = new LinkedHashSet<>();
    List<ValueExpr> written = new ArrayList<>();
    written.addAll(escalation.commands().getOrDefault(Escalation.EVERY_CLASS, List.of()));
    if (decision != null) {
      written.addAll(escalation.commands().getOrDefault(decision.classId(), List.of()));
    }
    written.forEach(command -> command(command).ifPresent(commands::add));
    commands.addAll(turn.state().deeds().left());
    return List.copyOf(commands);
  }

  /** With every value quoted for a shell; empty where one is null or not known. */
  private Optional<String> command(ValueExpr command) {
    return switch (command) {
      case ValueExpr.Interpolated interpolated -> {
        StringBuilder out = new StringBuilder();
        boolean complete = true;
        for (Template.Part part : interpolated.template().parts()) {
          switch (part) {
            case Template.Text text -> out.append(text.text());
            case Template.Hole hole -> {
              Optional<String> word = word(hole.expr());
              complete &= word.isPresent();
              out.append(word.orElse(""));
            }
          }
        }
        yield complete ? Optional.of(out.toString().strip()) : Optional.empty();
      }
      case ValueExpr.Single single -> word(single.expr());
      case ValueExpr.Constant constant -> Optional.of(text(constant));
      case ValueExpr.ListOf list -> Optional.empty();
      case ValueExpr.MapOf map -> Optional.empty();
    };
  }

  private Optional<String> word(Expr expr) {
    return turn.expressions()
        .of(expr, Locals.NONE)
        .known()
        .filter(value -> !value.isNull())
        .map(value -> ShellWords.quote(ValuePrinter.print(value, turn.expressions().type(expr))));
  }

  private String dedupKey(String event, @Nullable Escalation escalation) {
    List<String> per = new ArrayList<>();
    if (escalation == null || escalation.dedupPer() == null) {
      per.add(turn.state().opening().targetKey());
      Decision decision = turn.state().decision();
      per.add(decision == null ? Decision.UNKNOWN : decision.classId());
    } else {
      for (Expr expr : escalation.dedupPer()) {
        per.add(
            ValuePrinter.print(
                turn.expressions().of(expr, Locals.NONE), turn.expressions().type(expr)));
      }
    }
    return event + "/" + turn.program().checked().id() + "/" + String.join("/", per);
  }
}
