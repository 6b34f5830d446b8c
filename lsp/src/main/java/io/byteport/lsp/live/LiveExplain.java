package io.byteport.lsp.live;

import io.byteport.dsl.source.Span;
import io.byteport.lsp.Texts;
import io.byteport.lsp.View;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.InlayHint;

/**
 * Explains one incident again whenever a text changes, until it is switched off. A question that
 * was overtaken by another change is given up, its process killed. Safe for use by several threads.
 */
final class LiveExplain {
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Asking asking;
  private final Runnable shown;
  private Optional<Incident> incident = Optional.empty();
  private Optional<Explanation> explanation = Optional.empty();
  private CompletableFuture<Answer> running = CompletableFuture.completedFuture(Answer.NONE);
  private long latest;

  /**
   * @param shown is told when there is something else to show
   */
  LiveExplain(Asking asking, Runnable shown) {
    this.asking = asking;
    this.shown = shown;
  }

  /** Explains with another incident from now on. */
  synchronized CompletableFuture<Answer> with(Incident other, Texts now) {
    incident = Optional.of(other);
    return ask(0, now);
  }

  /** Explains nothing from now on. */
  void off() {
    synchronized (this) {
      latest++;
      boolean given = running.cancel(true);
      incident = Optional.empty();
      if (explanation.isEmpty() && !given) {
        return;
      }
      explanation = Optional.empty();
    }
    shown.run();
  }

  /** Some text is another now: it is explained when nothing else changes for a moment. */
  synchronized void changed(Texts now) {
    if (incident.isPresent()) {
      CompletableFuture<Answer> next = ask(PAUSE.toMillis(), now);
      asking.tell(next);
    }
  }

  private CompletableFuture<Answer> ask(long milliseconds, Texts now) {
    long mine = ++latest;
    boolean given = running.cancel(true);
    Incident asked = incident.orElseThrow();
    Executor later =
        given || milliseconds > 0
            ? CompletableFuture.delayedExecutor(milliseconds, TimeUnit.MILLISECONDS)
            : Runnable::run;
    List<String> arguments = new ArrayList<>(List.of("explain"));
    arguments.addAll(asked.arguments());
    arguments.add("--output=json");
    CompletableFuture<Answer> answer =
        asking.ask(new Question(arguments, asked.folder(), now), later);
    running = answer;
    return Chain.map(answer, found -> keep(mine, found, asked.folder(), now));
  }

  private Answer keep(long mine, Answer answer, Path folder, Texts now) {
    synchronized (this) {
      if (mine != latest) {
        return answer;
      }
      explanation = answer.json().map(account -> Explanation.of(account, folder, now));
    }
    shown.run();
    return answer;
  }

  /** What is explained now, in words; empty where nothing is. */
  synchronized Optional<String> decision() {
    return explanation.map(Explanation::decision);
  }

  List<InlayHint> in(View view, Span span) {
    Optional<Explanation> now;
    synchronized (this) {
      now = explanation;
    }
    return now.map(one -> ExplainedHints.in(view, span, one)).orElse(List.of());
  }
}
