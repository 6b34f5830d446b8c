package io.byteport.dsl.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.format.Formatter;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FormatGoldenTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "format");

  @TestFactory
  Stream<DynamicTest> what_cannot_be_laid_out_is_told_at_its_place() {
    return new GoldenFolder("format", file -> Formatter.format(file).diagnostics()).tests();
  }

  @TestFactory
  Stream<DynamicTest> a_file_is_laid_out_as_the_text_beside_it() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> texts = files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      return texts.stream()
          .map(text -> DynamicTest.dynamicTest(text.getFileName().toString(), () -> compare(text)));
    }
  }

  private static void compare(Path text) {
    try {
      SourceFile file = new SourceFile(text.getFileName().toString(), Files.readString(text));
      Path expected = Path.of(text.toString().replace(".yaml", ".formatted"));
      String found = Formatter.format(file).value().orElse("");
      if (Boolean.getBoolean("golden.update") && !found.isEmpty()) {
        Files.writeString(expected, found);
      }
      assertThat(found).isEqualTo(Files.exists(expected) ? Files.readString(expected) : "");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
