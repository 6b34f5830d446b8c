package io.byteport.sim.cloud;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** An answer to a request. */
@SuppressWarnings("ArrayRecordComponent") // a body is sent, never compared or changed
record Reply(int status, String type, byte[] body) {
  static final Reply NOTHING = new Reply(204, "text/plain", new byte[0]);

  static Reply json(int status, Object value) {
    return new Reply(status, "application/json", JsonMapper.shared().writeValueAsBytes(value));
  }

  static Reply json(Object value) {
    return json(200, value);
  }

  static Reply text(int status, String text) {
    return new Reply(status, "text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  /** A refusal in the words that all of these providers have a place for. */
  static Reply refused(int status, String message) {
    return json(status, Map.of("message", message, "detail", message));
  }

  static Reply missing() {
    return refused(404, "Not Found");
  }
}
