package io.byteport.cli.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** What a call comes to. */
sealed interface Answer {

  /** All of it at once. */
  record Whole(int status, String type, String text, Map<String, String> headers)
      implements Answer {}

  /** Something that goes on. */
  record Stream(String type, Writing writing) implements Answer {}

  /** Writes until there is no more to say. */
  @FunctionalInterface
  interface Writing {
    /**
     * @param open begins the answer; until it is called another one can be given
     */
    void to(Supplier<OutputStream> open) throws IOException, InterruptedException;
  }

  static Answer json(Object tree) {
    return jsonText(JsonMapper.shared().writeValueAsString(tree));
  }

  static Answer jsonText(String json) {
    return new Whole(200, "application/json", json, Map.of());
  }
}
