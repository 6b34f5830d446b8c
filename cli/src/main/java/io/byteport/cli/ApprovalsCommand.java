package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.cli.json.RunJson;
import io.byteport.engine.journal.Question;
import io.byteport.engine.journal.SqlRunStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what runs ask humans. */
@Command(
    name = "approvals",
    description = {
      "List what runs ask humans and have no answer to yet, with the plan that they would carry"
          + " out.",
      "Answer with `byteport approve RUN` or `byteport deny RUN --reason TEXT`."
    })
final class ApprovalsCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StateOptions state = new StateOptions();

  @Override
  public Integer call() {
    List<Question> questions = questions();
    Terminal terminal = common.terminal();
    if (common.output() == Output.json) {
      Json.write(terminal.out(), questions.stream().map(RunJson::question).toList());
      return ExitStatus.OK;
    }
    if (questions.isEmpty()) {
      terminal.out().println("nothing is asked in " + state.described());
    }
    questions.forEach(question -> print(terminal, question));
    terminal.out().flush();
    return ExitStatus.OK;
  }

  private List<Question> questions() {
    Optional<SqlRunStore> open = state.ofRuns();
    if (open.isEmpty()) {
      return List.of();
    }
    try (SqlRunStore store = open.get()) {
      return store.questions();
    }
  }

  private static void print(Terminal terminal, Question question) {
    terminal
        .out()
        .println(
            terminal.styled(Style.BOLD, question.run().value())
                + "  "
                + question.runbook()
                + "  "
                + question.target());
    terminal.out().println("  " + question.guardrail() + ": " + question.question());
    PlanText.lines(question.plan(), question.changes())
        .forEach(line -> terminal.out().println("  " + line));
    terminal.out().println("  until     " + question.until());
    terminal.out().println();
  }
}
