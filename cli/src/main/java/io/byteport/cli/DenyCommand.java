package io.byteport.cli;

import io.byteport.engine.journal.Question;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says no to what a run asks. */
@Command(
    name = "deny",
    description = "Decline what a run asks; a human is called, and told who declined and why.")
final class DenyCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private AnswerOptions answer = new AnswerOptions();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why not, for whoever is called.")
  private String reason = "";

  @Override
  public Integer call() {
    Question question = answer.answer(false, null, reason);
    common
        .terminal()
        .out()
        .println("declined by " + answer.by() + ": run " + question.run() + ": " + reason);
    return ExitStatus.OK;
  }
}
