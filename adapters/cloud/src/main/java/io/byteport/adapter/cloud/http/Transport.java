package io.byteport.adapter.cloud.http;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls and waits for their answers. Reads, and writes with a token, are sent again where the
 * answer never came, was of the kind that passes (408, 429, 5xx, throttling), or asks to come back
 * while there is time; other writes are sent once. Redirects are followed for reads only, and to
 * another host only where the call says so, without credentials and not from https to http. Safe
 * for several threads.
 */
public final class Transport implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int MOST_SENDINGS = 5;
  private static final int MOST_REDIRECTS = 3;
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final ProxySelector proxies;
  private final Pauses pauses;
  private final RandomGenerator random;
  private final HttpClient client;
  private final Patience patience;

  /** Those that trust other authorities, by the file that these stand in. */
  private final Map<Path, Transport> others = new ConcurrentHashMap<>();

  /** One that trusts the authorities that the machine trusts. */
  public Transport(ProxySelector proxies, Pauses pauses, RandomGenerator random) {
    this(proxies, pauses, random, null);
  }

  private Transport(
      ProxySelector proxies,
      Pauses pauses,
      RandomGenerator random,
      @Nullable SSLContext authorities) {
    this.proxies = proxies;
    this.pauses = pauses;
    this.random = random;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .proxy(proxies);
    this.client = authorities == null ? builder.build() : builder.sslContext(authorities).build();
    this.patience = new Patience(random);
  }

  /**
   * One that trusts the certificate authorities of a file (PEM) alone; closed with this one.
   *
   * @throws ActionException if the file cannot be read
   */
  public Transport trusting(Path file) throws ActionException {
    Transport known = others.get(file);
    if (known == null) {
      SSLContext authorities = CertificateFile.read(file);
      known =
          others.computeIfAbsent(file, path -> new Transport(proxies, pauses, random, authorities));
    }
    return known;
  }

  /**
   * The answer, which is a success.
   *
   * @throws ActionException if there is no answer, or one that is no success; its effect is unknown
   *     where a write may have been received
   */
  public Reply send(Call call, Authority authority, Dialect dialect, Deadline deadline)
      throws ActionException, InterruptedException {
    boolean doubt = false;
    for (int attempt = 1; ; attempt++) {
      Duration wait = patience.before(attempt);
      ActionException failure;
      boolean passing = true;
      Map<String, String> credentials = credentials(call, authority, deadline, doubt);
      try {
        Reply reply = exchange(call, credentials, deadline);
        if (reply.isSuccess()) {
          return reply;
        }
        Problem problem = dialect.problem(reply);
        Optional<Duration> asked = patience.asked(reply, deadline.now());
        failure = Failures.answered(reply, readable(problem, credentials), asked.orElse(null));
        passing =
            problem.throttled()
                || (PASSING.contains(reply.status()) && problem.kind() == null)
                || (reply.status() == 403 && asked.isPresent());
        wait = asked.orElse(wait);
      } catch (NoAnswer none) {
        failure = none.failure;
      }
      doubt |= failure.effect() == Effect.UNKNOWN;
      boolean again =
          passing
              && call.mayBeRepeated()
              && attempt < MOST_SENDINGS
              && wait.compareTo(deadline.remaining()) < 0;
      if (!again) {
        throw doubt && failure.effect() == Effect.NONE ? Failures.afterDoubt(failure) : failure;
      }
      pauses.pause(wait);
    }
  }

  @Override
  public void close() {
    others.values().forEach(Transport::close);
    client.shutdownNow();
  }

  private static Map<String, String> credentials(
      Call call, Authority authority, Deadline deadline, boolean doubt)
      throws ActionException, InterruptedException {
    try {
      return authority.headers(call, deadline);
    } catch (ActionException none) {
      throw doubt ? Failures.afterDoubt(none) : none;
    }
  }

  private static Problem readable(Problem problem, Map<String, String> credentials) {
    return new Problem(
        Words.without(credentials.values(), problem.words()), problem.kind(), problem.throttled());
  }

  private Reply exchange(Call call, Map<String, String> credentials, Deadline deadline)
      throws NoAnswer, ActionException, InterruptedException {
    URI uri = call.address().uri();
    Map<String, String> headers = new LinkedHashMap<>(call.headers());
    headers.putAll(credentials);
    for (int redirects = 0; ; redirects++) {
      HttpResponse<byte[]> response = once(call, request(call, uri, headers, deadline), deadline);
      @Nullable String location = response.headers().firstValue("Location").orElse(null);
      if (!REDIRECTS.contains(response.statusCode()) || location == null || call.mayChange()) {
        return new Reply(call, response.statusCode(), response.headers(), response.body());
      }
      URI next = target(call, uri, location);
      if (redirects == MOST_REDIRECTS) {
        throw Failures.sentElsewhere(call, next.getScheme() + "://" + next.getAuthority());
      }
      if (!isSameOrigin(uri, next)) {
        headers = Map.of("Accept", "*/*");
      }
      uri = next;
    }
  }

  /** Where a redirect leads, if it may be followed. */
  private static URI target(Call call, URI from, String location) throws ActionException {
    URI next;
    try {
      next = from.resolve(location);
    } catch (IllegalArgumentException noAddress) {
      throw Failures.sentElsewhere(call, location);
    }
    boolean secure = "https".equals(next.getScheme());
    boolean web = secure || ("http".equals(next.getScheme()) && "http".equals(from.getScheme()));
    if (!web
        || next.getHost() == null
        || next.getUserInfo() != null
        || (!call.elsewhere() && !isSameOrigin(from, next))) {
      throw Failures.sentElsewhere(call, next.getScheme() + "://" + next.getHost());
    }
    return next;
  }

  private static boolean isSameOrigin(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getAuthority().equalsIgnoreCase(other.getAuthority());
  }

  private static HttpRequest request(
      Call call, URI uri, Map<String, String> headers, Deadline deadline) {
    HttpRequest.BodyPublisher body =
        call.body() == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(call.body());
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri)
            .method(call.method(), body)
            .timeout(Duration.ofMillis(Math.max(1, deadline.remaining().toMillis())))
            .setHeader("User-Agent", "byteport");
    headers.forEach(builder::setHeader);
    return builder.build();
  }

  private HttpResponse<byte[]> once(Call call, HttpRequest request, Deadline deadline)
      throws NoAnswer, ActionException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, info -> new CappedBody(call.limit()));
    try {
      return answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw new NoAnswer(Failures.late(call));
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      if (cause instanceof CappedBody.TooLong tooLong) {
        throw Failures.tooLong(call, tooLong);
      }
      throw new NoAnswer(Failures.broken(call, cause));
    } catch (InterruptedException interrupted) {
      answer.cancel(true);
      throw interrupted;
    }
  }

  /** Nothing came back, or not all of it. */
  private static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient ActionException failure;

    NoAnswer(ActionException failure) {
      super(failure);
      this.failure = failure;
    }
  }
}
