package io.byteport.cli.http;

import io.byteport.engine.journal.StoreException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands around everything that answers: makes of each {@link Problem} an answer, of what nobody
 * foresaw one that tells nothing, and counts. Safe for several threads.
 */
final class Guard {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
  static final HeaderName CACHE = HeaderNames.CACHE_CONTROL;

  /** Nothing stands inline, nothing is framed, and nothing is asked of anybody else. */
  private static final Map<String, String> SECURITY =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
              + " frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final HttpCounts counts;
  private final Pages pages;

  Guard(HttpCounts counts, Pages pages) {
    this.counts = counts;
    this.pages = pages;
  }

  /** The headers that every answer has, until what answers says otherwise. */
  static Map<String, String> headers(boolean secure) {
    Map<String, String> all = new LinkedHashMap<>(SECURITY);
    if (secure) {
      all.put("Strict-Transport-Security", "max-age=31536000");
    }
    return all;
  }

  /**
   * @param where what is counted
   */
  Handler around(String where, Handler inner) {
    return (request, response) -> answer(where, inner, request, response);
  }

  void answer(String where, Handler inner, ServerRequest request, ServerResponse response) {
    long began = System.nanoTime();
    try {
      inner.handle(request, response);
    } catch (CloseConnectionException e) {
      throw e;
    } catch (Exception e) {
      refuse(where, problem(where, e), request, response);
    } finally {
      counts.answered(where, response.status().code(), Duration.ofNanos(System.nanoTime() - began));
    }
  }

  private static Problem problem(String where, Exception e) {
    return switch (e) {
      case Problem problem -> problem;
      case RequestException request -> Problem.invalid("the request is not one that HTTP allows");
      case StoreException store -> {
        LOG.warn("{}: the state cannot be used", where, store);
        yield unavailable("the agent's state cannot be used now; its log says why");
      }
      case InterruptedException stopped -> {
        Thread.currentThread().interrupt();
        yield unavailable("the agent is about to stop");
      }
      default -> {
        LOG.error("{} could not be answered", where, e);
        yield new Problem(
            500, "internal error", "this should not happen; the agent's log says more", null);
      }
    };
  }

  private static Problem unavailable(String detail) {
    return new Problem(503, "not now", detail, Turned.UNAVAILABLE)
        .retryAfter(Duration.ofSeconds(5));
  }

  private void refuse(
      String where, Problem problem, ServerRequest request, ServerResponse response) {
    Turned turned = problem.turned();
    if (turned != null) {
      counts.refused(turned, where);
    }
    if (response.isSent() || response.bytesWritten() > 0) {
      throw new CloseConnectionException("an answer could not be finished");
    }
    problem.headers().forEach(response::header);
    response.status(problem.status());
    if (wantsPage(request)) {
      send(response, "text/html; charset=utf-8", pages.problem(problem.status(), text(problem)));
    } else {
      send(response, Problem.MEDIA_TYPE, problem.json());
    }
    if (request.content().hasEntity()
        && request.headers().contentLength().isEmpty()
        && !request.content().consumed()) {
      throw new CloseConnectionException("what else is to come has no end that is known");
    }
  }

  private static String text(Problem problem) {
    return String.valueOf(problem.getMessage());
  }

  private static boolean wantsPage(ServerRequest request) {
    return request.headers().first(HeaderNames.ACCEPT).orElse("").contains("text/html")
        && !request.prologue().uriPath().path().startsWith("/api/");
  }

  static void send(ServerResponse response, String type, String text) {
    response.header(HeaderNames.CONTENT_TYPE, type);
    response.send(text.getBytes(StandardCharsets.UTF_8));
  }
}
