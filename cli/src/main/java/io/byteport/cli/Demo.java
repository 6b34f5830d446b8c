package io.byteport.cli;

import io.byteport.cli.world.Setting;
import io.byteport.cli.world.Settings;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import io.byteport.dsl.yaml.YamlReader;
import io.byteport.engine.signal.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One story that {@code byteport demo} can play.
 *
 * @param group what it is about, which is the folder of its runbook in the library
 * @param world scenarios by the kind of world, in the order in which they begin; the first says
 *     when
 * @param by the runbook that takes the incidents
 * @param alone whether no other is enabled, so that one of an older generation has its say
 * @param params of that runbook, texts or lists of texts, where its defaults do not fit a story
 * @param incidents in the order in which they are waited for
 */
record Demo(
    String group,
    String name,
    String title,
    Map<String, String> world,
    String by,
    boolean alone,
    Map<String, Value> params,
    List<Incident> incidents) {
  private static final List<String> GROUPS =
      List.of("kubernetes", "deploys", "hosts", "tls", "databases");

  Demo {
    world = Collections.unmodifiableMap(new LinkedHashMap<>(world));
    params = Map.copyOf(params);
    incidents = List.copyOf(incidents);
  }

  /**
   * @param signal the signal that a detector is expected to raise
   * @param labels of a signal that no detector raises but an alert source delivers; null where one
   *     does
   * @param after how much time passes before it is waited for
   * @param approved guardrails to whose questions somebody says yes
   */
  record Incident(
      String signal, @Nullable Map<String, String> labels, Duration after, List<String> approved) {
    Incident {
      approved = List.copyOf(approved);
    }

    /** The signal where it is delivered and not detected. */
    Optional<Signal> delivered(Instant now) {
      return Optional.ofNullable(labels)
          .map(
              given ->
                  new Signal(
                      signal,
                      "webhook",
                      Signal.Severity.CRITICAL,
                      Signal.Status.FIRING,
                      given,
                      now,
                      null,
                      signal + given,
                      null));
    }
  }

  /** All of them, in the order of the groups and files. */
  static List<Demo> all() {
    return GROUPS.stream().flatMap(group -> read(group).stream()).toList();
  }

  /** The same with no other runbook. */
  Demo onItsOwn() {
    return new Demo(group, name, title, world, by, true, params, incidents);
  }

  /** What it happens in, in order. */
  List<Setting> settings() throws IOException {
    List<Setting> settings = new ArrayList<>();
    for (Map.Entry<String, String> each : world.entrySet()) {
      settings.add(Settings.of(each.getKey(), each.getValue()));
    }
    return settings;
  }

  private static List<Demo> read(String group) {
    String resource = "/byteport/demos/" + group + ".yaml";
    try (InputStream in = Demo.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + resource);
      }
      Checked<YamlNode> read =
          YamlReader.read(
              new SourceFile(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
      YamlMapping demos = (YamlMapping) read.value().orElseThrow();
      return demos.entries().stream()
          .map(entry -> demo(group, entry.key().text(), (YamlMapping) entry.value()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Demo demo(String group, String name, YamlMapping node) {
    YamlSequence incidents = (YamlSequence) node.get("incidents").orElseThrow();
    return new Demo(
        group,
        name,
        text(node, "title"),
        texts((YamlMapping) node.get("world").orElseThrow()),
        text(node, "by"),
        node.get("alone").isPresent(),
        node.get("params").map(params -> values((YamlMapping) params)).orElse(Map.of()),
        incidents.items().stream().map(item -> incident((YamlMapping) item)).toList());
  }

  private static Map<String, Value> values(YamlMapping node) {
    Map<String, Value> values = new LinkedHashMap<>();
    node.entries().forEach(entry -> values.put(entry.key().text(), value(entry.value())));
    return values;
  }

  /** A text, which is read as on the command line, or a list of them. */
  private static Value value(YamlNode node) {
    return node instanceof YamlSequence sequence
        ? Value.of(sequence.items().stream().map(Demo::value).toList())
        : Value.of(((YamlScalar) node).text());
  }

  private static Incident incident(YamlMapping node) {
    Duration after =
        node.get("after")
            .flatMap(value -> Quantities.duration(((YamlScalar) value).text()))
            .orElse(Duration.ZERO);
    return new Incident(
        text(node, "signal"),
        node.get("labels").map(labels -> texts((YamlMapping) labels)).orElse(null),
        after,
        node.get("approved")
            .map(
                list ->
                    ((YamlSequence) list)
                        .items().stream().map(item -> ((YamlScalar) item).text()).toList())
            .orElse(List.of()));
  }

  private static Map<String, String> texts(YamlMapping node) {
    Map<String, String> texts = new LinkedHashMap<>();
    node.entries()
        .forEach(entry -> texts.put(entry.key().text(), ((YamlScalar) entry.value()).text()));
    return texts;
  }

  private static String text(YamlMapping node, String key) {
    return ((YamlScalar) node.get(key).orElseThrow()).text();
  }
}
