package io.byteport.adapter.notify.http;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request of a channel.
 *
 * @param body as UTF-8; null where there is none
 * @param secrets what must not be in a message about it
 */
public record Request(
    String method,
    URI uri,
    Map<String, String> headers,
    @Nullable String body,
    Set<String> secrets) {

  public Request {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    secrets = Set.copyOf(secrets);
  }

  public static Request get(URI uri) {
    return new Request("GET", uri, Map.of("Accept", "application/json"), null, Set.of());
  }

  /** With JSON as its body. */
  public static Request json(String method, URI uri, Object body) {
    return new Request(
        method,
        uri,
        Map.of("Content-Type", "application/json; charset=utf-8"),
        Json.write(body),
        Set.of());
  }

  /** With JSON that is written already. */
  public static Request post(URI uri, String json) {
    return new Request(
        "POST", uri, Map.of("Content-Type", "application/json; charset=utf-8"), json, Set.of());
  }

  public Request header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Request(method, uri, more, body, secrets);
  }

  /** A header that nobody may see, or one that holds what nobody may see. */
  public Request header(String name, String value, String secret) {
    return header(name, value).hiding(secret);
  }

  public Request hiding(String secret) {
    Set<String> more = new LinkedHashSet<>(secrets);
    more.add(secret);
    return new Request(method, uri, headers, body, more);
  }

  /** For messages: method and host; the path may be a secret. */
  @Override
  public String toString() {
    return method + " to " + uri.getHost();
  }
}
