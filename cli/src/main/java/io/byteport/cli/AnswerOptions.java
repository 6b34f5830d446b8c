package io.byteport.cli;

import io.byteport.engine.journal.Question;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.run.Event;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which question is answered, and by whom. */
final class AnswerOptions {
  /** As much of a hash identifies a plan to a person. */
  private static final int SHORTEST_HASH = 8;

  @Mixin private StateOptions state = new StateOptions();

  @Parameters(
      paramLabel = "RUN",
      description = "The run, or the beginning of its id if that is enough.")
  private String run = "";

  @Option(
      names = "--guardrail",
      paramLabel = "ID",
      description = "What demands the answer. Default: whatever the run asks now.")
  private @Nullable String guardrail;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who answers, for the journal. Default: the name of the user.")
  private String by = System.getProperty("user.name", "somebody");

  /**
   * Leaves the answer for the process that carries the run on.
   *
   * @param hash the beginning of the plan's hash, or null for the plan that is asked about now
   * @return the question that was answered
   * @throws UsageException if nothing of the kind is asked
   */
  Question answer(boolean approved, @Nullable String hash, @Nullable String reason) {
    Optional<SqlRunStore> open = state.ofRuns();
    if (open.isEmpty()) {
      throw new UsageException("no runs in " + state.described() + " yet");
    }
    try (SqlRunStore store = open.get()) {
      Question question = question(store.questions());
      if (hash != null) {
        requireSame(question, hash);
      }
      Event answer =
          new Event.Approved(
              InstantSource.system().instant(),
              question.guardrail(),
              approved,
              by,
              question.hash(),
              reason);
      if (!store.post(question.run(), answer)) {
        throw new UsageException("run " + question.run() + " has ended meanwhile");
      }
      return question;
    } catch (StoreException e) {
      throw new UsageException(state.described() + ": " + e.getMessage());
    }
  }

  private Question question(List<Question> questions) {
    List<Question> fitting =
        questions.stream()
            .filter(question -> question.run().value().startsWith(run))
            .filter(question -> guardrail == null || question.guardrail().equals(guardrail))
            .toList();
    if (fitting.isEmpty()) {
      throw new UsageException(
          "run `"
              + run
              + "` asks nothing"
              + (guardrail == null ? "" : " under `" + guardrail + "`")
              + " now; `byteport approvals` lists what is asked");
    }
    if (fitting.size() > 1) {
      throw new UsageException(
          "`" + run + "` is the beginning of " + fitting.size() + " runs that ask something");
    }
    return fitting.getFirst();
  }

  private static void requireSame(Question question, String hash) {
    if (hash.length() < SHORTEST_HASH) {
      throw new UsageException(
          "--hash " + hash + ": expected " + SHORTEST_HASH + " characters at least");
    }
    if (!question.hash().startsWith(hash)) {
      throw new UsageException(
          "run "
              + question.run()
              + " asks about the plan "
              + question.hash()
              + " now, not about "
              + hash
              + "; `byteport approvals` shows what it would do");
    }
  }

  String by() {
    return by;
  }
}
