package io.byteport.cli;

import io.byteport.dsl.yaml.SourceReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Texts that count before what lies on the disk: an editor's server has them from its client. */
final class UnsavedOption {
  /** All texts of one editor together; a text that is as long as a file may be has room. */
  private static final int MOST_BYTES = 16 * SourceReader.MAX_BYTES;

  @Option(
      names = "--unsaved",
      paramLabel = "FILE",
      hidden = true,
      description =
          "A JSON object of texts by path that are not written yet, - for standard input.")
  private @Nullable String file;

  /**
   * @throws UsageException if what is given is no object of texts
   */
  Unsaved read() throws IOException {
    String place = file;
    if (place == null) {
      return Unsaved.NONE;
    }
    byte[] bytes =
        place.equals("-") ? System.in.readNBytes(MOST_BYTES) : Files.readAllBytes(Path.of(place));
    Map<Path, String> texts = new LinkedHashMap<>();
    try {
      JsonNode root = JsonMapper.shared().readTree(new String(bytes, StandardCharsets.UTF_8));
      if (!root.isObject() || root.values().stream().anyMatch(text -> !text.isString())) {
        throw new UsageException("--unsaved: expected a JSON object of texts by path");
      }
      root.properties().forEach(one -> texts.put(Path.of(one.getKey()), one.getValue().asString()));
    } catch (JacksonException broken) {
      throw new UsageException(
          "--unsaved: expected JSON, found " + broken.getOriginalMessage(), broken);
    }
    return new Unsaved(texts);
  }
}
