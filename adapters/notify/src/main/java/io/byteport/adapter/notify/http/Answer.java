package io.byteport.adapter.notify.http;

import java.net.http.HttpHeaders;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What came back.
 *
 * @param text the body; what is not UTF-8 in it is replaced
 */
public record Answer(Request request, int status, HttpHeaders headers, String text) {

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** The body as JSON; something missing where it is none. */
  public JsonNode json() {
    return Json.read(text);
  }
}
