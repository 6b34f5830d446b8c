package io.byteport.adapter.cloud.render;

import io.byteport.adapter.cloud.http.Address;
import java.util.List;

/** The same as curl would do it, with the key left to the shell's variable. */
final class RenderCommand {
  private static final String BASE = "https://api.render.com/v1";
  private static final String KEY = "Authorization: Bearer $RENDER_API_KEY";

  private RenderCommand() {}

  static List<String> get(String path) {
    return List.of("curl", "-fsS", "-H", KEY, BASE + path);
  }

  static List<String> post(String path, String json) {
    return List.of("curl", "-fsS", "-H", KEY, "--json", json, BASE + path);
  }

  static String segment(String text) {
    return Address.encode(text);
  }
}
