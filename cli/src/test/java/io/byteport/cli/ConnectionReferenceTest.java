package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.action.ConnectionType;
import io.byteport.dsl.connection.ConnectionLoader;
import io.byteport.dsl.diagnostic.DiagnosticPrinter;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is written about connections is true; {@code -Dgolden.update=true} writes the reference. */
class ConnectionReferenceTest {
  private static final Path GUIDE = Path.of("../docs/connections.md");
  private static final Path REFERENCE = Path.of("../docs/reference/connections.md");
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");
  private static final ActionCatalogue CATALOGUE =
      ClasspathCatalogue.load(ConnectionReferenceTest.class.getClassLoader()).value().orElseThrow();

  @Test
  void the_files_that_the_guide_shows_are_sound() throws IOException {
    List<MatchResult> examples = EXAMPLE.matcher(Files.readString(GUIDE)).results().toList();
    assertThat(examples).isNotEmpty();
    for (MatchResult example : examples) {
      SourceFile file = new SourceFile("example.yaml", example.group(1));
      assertThat(
              new DiagnosticPrinter(false)
                  .print(ConnectionLoader.load(file, CATALOGUE.connections()).diagnostics()))
          .isEmpty();
    }
  }

  @Test
  void the_reference_says_what_the_catalogues_say() throws IOException {
    String fresh = reference();
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(REFERENCE, fresh);
    }
    assertThat(Files.readString(REFERENCE)).isEqualTo(fresh);
  }

  private static String reference() {
    StringBuilder page =
        new StringBuilder(
            """
            # Types of connections

            What an entry of a [file of connections](../connections.md) may say, by its `type`; `!` marks what it must. `aliases`, `labels` and
            `annotations` may stand in every entry. Written from the catalogues.
            """);
    new TreeMap<>(CATALOGUE.connections()).values().forEach(type -> add(page, type));
    return page.toString();
  }

  private static void add(StringBuilder page, ConnectionType type) {
    page.append("\n## ").append(type.name()).append("\n\n").append(type.doc()).append(' ');
    page.append(
        CATALOGUE.inventory().containsKey(type.kind())
            ? "Runbooks select it as a `" + type.kind() + "`.\n"
            : "Runbooks name it, and see nothing of it.\n");
    TypeTables.add(page, type);
  }
}
