package io.byteport.sim.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.byteport.sim.kubernetes.store.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What the API server answers. */
sealed interface ApiResponse {
  /** A whole answer. */
  @SuppressWarnings("ArrayRecordComponent") // a body is sent, never compared or changed
  record Whole(int status, String contentType, byte[] body) implements ApiResponse {}

  /** An answer that is written while it comes into being; always with status 200. */
  record Streamed(String contentType, Body body) implements ApiResponse {}

  /** Writes an answer. */
  interface Body {
    void writeTo(OutputStream out) throws IOException, InterruptedException;
  }

  static ApiResponse json(int status, JsonNode body) {
    return new Whole(status, "application/json", Json.bytes(body));
  }

  static ApiResponse text(String body) {
    return new Whole(200, "text/plain", body.getBytes(StandardCharsets.UTF_8));
  }
}
