package io.byteport.adapter.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a channel sends, beside this source; rewritten with {@code -Dgolden.update=true}. */
public final class Golden {
  private static final Path ROOT = Path.of("src/test/resources/golden");
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Golden() {}

  /** Holds a payload against {@code CHANNEL/EVENT.json}. */
  public static void json(String channel, String event, Object payload) {
    text(channel + "/" + event + ".json", MAPPER.writeValueAsString(payload) + "\n");
  }

  public static void text(String file, String found) {
    Path path = ROOT.resolve(file);
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, found);
      }
      assertThat(found).as(file).isEqualTo(Files.readString(path));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
