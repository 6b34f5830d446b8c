package io.byteport.lsp.live;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Answers that are made of others; whoever gives one up gives up what it is made of. */
@SuppressWarnings(
    "FutureReturnValueIgnored") // what happens after an answer is heard of nowhere else
public final class Chain {
  private Chain() {}

  /** An answer made of another. */
  static <T, R> CompletableFuture<R> map(CompletableFuture<T> first, Function<T, R> then) {
    CompletableFuture<R> answer = first.thenApply(then);
    return givingUp(answer, first);
  }

  /** The same, with something else where the other was given up or failed. */
  static <T, R> CompletableFuture<R> map(
      CompletableFuture<T> first, Function<T, R> then, R otherwise) {
    CompletableFuture<R> answer =
        first.handle((value, gone) -> gone == null ? then.apply(value) : otherwise);
    return givingUp(answer, first);
  }

  /** An answer that is asked for when another is there. */
  public static <T, R> CompletableFuture<R> then(
      CompletableFuture<T> first, Executor executor, Function<T, CompletableFuture<R>> then) {
    CompletableFuture<CompletableFuture<R>> second = first.thenApplyAsync(then, executor);
    CompletableFuture<R> answer = second.thenCompose(Function.identity());
    answer.whenComplete(
        (any, gone) -> {
          if (answer.isCancelled()) {
            second.thenAccept(running -> running.cancel(true));
          }
        });
    return answer;
  }

  private static <R> CompletableFuture<R> givingUp(
      CompletableFuture<R> answer, CompletableFuture<?> first) {
    answer.whenComplete(
        (any, gone) -> {
          if (answer.isCancelled()) {
            first.cancel(true);
          }
        });
    return answer;
  }
}
