package io.byteport.lsp.live;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.services.LanguageClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the program and makes words of whatever goes wrong with it: nothing that it does hurts the
 * server. Safe for use by several threads.
 */
final class Asking {
  /** Exit statuses with which the program has said all that it has to say. */
  private static final int CLEAN = 0;

  private static final int FINDINGS = 1;
  private static final int USAGE = 2;

  private final Program program;
  private final Duration limit;
  private final AtomicReference<String> told = new AtomicReference<>("");
  private volatile Optional<LanguageClient> client = Optional.empty();

  /**
   * @param limit after which a question is given up
   */
  Asking(Program program, Duration limit) {
    this.program = program;
    this.limit = limit;
  }

  void connect(LanguageClient other) {
    client = Optional.of(other);
  }

  /**
   * Asks.
   *
   * @param when starts the program
   * @return the answer, which never fails but by being cancelled; cancelling it kills the process
   */
  @SuppressWarnings("FutureReturnValueIgnored") // an answer is completed, whatever comes
  CompletableFuture<Answer> ask(Question question, Executor when) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    when.execute(
        () -> {
          if (answer.isDone()) {
            return;
          }
          CompletableFuture<Program.Ended> run =
              program.run(question.command(), question.folder(), question.input(), limit);
          answer.whenComplete(
              (any, gone) -> {
                if (answer.isCancelled()) {
                  run.cancel(true);
                }
              });
          run.whenComplete(
              (ended, broken) -> answer.complete(broken == null ? answer(ended) : trouble(broken)));
        });
    return answer;
  }

  private static Answer answer(Program.Ended ended) {
    String words = ended.err().strip();
    if (ended.status() != CLEAN && ended.status() != FINDINGS && ended.status() != USAGE) {
      return Answer.trouble(
          "byteport ended with status " + ended.status() + (words.isEmpty() ? "" : ": " + words),
          true);
    }
    if (ended.out().isBlank()) {
      return Answer.trouble(words.isEmpty() ? "byteport printed nothing" : words, words.isEmpty());
    }
    if (!ended.out().stripLeading().startsWith("{")) {
      return ended.status() == CLEAN
          ? Answer.of(ended.out(), null)
          : Answer.trouble(words.isEmpty() ? ended.out().strip() : words, false);
    }
    try {
      return Answer.of(ended.out(), JsonMapper.shared().readTree(ended.out()));
    } catch (JacksonException cut) {
      return Answer.trouble("byteport printed no sound JSON: " + cut.getOriginalMessage(), true);
    }
  }

  private Answer trouble(Throwable broken) {
    Throwable cause =
        broken instanceof CompletionException && broken.getCause() != null
            ? broken.getCause()
            : broken;
    return switch (cause) {
      case TimeoutException late ->
          Answer.trouble("byteport took longer than " + limit.toSeconds() + " s", true);
      case CancellationException stopped -> Answer.trouble("byteport was stopped", false);
      case IOException none ->
          Answer.trouble("byteport cannot be started: " + none.getMessage(), true);
      default -> Answer.trouble("byteport failed: " + cause, true);
    };
  }

  /** Tells what went wrong, once: a program that broke to the person, a text's fault to the log. */
  @SuppressWarnings("FutureReturnValueIgnored") // there is nothing after telling
  void tell(CompletableFuture<Answer> answer) {
    answer.whenComplete(
        (found, gone) -> {
          if (found != null) {
            tell(found);
          }
        });
  }

  private void tell(Answer answer) {
    if (told.getAndSet(answer.trouble()).equals(answer.trouble()) || !answer.failed()) {
      return;
    }
    client.ifPresent(
        there -> {
          if (answer.defect()) {
            there.showMessage(new MessageParams(MessageType.Warning, answer.trouble()));
          } else {
            there.logMessage(new MessageParams(MessageType.Info, answer.trouble()));
          }
        });
  }
}
