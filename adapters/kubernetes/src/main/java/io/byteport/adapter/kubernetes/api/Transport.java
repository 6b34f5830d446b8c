package io.byteport.adapter.kubernetes.api;

import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one request, once, and waits for the answer. Safe for several threads. */
final class Transport {
  private final KubernetesClient client;
  private final String root;

  Transport(KubernetesClient client) {
    this.client = client;
    String url = client.getMasterUrl().toString();
    this.root = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** The answer's body, where the answer is a success. */
  byte[] send(Request request, Body body, Deadline deadline)
      throws ActionException, InterruptedException {
    CompletableFuture<HttpResponse<AsyncBody>> call;
    try {
      HttpClient http = client.getHttpClient();
      call =
          http.consumeBytes(
              toHttp(http, request, deadline),
              (buffers, rest) -> {
                body.add(buffers);
                rest.consume();
              });
    } catch (RuntimeException notSent) {
      throw new ActionException(
          io.byteport.engine.spi.FailureKind.UNREACHABLE,
          ActionException.Effect.NONE,
          ApiFailures.words(notSent) + " (" + request + ")",
          notSent);
    }
    HttpResponse<AsyncBody> response = await(call, request, deadline);
    AsyncBody rest = response.body();
    rest.consume();
    try {
      await(rest.done(), request, deadline);
    } finally {
      rest.cancel();
    }
    if (!response.isSuccessful()) {
      throw ApiFailures.answered(request, response.code(), said(body.toBytes()));
    }
    return body.toBytes();
  }

  private HttpRequest toHttp(HttpClient http, Request request, Deadline deadline) {
    HttpRequest.Builder builder =
        http.newHttpRequestBuilder()
            .uri(root + request.pathAndQuery())
            .header("Accept", request.accept())
            .timeout(Math.max(1, deadline.remaining().toMillis()), TimeUnit.MILLISECONDS);
    if (request.body() != null && request.contentType() != null) {
      builder.method(request.method(), request.contentType(), request.body());
    }
    return builder.build();
  }

  private static <T> T await(CompletableFuture<T> future, Request request, Deadline deadline)
      throws ActionException, InterruptedException {
    try {
      return future.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      future.cancel(true);
      throw ApiFailures.late(request);
    } catch (CancellationException cancelled) {
      throw ApiFailures.broken(request, cancelled);
    } catch (ExecutionException failed) {
      throw ApiFailures.broken(request, failed.getCause() == null ? failed : failed.getCause());
    } catch (InterruptedException interrupted) {
      future.cancel(true);
      throw interrupted;
    }
  }

  /** A refused eviction says in its causes which budget, and how many pods it needs. */
  private static String withCauses(Status status) {
    StringBuilder said = new StringBuilder(status.getMessage());
    if (status.getDetails() != null) {
      for (StatusCause cause : status.getDetails().getCauses()) {
        if (cause.getMessage() != null && said.indexOf(cause.getMessage()) < 0) {
          said.append(' ').append(cause.getMessage());
        }
      }
    }
    return said.toString();
  }

  private String said(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    if (text.stripLeading().startsWith("{")) {
      try {
        Status status = client.getKubernetesSerialization().unmarshal(text, Status.class);
        if (status != null && status.getMessage() != null) {
          return withCauses(status);
        }
      } catch (RuntimeException notStatus) {
        return text;
      }
    }
    return text;
  }
}
