package io.byteport.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The chart as helm renders it for the release {@code byteport} in the namespace {@code ops}. */
record Chart(int status, String out, String err) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final KubernetesSerialization MODELS = new KubernetesSerialization(MAPPER, true);
  private static final ObjectMapper STRICT = strict();

  /** Where helm is; empty if it is not installed. */
  static Optional<Path> helm() {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Stream.concat(
            Stream.of(Path.of("../target/real/bin")),
            Stream.of(path.split(File.pathSeparator, -1)).map(Path::of))
        .map(folder -> folder.resolve("helm").toAbsolutePath())
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Renders it.
   *
   * @param values files of values
   */
  static Chart render(Path helm, Path... values) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                helm.toString(),
                "template",
                "byteport",
                ChartValues.CHART.toAbsolutePath().normalize().toString(),
                "--namespace",
                "ops"));
    for (Path file : values) {
      command.addAll(List.of("--values", file.toAbsolutePath().toString()));
    }
    Path err = Files.createTempFile("helm", ".err");
    try {
      Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("helm does not end");
      }
      return new Chart(process.exitValue(), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }

  List<JsonNode> documents() throws IOException {
    return documents(out);
  }

  /** YAML documents that are objects. */
  static List<JsonNode> documents(String text) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    for (String document : text.split("(?m)^---$", -1)) {
      JsonNode tree = MODELS.unmarshal(document, JsonNode.class);
      if (tree != null && tree.isObject()) {
        documents.add(tree);
      }
    }
    return documents;
  }

  /** The one of a kind. */
  JsonNode one(String kind) throws IOException {
    List<JsonNode> found =
        documents().stream().filter(one -> one.path("kind").asText().equals(kind)).toList();
    if (found.size() != 1) {
      throw new AssertionError("expected one " + kind + ", found " + found);
    }
    return found.getFirst();
  }

  boolean has(String kind) throws IOException {
    return documents().stream().anyMatch(one -> one.path("kind").asText().equals(kind));
  }

  /** What the pods are made of. */
  JsonNode pod() throws IOException {
    return one(has("Deployment") ? "Deployment" : "StatefulSet").at("/spec/template");
  }

  /** The configuration of the agent. */
  String agent() throws IOException {
    return documents().stream()
        .map(one -> one.path("data").path("agent.yaml").asText())
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElseThrow();
  }

  /**
   * What a strict reader says of a document: null where every field is one of the kind's, and of
   * its type.
   */
  static @Nullable String problem(JsonNode document) throws IOException {
    String text = MODELS.asYaml(document);
    Object lenient = MODELS.unmarshal(text);
    try {
      STRICT.treeToValue(document, lenient.getClass());
      return null;
    } catch (IOException refused) {
      return refused.getMessage();
    }
  }

  /** The models keep what they do not know; here it is an error. */
  private static ObjectMapper strict() {
    ObjectMapper mapper = MAPPER.copy();
    mapper.setAnnotationIntrospector(
        new JacksonAnnotationIntrospector() {
          private static final long serialVersionUID = 1L;

          @Override
          public Boolean hasAnySetter(Annotated annotated) {
            return false;
          }
        });
    mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    return mapper;
  }
}
