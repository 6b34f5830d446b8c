package io.byteport.adapter.alerts.web;

import io.byteport.adapter.cloud.http.Address;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request. Immutable.
 *
 * @param secrets headers whose values are not to be read in any message
 * @param body null where there is none
 */
public record Ask(
    String method,
    Address address,
    Map<String, String> headers,
    Map<String, String> secrets,
    @Nullable String body) {

  public Ask {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
  }

  public static Ask get(Address address, Map<String, String> secrets) {
    return new Ask("GET", address, Map.of("Accept", "application/json"), secrets, null);
  }

  /** One that carries JSON. */
  public static Ask json(
      String method, Address address, Map<String, String> secrets, String content) {
    return new Ask(
        method,
        address,
        Map.of("Accept", "application/json", "Content-Type", "application/json"),
        secrets,
        content);
  }

  /** With a header in place of the one of that name. */
  public Ask with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Ask(method, address, more, secrets, body);
  }

  /** For messages: method, host and path. */
  @Override
  public String toString() {
    return method + " " + address.uri().getAuthority() + address.uri().getRawPath();
  }
}
