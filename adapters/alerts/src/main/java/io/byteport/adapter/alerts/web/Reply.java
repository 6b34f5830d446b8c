package io.byteport.adapter.alerts.web;

import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.http.Words;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.source.SourceException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer, success or not. */
public final class Reply {
  private static final int LONGEST = 500;

  private final Ask ask;
  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;
  private final Instant at;

  Reply(Ask ask, int status, HttpHeaders headers, byte[] body, Instant at) {
    this.ask = ask;
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.at = at;
  }

  public int status() {
    return status;
  }

  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** The body as UTF-8; what is not UTF-8 is replaced. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  private boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /**
   * This answer, which is a success.
   *
   * @throws SourceException if it is none; with the other side's words
   */
  public Reply success() throws SourceException {
    if (!isSuccess()) {
      throw new SourceException(problem(), retryAfter(), null);
    }
    return this;
  }

  /**
   * What it says, as JSON.
   *
   * @throws SourceException if it is no success, or no JSON
   */
  public Json json() throws SourceException {
    Json json = Json.lenient(success().text());
    if (json.isMissing()) {
      throw new SourceException("expected JSON, found something else (" + ask + ")");
    }
    return json;
  }

  /**
   * Does nothing where what was sent was taken.
   *
   * @throws ChannelException if it was not
   */
  public void taken() throws ChannelException {
    if (isSuccess()) {
      return;
    }
    if (status == 408 || status == 429 || status >= 500) {
      throw ChannelException.later(problem(), retryAfter(), null);
    }
    throw ChannelException.never(problem(), null);
  }

  private String problem() {
    String words = Words.without(ask.secrets().values(), Words.plain(words()));
    String said = words.isBlank() ? "the server answered " + status : words + " [" + status + "]";
    return said + " (" + ask + ")";
  }

  /** What an error says for itself, in whichever of the usual fields it says it. */
  private String words() {
    if (status >= 300 && status < 400) {
      return "it sends us elsewhere, which is not followed";
    }
    Json json = Json.lenient(text());
    @Nullable String found = json.text();
    for (String name : new String[] {"message", "error", "detail", "errorType", "title"}) {
      found = found == null ? json.text(name) : found;
    }
    found = found == null ? json.text("error", "message") : found;
    StringBuilder several = new StringBuilder(found == null ? "" : found);
    for (Json parent : new Json[] {json, json.at("error")}) {
      for (Json item : parent.at("errors").items()) {
        String one = item.text() == null ? item.text("message") : item.text();
        if (one != null) {
          several.append(several.isEmpty() ? "" : "; ").append(one);
        }
      }
    }
    String words = several.isEmpty() && json.isMissing() ? text() : several.toString();
    return words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
  }

  private @Nullable Duration retryAfter() {
    return RetryAfter.of(headers, status, at).orElse(null);
  }
}
