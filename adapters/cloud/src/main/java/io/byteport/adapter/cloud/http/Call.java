package io.byteport.adapter.cloud.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, before anybody has authorized it.
 *
 * @param what whether it changes something, and whether it may be sent again
 * @param headers without credentials
 * @param body as UTF-8; null where there is none
 * @param limit how much of the answer is read
 * @param elsewhere whether a redirect to another host is followed, without credentials
 */
public record Call(
    What what,
    String method,
    Address address,
    Map<String, String> headers,
    @Nullable String body,
    Limit limit,
    boolean elsewhere) {

  /** What a call does to the other side. */
  public enum What {
    /** Nothing. */
    READ,
    /** Something, and a second one would do it twice. */
    WRITE,
    /** Something, under a token by which the other side knows it again. */
    WRITE_WITH_TOKEN
  }

  public Call {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  public static Call get(Address address) {
    return new Call(What.READ, "GET", address, Map.of(), null, Limit.DEFAULT, false);
  }

  /** A read that is sent as a POST. */
  public static Call ask(Address address, String contentType, String body) {
    return new Call(What.READ, "POST", address, Map.of(), null, Limit.DEFAULT, false)
        .carrying(contentType, body);
  }

  public static Call write(String method, Address address) {
    return new Call(What.WRITE, method, address, Map.of(), null, Limit.DEFAULT, false);
  }

  public Call carrying(String contentType, String content) {
    return new Call(what, method, address, headers, content, limit, elsewhere)
        .header("Content-Type", contentType);
  }

  public Call json(String content) {
    return carrying("application/json", content);
  }

  public Call header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Call(what, method, address, more, body, limit, elsewhere);
  }

  /** It carries a token by which the other side recognizes a second sending. */
  public Call withToken() {
    return new Call(What.WRITE_WITH_TOKEN, method, address, headers, body, limit, elsewhere);
  }

  public Call limitedTo(Limit other) {
    return new Call(what, method, address, headers, body, other, elsewhere);
  }

  /** Redirects to another host are followed, without credentials. */
  public Call followedElsewhere() {
    return new Call(what, method, address, headers, body, limit, true);
  }

  boolean mayChange() {
    return what != What.READ;
  }

  boolean mayBeRepeated() {
    return what != What.WRITE;
  }

  /** For messages: method, host and path. */
  @Override
  public String toString() {
    return method + " " + address.uri().getAuthority() + address.place();
  }
}
