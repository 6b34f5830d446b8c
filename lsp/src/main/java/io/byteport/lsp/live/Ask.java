package io.byteport.lsp.live;

import io.byteport.lsp.Uris;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The one argument of a command: an object, whatever the client's own JSON is made of. */
public record Ask(JsonNode fields) {

  /** From what the protocol has handed over: its text is JSON, or it is made of maps. */
  public static Ask of(Object argument) {
    return new Ask(
        argument instanceof Map<?, ?>
            ? JsonMapper.shared().valueToTree(argument)
            : JsonMapper.shared().readTree(String.valueOf(argument)));
  }

  /** A text or a number as it is written; empty where there is none. */
  public Optional<String> text(String name) {
    JsonNode value = fields.path(name);
    return value.isString()
        ? Optional.of(value.asString()).filter(text -> !text.isEmpty())
        : value.isIntegralNumber() ? Optional.of(value.asString()) : Optional.empty();
  }

  public Optional<String> uri() {
    return text("uri");
  }

  /** The file that a field names by its address. */
  public Optional<Path> path(String name) {
    return text(name).map(Uris::path);
  }

  public boolean is(String name) {
    return fields.path(name).asBoolean(false);
  }
}
