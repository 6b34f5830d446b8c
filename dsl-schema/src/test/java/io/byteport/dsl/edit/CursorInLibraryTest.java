package io.byteport.dsl.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import io.byteport.dsl.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CursorInLibraryTest {
  private static final int EVERY = 11;

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("..", "runbooks-yaml"))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml") && !file.toString().contains("target"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void what_stands_at_a_place_is_found_in_sections_of_any_length(Path file) throws IOException {
    SourceFile text = new SourceFile(file.toString(), Files.readString(file));
    List<YamlScalar> scalars = new ArrayList<>();
    collect(YamlReader.read(text).value().orElseThrow(), scalars);
    List<String> lost = new ArrayList<>();
    for (int i = 0; i < scalars.size(); i += EVERY) {
      YamlScalar scalar = scalars.get(i);
      int middle = (scalar.span().start() + scalar.span().end()) / 2;
      if (Cursor.at(text, middle).role() == Place.Role.NOTHING) {
        lost.add(text.position(middle) + " " + scalar.text());
      }
    }
    assertThat(scalars).isNotEmpty();
    assertThat(lost).isEmpty();
  }

  private static void collect(YamlNode node, List<YamlScalar> into) {
    switch (node) {
      case YamlScalar scalar -> into.add(scalar);
      case YamlSequence list -> list.items().forEach(item -> collect(item, into));
      case YamlMapping map ->
          map.entries()
              .forEach(
                  entry -> {
                    into.add(entry.key());
                    collect(entry.value(), into);
                  });
    }
  }
}
