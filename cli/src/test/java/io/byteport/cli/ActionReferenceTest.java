package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ClasspathCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionReferenceTest {
  private static final Path REFERENCE = Path.of("../docs/reference/actions");

  private static Collection<ActionDescription> actions() {
    return ClasspathCatalogue.load(ActionReferenceTest.class.getClassLoader())
        .value()
        .orElseThrow()
        .actions();
  }

  private static Map<String, String> pages(Path folder) throws IOException {
    Map<String, String> pages = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        pages.put(String.valueOf(file.getFileName()), Files.readString(file));
      }
    }
    return pages;
  }

  @Test
  void the_reference_says_what_the_catalogues_say(@TempDir Path fresh) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Program.run("actions", "--reference", REFERENCE.toString());
    }
    Program.run("actions", "--reference", fresh.toString());
    assertThat(pages(REFERENCE)).isEqualTo(pages(fresh));
  }

  @Test
  void every_action_is_listed_and_has_a_page() {
    String list = Program.run("actions").out();
    for (ActionDescription action : actions()) {
      assertThat(list).contains(action.name());
      assertThat(Program.run("actions", action.name()).out())
          .contains(action.name())
          .contains(action.preview().strip().lines().findFirst().orElseThrow().strip());
    }
  }

  @Test
  void a_family_alone_is_listed() {
    assertThat(Program.run("actions", "tcp").out())
        .contains("tcp.check")
        .doesNotContain("kubectl.pod");
  }

  @Test
  void a_misspelt_action_is_answered_with_the_nearest() {
    Program found = Program.run("actions", "kubectl.rolloutUndoo");
    assertThat(found.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(found.err()).contains("did you mean `kubectl.rolloutUndo`");
  }
}
