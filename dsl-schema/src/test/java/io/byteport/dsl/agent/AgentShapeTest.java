package io.byteport.dsl.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.check.Catalogues;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.schema.Shape;
import io.byteport.dsl.schema.ShapeField;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import io.byteport.dsl.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What editors offer in an agent's configuration is what its reader takes. */
class AgentShapeTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "agent", "agent.yaml");

  @Test
  void every_field_that_is_offered_is_known() {
    String text = written(Shape.ofAgent(), "", Set.of("apiVersion", "kind"));
    SourceFile file =
        new SourceFile("agent.yaml", "apiVersion: byteport.io/v1\nkind: Agent\n" + text);
    assertThat(YamlReader.read(file).diagnostics()).isEmpty();
    assertThat(AgentLoader.load(file, Catalogues.TEST).diagnostics())
        .filteredOn(found -> found.code() == DiagnosticCode.SCHEMA_UNKNOWN_FIELD)
        .filteredOn(found -> !found.message().endsWith("found `a`")) // stands for any name
        .extracting(Diagnostic::message)
        .isEmpty();
  }

  /** Every field of a place with something below it. */
  private static String written(Shape shape, String indent, Set<String> but) {
    StringBuilder text = new StringBuilder();
    for (ShapeField field : shape.fields(Set.of())) {
      if (!but.contains(field.name())) {
        text.append(indent).append('"').append(field.name()).append("\":");
        text.append(
            field.name().equals("type")
                ? " webhook\n"
                : value(shape.field(field.name()), indent + "  "));
      }
    }
    return text.toString();
  }

  private static String value(Shape shape, String indent) {
    if (!shape.fields(Set.of()).isEmpty()) {
      return "\n" + written(shape, indent, Set.of());
    }
    if (shape.takesAnyKey() && !shape.takesScalar() && shape.takesMap() && !shape.takesList()) {
      return "\n" + indent + "a:" + value(shape.field("a"), indent + "  ");
    }
    if (shape.takesList() && !shape.takesScalar()) {
      Shape item = shape.item();
      return item.fields(Set.of()).isEmpty()
          ? " [x]\n"
          : "\n" + indent + "-\n" + written(item, indent + "  ", Set.of());
    }
    return " x\n";
  }

  @Test
  void every_field_of_the_example_is_offered() throws IOException {
    SourceFile file = new SourceFile(EXAMPLE.toString(), Files.readString(EXAMPLE));
    List<String> missing = new ArrayList<>();
    missing(YamlReader.read(file).value().orElseThrow(), Shape.ofAgent(), "", missing);
    assertThat(missing).isEmpty();
  }

  private static void missing(YamlNode node, Shape shape, String path, List<String> missing) {
    if (node instanceof YamlMapping mapping) {
      for (Entry entry : mapping.entries()) {
        String key = entry.key().text();
        if (shape.about(key).isEmpty() && !shape.takesAnyKey()) {
          missing.add(path + "/" + key);
        } else {
          missing(entry.value(), shape.field(key), path + "/" + key, missing);
        }
      }
    } else if (node instanceof YamlSequence list) {
      list.items().forEach(item -> missing(item, shape.item(), path + "/[]", missing));
    }
  }
}
