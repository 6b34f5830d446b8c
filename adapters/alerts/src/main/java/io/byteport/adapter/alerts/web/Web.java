package io.byteport.adapter.alerts.web;

import io.byteport.adapter.cloud.http.CappedBody;
import io.byteport.adapter.cloud.http.EnvironmentProxies;
import io.byteport.adapter.cloud.http.Limit;
import io.byteport.adapter.cloud.http.Words;
import io.byteport.engine.source.SourceException;
import io.byteport.engine.spi.NetworkFailure;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request once and waits for its answer, 30 s and 8 MiB at most. Redirects are not
 * followed. Trying again is the caller's. Opened when first used; safe for several threads.
 */
public final class Web implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final Duration longest;
  private final ReentrantLock opening = new ReentrantLock();
  private @Nullable HttpClient client;

  public Web(InstantSource clock) {
    this(clock, ANSWER);
  }

  Web(InstantSource clock, Duration longest) {
    this.clock = clock;
    this.longest = longest;
  }

  /**
   * The answer, whatever its status.
   *
   * @throws SourceException if there is none, or it is too long
   */
  public Reply send(Ask ask) throws SourceException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client().sendAsync(request(ask), info -> new CappedBody(Limit.DEFAULT));
    try {
      HttpResponse<byte[]> response = answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply(
          ask, response.statusCode(), response.headers(), response.body(), clock.instant());
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw failure("no answer within " + longest.toSeconds() + "s", ask, late);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      throw failure(words(cause), ask, cause);
    } catch (InterruptedException interrupted) {
      answer.cancel(true);
      throw interrupted;
    }
  }

  private HttpRequest request(Ask ask) {
    HttpRequest.BodyPublisher body =
        ask.body() == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(ask.body());
    Map<String, String> headers = new LinkedHashMap<>(ask.headers());
    headers.putAll(ask.secrets());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(ask.address().uri())
            .method(ask.method(), body)
            .timeout(longest)
            .setHeader("User-Agent", "byteport");
    headers.forEach(request::setHeader);
    return request.build();
  }

  private HttpClient client() {
    opening.lock();
    try {
      HttpClient open = client;
      if (open == null) {
        open =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .proxy(new EnvironmentProxies(System.getenv(), ProxySelector.getDefault()))
                .build();
        client = open;
      }
      return open;
    } finally {
      opening.unlock();
    }
  }

  private static SourceException failure(String words, Ask ask, Throwable cause) {
    String plain = Words.without(ask.secrets().values(), Words.plain(words));
    return new SourceException(plain + " (" + ask + ")", null, cause);
  }

  private static String words(Throwable failure) {
    @Nullable Throwable at = failure;
    for (int depth = 0; at != null && depth < 20; depth++) {
      if (at instanceof HttpTimeoutException) {
        return "no answer within the time";
      }
      at = at.getCause();
    }
    return NetworkFailure.words(failure);
  }

  @Override
  public void close() {
    opening.lock();
    try {
      HttpClient open = client;
      if (open != null) {
        open.shutdownNow();
        client = null;
      }
    } finally {
      opening.unlock();
    }
  }
}
