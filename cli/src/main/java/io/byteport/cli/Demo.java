package io.byteport.cli;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import io.byteport.dsl.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One story that {@code byteport demo} can play.
 *
 * @param scenario of the simulated cluster
 * @param runbook the only one that is enabled; null for all of the library
 * @param incidents in the order in which they are waited for
 */
record Demo(
    String name,
    String title,
    String scenario,
    @Nullable String runbook,
    List<Incident> incidents) {
  private static final String RESOURCE = "/byteport/demos/demos.yaml";

  Demo {
    incidents = List.copyOf(incidents);
  }

  /**
   * @param signal the signal that a detector is expected to raise
   * @param after how much time passes before it is waited for
   */
  record Incident(String signal, Duration after) {}

  /** All of them, in the order of the file. */
  static List<Demo> all() {
    try (InputStream in = Demo.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + RESOURCE);
      }
      Checked<YamlNode> read =
          YamlReader.read(
              new SourceFile(RESOURCE, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
      YamlMapping demos = (YamlMapping) read.value().orElseThrow();
      return demos.entries().stream()
          .map(entry -> demo(entry.key().text(), (YamlMapping) entry.value()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Demo demo(String name, YamlMapping node) {
    YamlSequence incidents = (YamlSequence) node.get("incidents").orElseThrow();
    return new Demo(
        name,
        text(node, "title"),
        text(node, "scenario"),
        node.get("runbook").map(value -> ((YamlScalar) value).text()).orElse(null),
        incidents.items().stream().map(item -> incident((YamlMapping) item)).toList());
  }

  private static Incident incident(YamlMapping node) {
    Duration after =
        node.get("after")
            .flatMap(value -> Quantities.duration(((YamlScalar) value).text()))
            .orElse(Duration.ZERO);
    return new Incident(text(node, "signal"), after);
  }

  private static String text(YamlMapping node, String key) {
    return ((YamlScalar) node.get(key).orElseThrow()).text();
  }
}
