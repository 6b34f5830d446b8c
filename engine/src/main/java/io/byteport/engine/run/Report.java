package io.byteport.engine.run;

import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Evaluation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together what a human is told when a run is over. */
final class Report {
  private final Turn turn;
  private final RunState state;

  Report(Turn turn) {
    this.turn = turn;
    this.state = turn.state();
  }

  RunReport make() {
    Ending ending = state.ending();
    if (ending == null) {
      throw new IllegalStateException("the run has not ended");
    }
    Decision decision = state.decision();
    List<RunReport.Notification> notices = new Notices(turn).atEnd(ending.result());
    return new RunReport(
        ending.result(),
        ending.reason(),
        summary(),
        decision == null ? null : decision.classId(),
        decision == null ? 0 : decision.confidence(),
        severity(),
        state.did().stream().map(Deed::text).toList(),
        state.planned().stream()
            .map(deed -> deed.command() == null ? deed.step() : deed.command())
            .toList(),
        left(),
        ending.stoppedBy(),
        state.verification().unmet(),
        Duration.between(state.opening().at(), state.at()),
        notices,
        postmortem(),
        ending.handOff());
  }

  String severity() {
    Decision decision = state.decision();
    return decision == null
        ? state.opening().signal().severity().name().toLowerCase(java.util.Locale.ROOT)
        : decision.severity();
  }

  private Map<String, Value> postmortem() {
    return turn.moment().postmortem() instanceof StructValue struct
        ? new LinkedHashMap<>(struct.fields())
        : Map.of();
  }

  /** The one line of every message. */
  String summary() {
    Choice choice = turn.program().runbook().summary();
    if (choice != null) {
      for (Choice.Option option : choice.options()) {
        Evaluation when = turn.expressions().holds(option.when(), Locals.NONE);
        if (when.isTrue()) {
          return turn.expressions().line(option.value(), Locals.NONE).strip();
        }
      }
    }
    Ending ending = state.ending();
    Runbook.Metadata metadata = turn.program().runbook().metadata();
    return metadata.id()
        + " | "
        + state.opening().targetKey()
        + (ending == null ? "" : " | " + ending.result().word() + ": " + ending.reason());
  }

  /** Steps of the class that were not done any more. */
  List<String> left() {
    Ending ending = state.ending();
    Decision decision = state.decision();
    if (ending == null
        || ending.result() != RunResult.ESCALATED
        || decision == null
        || !decision.known()) {
      return List.of();
    }
    Runbook.Remediation remediation = turn.program().runbook().remediate().get(decision.classId());
    if (remediation == null) {
      return List.of();
    }
    List<String> left = new ArrayList<>();
    for (Prospect.Likely likely : new Prospect(turn).of(remediation)) {
      String id = likely.act().head().id().name();
      StepRecord record = state.step(id);
      switch (record.status()) {
        case PENDING -> left.add(id);
        case REFUSED, FAILED, UNKNOWN -> left.add(id + because(record.reason()));
        case SKIPPED, PLANNED, DONE -> {}
      }
    }
    return left.stream().distinct().toList();
  }

  private static String because(@Nullable String reason) {
    return reason == null ? "" : " (" + reason + ")";
  }

  /** What was done, refused and left, for the attachment of that name. */
  String plan() {
    StringBuilder out = new StringBuilder();
    RunPlan refused = state.approvals().refused();
    if (refused != null) {
      out.append("not approved ").append(refused.hash()).append('\n');
    }
    state
        .did()
        .forEach(
            deed ->
                out.append("done     ")
                    .append(deed.at())
                    .append("  ")
                    .append(deed.text())
                    .append(command(deed))
                    .append('\n'));
    state
        .planned()
        .forEach(
            deed -> out.append("planned  ").append(deed.text()).append(command(deed)).append('\n'));
    state
        .deeds()
        .steps()
        .forEach(
            (id, record) -> {
              switch (record.status()) {
                case SKIPPED, REFUSED, FAILED, UNKNOWN ->
                    out.append(word(record.status()))
                        .append(id)
                        .append(because(record.reason()))
                        .append('\n');
                case PENDING, PLANNED, DONE -> {}
              }
            });
    left().stream()
        .filter(id -> state.step(id).status() == Note.StepStatus.PENDING)
        .forEach(id -> out.append("left     ").append(id).append('\n'));
    return "autonomy "
        + state.autonomy().word()
        + "\n"
        + (out.isEmpty() ? "nothing was planned" : out.toString().stripTrailing());
  }

  private static String word(Note.StepStatus status) {
    return String.format(
        java.util.Locale.ROOT, "%-9s", status.name().toLowerCase(java.util.Locale.ROOT));
  }

  private static String command(Deed deed) {
    return deed.command() == null
        ? ""
        : "\n         $ " + deed.command().replace("\n", "\n         $ ");
  }
}
