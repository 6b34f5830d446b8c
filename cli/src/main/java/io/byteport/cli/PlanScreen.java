package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.cli.story.Brief;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Outlook;
import io.byteport.engine.run.RunState;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prints the part of an account that says what is done, and what each guardrail says to it. */
final class PlanScreen {
  private static final int VALUE = 160;

  private final Lines lines;
  private final TermTree tree;
  private final Account account;

  PlanScreen(Lines lines, TermTree tree, Account account) {
    this.lines = lines;
    this.tree = tree;
    this.account = account;
  }

  void print() {
    List<Note.GuardrailJudged> before = preflight();
    if (before.isEmpty() && account.steps().isEmpty()) {
      return;
    }
    lines.title(account.dryRun() ? "plan" : "steps");
    before.forEach(one -> Guardrails.print(lines, tree, one, 2));
    approvals();
    int number = 0;
    for (Note.StepEnded step : account.steps()) {
      step(++number, step);
    }
  }

  /** What was said of the whole class, as far as no step repeats it. */
  private List<Note.GuardrailJudged> preflight() {
    Set<String> repeated = new HashSet<>();
    account.guardrails().stream()
        .filter(one -> one.step() != null)
        .forEach(one -> repeated.add(one.guardrail()));
    return account.guardrails().stream()
        .filter(one -> one.step() == null && !one.kind().equals("skip"))
        .filter(one -> !one.allowed() || !repeated.contains(one.guardrail()))
        .toList();
  }

  private void approvals() {
    Account.Replay replay = account.replay();
    if (replay == null || !account.dryRun()) {
      return;
    }
    Outlook outlook = replay.interpreter().outlook(replay.decided());
    for (Outlook.Approval approval : outlook.approvals()) {
      boolean needless = approval.unless() != null && approval.unless().holds();
      lines.entry(
          2,
          needless ? "✓ " : "! ",
          needless ? Style.GREEN : Style.YELLOW,
          approval.guardrail(),
          "approve"
              + (approval.step() == null ? "" : " for " + approval.step())
              + (needless
                  ? ": not needed"
                  : ": asks a human, who has " + Quantities.print(approval.within())));
      lines.text(6, null, approval.question());
      if (approval.unless() != null) {
        tree.draw(approval.unless(), 6);
      }
    }
  }

  private void step(int number, Note.StepEnded step) {
    String status = step.status().name().toLowerCase(Locale.ROOT);
    String action = action(step.step());
    lines.entry(
        0,
        String.format("%3d ", number),
        Style.FAINT,
        step.step() + (action.isEmpty() ? "" : "  " + action),
        status);
    if (!step.text().equals(step.step())) {
      lines.text(6, Style.FAINT, step.text());
    }
    if (step.condition() != null) {
      lines.text(6, Style.FAINT, "when");
      tree.draw(step.condition(), 8);
    }
    StructValue input = input(step.step());
    if (input != null) {
      input
          .fields()
          .forEach(
              (name, value) ->
                  lines.entry(6, name + "  ", Style.FAINT, Brief.of(value, VALUE), (Style) null));
    }
    if (step.command() != null) {
      lines.command(6, step.command());
    }
    account.guardrails().stream()
        .filter(one -> one.step() != null && Account.step(one.step()).equals(step.step()))
        .forEach(one -> Guardrails.print(lines, tree, one, 6));
  }

  /** What a step uses; empty for what is no action, or not known. */
  private String action(String id) {
    Account.Replay replay = account.replay();
    if (replay == null) {
      return "";
    }
    return switch (replay.runbook().steps().get(id)) {
      case Step.Act act -> act.use().action().name();
      case Step.Propose propose -> "propose " + propose.use().action().name();
      case Step.CallBlock call -> "block " + call.block().name();
      case Step.HandOff handOff -> "hand off to " + handOff.signal().name();
      case Step.Escalate escalate -> "escalate";
      case Step.Wait wait -> "wait";
      case null, default -> "";
    };
  }

  /** What the step was given last; null where it was never executed. */
  private @Nullable StructValue input(String id) {
    return account.replayed().map(replay -> input(replay, id)).orElse(null);
  }

  static @Nullable StructValue input(Account.Replay replay, String id) {
    StructValue found = null;
    for (int i = 0; i < replay.commands().size(); i++) {
      RunState state = replay.states().get(i);
      if (state.phase() == Note.Phase.END) {
        break;
      }
      StructValue given =
          switch (replay.commands().get(i)) {
            case Command.Plan plan when Account.step(plan.step()).equals(id) -> plan.input();
            case Command.Change change when Account.step(change.step()).equals(id) ->
                change.input();
            case Command.Read read ->
                read.calls().stream()
                    .filter(call -> Account.step(call.read()).equals(id))
                    .map(Command.ReadCall::input)
                    .findFirst()
                    .orElse(null);
            default -> null;
          };
      found = given == null ? found : given;
    }
    return found;
  }
}
