package io.byteport.adapter.probes.http;

import io.byteport.adapter.probes.net.PlainText;
import io.byteport.adapter.probes.tls.TrustRoots;
import io.byteport.dsl.value.Quantities;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over HTTP/1.1 and reads the beginning of the answers. Follows no redirects. Opens
 * connections when first used; safe for several threads.
 */
public final class Web implements AutoCloseable {
  private static final String DEFAULT_ROOTS = "";

  private final TrustRoots publicRoots;
  private final Map<String, HttpClient> clients = new HashMap<>();
  private boolean closed;

  /**
   * @param publicRoots whom certificates are believed that no roots are configured for
   */
  public Web(TrustRoots publicRoots) {
    this.publicRoots = publicRoots;
  }

  /**
   * The answer to one request, whatever its status.
   *
   * @param roots a PEM file with the only roots that are trusted; null for the public ones
   * @param mostBytes of the body that are read
   * @throws ActionException if there is none: UNREACHABLE where nobody listens, the certificate is
   *     not accepted or no HTTP is spoken, TIMEOUT, or INVALID where the roots cannot be read
   */
  public HttpAnswer send(HttpRequest request, @Nullable String roots, int mostBytes, Duration limit)
      throws ActionException, InterruptedException {
    CompletableFuture<HttpResponse<CappedBody.Body>> answer =
        client(roots).sendAsync(request, info -> new CappedBody(mostBytes));
    try {
      HttpResponse<CappedBody.Body> response =
          answer.get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
      return new HttpAnswer(
          response.uri(),
          response.statusCode(),
          response.headers(),
          response.body().bytes(),
          response.body().cut());
    } catch (TimeoutException e) {
      throw timeout(request.uri(), limit, e);
    } catch (ExecutionException e) {
      throw failure(request.uri(), limit, e.getCause() == null ? e : e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private static ActionException timeout(URI uri, Duration limit, Throwable cause) {
    return new ActionException(
        FailureKind.TIMEOUT,
        ActionException.Effect.NONE,
        place(uri) + " did not answer within " + Quantities.print(limit),
        cause);
  }

  private static ActionException failure(URI uri, Duration limit, Throwable cause) {
    if (cause instanceof HttpTimeoutException) {
      return timeout(uri, limit, cause);
    }
    String words =
        switch (cause) {
          case SSLException e when isAboutCertificate(e) ->
              " shows a certificate that is not accepted: " + PlainText.words(e);
          case SSLException e -> " made no TLS handshake: " + PlainText.words(e);
          case ConnectException e when isUnresolved(e) -> " has no address that is known";
          case ConnectException e -> " accepts no connection";
          case IOException e -> " gave no answer: " + PlainText.words(e);
          default -> throw new IllegalStateException(cause);
        };
    return new ActionException(
        FailureKind.UNREACHABLE, ActionException.Effect.NONE, place(uri) + words, cause);
  }

  private static boolean isUnresolved(Throwable failure) {
    return failure instanceof UnresolvedAddressException
        || (failure.getCause() != null && isUnresolved(failure.getCause()));
  }

  private static boolean isAboutCertificate(Throwable failure) {
    return failure instanceof CertificateException
        || (failure.getCause() != null && isAboutCertificate(failure.getCause()));
  }

  /** Scheme, host and port: a query may hold what is nobody's business. */
  static String place(URI uri) {
    return PlainText.line(uri.getScheme() + "://" + uri.getRawAuthority(), 300);
  }

  private synchronized HttpClient client(@Nullable String roots) throws ActionException {
    if (closed) {
      throw ActionException.refused(FailureKind.CANCELLED, "the agent is stopping");
    }
    String key = roots == null ? DEFAULT_ROOTS : roots;
    HttpClient open = clients.get(key);
    if (open == null) {
      open = open(roots == null ? publicRoots : TrustRoots.only(roots));
      clients.put(key, open);
    }
    return open;
  }

  private static HttpClient open(TrustRoots roots) {
    try {
      return HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .sslContext(roots.context())
          .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java speaks no TLS", e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    clients.values().forEach(HttpClient::shutdownNow);
    clients.clear();
  }
}
