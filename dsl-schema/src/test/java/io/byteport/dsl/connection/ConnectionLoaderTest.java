package io.byteport.dsl.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.byteport.dsl.check.Catalogues;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConnectionLoaderTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

  private static Checked<List<Connection>> load(String text) {
    return ConnectionLoader.load(new SourceFile("prod.yaml", text), Catalogues.TEST.connections());
  }

  private static List<Path> texts(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).toList();
    }
  }

  @Test
  void no_text_makes_it_throw() throws IOException {
    for (Path file : texts(GOLDEN)) {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      assertThatCode(() -> load(text)).as(file.toString()).doesNotThrowAnyException();
      assertThatCode(() -> load(text.replaceFirst("(?m)^kind: .*$", "kind: Connections")))
          .as(file + " as connections")
          .doesNotThrowAnyException();
    }
    for (Path file : texts(GOLDEN.resolve("connection"))) {
      String text = Files.readString(file);
      for (int end = 0; end < text.length(); end += 7) {
        String part = text.substring(0, end);
        assertThatCode(() -> load(part)).as(part).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void what_is_found_stands_at_its_place_although_secrets_are_masked() {
    String text =
        """
        apiVersion: byteport.io/v1
        kind: Connections
        connections:
          appdb:
            type: postgres
            address: pg-prod-01
            credentials: { username: byteport, password: "päss🐎word" }
            poolr: x
        """;
    Checked<List<Connection>> found = load(text);

    assertThat(found.diagnostics())
        .extracting(one -> one.code())
        .containsExactly(
            DiagnosticCode.CONNECTION_PLAIN_SECRET, DiagnosticCode.SCHEMA_UNKNOWN_FIELD);
    SourceFile shown = found.diagnostics().getFirst().file();
    assertThat(shown.length()).isEqualTo(new SourceFile("prod.yaml", text).length());
    assertThat(shown.text()).doesNotContain("päss", "🐎");
    assertThat(shown.text(found.diagnostics().getLast().span())).isEqualTo("poolr");
  }

  @Test
  void files_that_are_used_together_share_no_name_of_one_kind() {
    SourceFile one = file("one.yaml", "appdb", "postgres", "prod");
    SourceFile alias = file("two.yaml", "prod", "postgres", "other");
    SourceFile host = file("three.yaml", "appdb", "host", "prod");

    assertThat(together(one, host)).isEmpty();
    assertThat(together(one, alias)).containsExactly(DiagnosticCode.CONNECTION_DUPLICATE);
  }

  private static SourceFile file(String name, String entry, String type, String alias) {
    return new SourceFile(
        name,
        """
        apiVersion: byteport.io/v1
        kind: Connections
        connections:
          %s: { type: %s, address: a, aliases: [%s], credentials: { username: byteport } }
        """
            .formatted(entry, type, alias));
  }

  private static List<DiagnosticCode> together(SourceFile... files) {
    return ConnectionLoader.load(List.of(files), Catalogues.TEST.connections())
        .diagnostics()
        .stream()
        .map(one -> one.code())
        .toList();
  }
}
