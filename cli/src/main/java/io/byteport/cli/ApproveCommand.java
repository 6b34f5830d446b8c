package io.byteport.cli;

import io.byteport.engine.journal.Question;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says yes to what a run asks. */
@Command(
    name = "approve",
    description = {
      "Approve the plan that a run asks about; `byteport approvals` shows it.",
      "With --hash only that plan is approved. Before it acts the run looks again whether it would"
          + " still do the same, and asks again where not."
    })
final class ApproveCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private AnswerOptions answer = new AnswerOptions();

  @Option(
      names = "--hash",
      paramLabel = "HASH",
      description =
          "The plan that is meant, or the first characters of its hash. Default: the one that is"
              + " asked about now.")
  private @Nullable String hash;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the journal.")
  private @Nullable String reason;

  @Override
  public Integer call() {
    Question question = answer.answer(true, hash, reason);
    common
        .terminal()
        .out()
        .println(
            "approved by " + answer.by() + ": run " + question.run() + ", plan " + question.hash());
    return ExitStatus.OK;
  }
}
