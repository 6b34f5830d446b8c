package io.byteport.sim.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP request to the API server.
 *
 * @param path decoded
 * @param rawQuery empty where there is none
 * @param authorization the header, empty where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // a body is read, never compared or changed
record ApiRequest(
    String method,
    String path,
    String rawQuery,
    Map<String, String> query,
    String accept,
    String contentType,
    String authorization,
    byte[] body) {

  static ApiRequest of(
      String method,
      String path,
      String rawQuery,
      String accept,
      String contentType,
      String authorization,
      byte[] body) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : rawQuery.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        query.put(
            decode(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return new ApiRequest(method, path, rawQuery, query, accept, contentType, authorization, body);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  boolean flag(String name) {
    String value = parameter(name);
    return value.equals("true") || value.equals("1");
  }

  int number(String name, int otherwise) {
    String value = parameter(name);
    try {
      return value.isEmpty() ? otherwise : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw ApiException.badRequest("invalid value for " + name + ": " + value);
    }
  }

  /** Whether nothing may be stored. */
  boolean isDryRun() {
    String value = parameter("dryRun");
    if (!value.isEmpty() && !value.equals("All")) {
      throw new ApiException(
          422,
          "Invalid",
          "invalid: dryRun: Unsupported value: \"" + value + "\": supported values: \"All\"");
    }
    return value.equals("All") || (method.equals("DELETE") && hasDryRunOption());
  }

  private boolean hasDryRunOption() {
    return body.length > 0 && Json.texts(json(), "dryRun").contains("All");
  }

  boolean wantsTable() {
    return accept.contains("as=Table");
  }

  boolean wantsMetadata() {
    return accept.contains("as=PartialObjectMetadata");
  }

  boolean isWatch() {
    return flag("watch");
  }

  JsonNode json() {
    try {
      return Json.parse(body);
    } catch (IOException e) {
      throw new ApiException(
          415,
          "UnsupportedMediaType",
          "the body of the request was in an unknown format (%s) - accepted media types include: application/json"
              .formatted(contentType));
    }
  }

  ObjectNode object() {
    if (json() instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.badRequest("the object provided is unrecognized: not an object");
  }
}
