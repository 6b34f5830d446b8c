package io.byteport.adapter.notify.http;

import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.spi.NetworkFailure;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request once and waits for its answer. Redirects are not followed: credentials and
 * incidents go where the configuration says. Connects when first used; safe for several threads.
 */
public final class Transport implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final Duration patience;
  private final int limit;
  private @Nullable HttpClient client;

  /** One that waits half a minute and reads a megabyte. */
  public Transport(InstantSource clock) {
    this(clock, PATIENCE, 1 << 20);
  }

  /**
   * @param patience from the first byte sent to the last that is read
   * @param limit how many bytes of an answer are read; the rest is let go
   */
  public Transport(InstantSource clock, Duration patience, int limit) {
    this.clock = clock;
    this.patience = patience;
    this.limit = limit;
  }

  public InstantSource clock() {
    return clock;
  }

  /**
   * The answer, which is a success.
   *
   * @param words what an answer that is none says
   * @throws ChannelException if there is none
   */
  public Answer send(Request request, Function<Answer, String> words)
      throws ChannelException, InterruptedException {
    Answer answer = exchange(request);
    if (answer.isSuccess()) {
      return answer;
    }
    throw Verdict.of(answer, words.apply(answer), clock.instant());
  }

  /**
   * The answer, whatever it is.
   *
   * @throws ChannelException if nothing came back; it may have been taken all the same
   */
  public Answer exchange(Request request) throws ChannelException, InterruptedException {
    HttpRequest.BodyPublisher body =
        request.body() == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(request.body());
    HttpRequest.Builder built =
        HttpRequest.newBuilder(request.uri())
            .method(request.method(), body)
            .timeout(patience)
            .setHeader("User-Agent", "byteport");
    request.headers().forEach(built::setHeader);
    CompletableFuture<HttpResponse<String>> coming =
        client().sendAsync(built.build(), info -> new CappedBody(limit));
    try {
      HttpResponse<String> came = coming.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return new Answer(request, came.statusCode(), came.headers(), came.body());
    } catch (TimeoutException late) {
      coming.cancel(true);
      throw late(request, late);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      if (cause instanceof java.net.http.HttpTimeoutException) {
        throw late(request, cause);
      }
      throw ChannelException.later(
          Verdict.message(request, NetworkFailure.words(cause)), null, cause);
    } catch (InterruptedException interrupted) {
      coming.cancel(true);
      throw interrupted;
    }
  }

  private ChannelException late(Request request, Throwable cause) {
    return ChannelException.later(
        Verdict.message(request, "no answer within " + patience.toSeconds() + "s"), null, cause);
  }

  private synchronized HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(CONNECT)
              .proxy(new Proxies(System.getenv(), ProxySelector.getDefault()))
              .build();
    }
    return client;
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.shutdownNow();
      client = null;
    }
  }
}
