package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people see, to the letter. A screen is a file whose first line is the command, {@code $
 * byteport ...} with {@code COLUMNS=N} before it for another width than 80, and whose last is the
 * exit status; {@code -Dgolden.update=true} writes the screens anew. {@code @journal} stands for a
 * state folder with the runs of {@link RecordedJournals}.
 */
class ScreensTest {
  private static final Path SCREENS = Path.of("src/test/resources/screens");

  @TempDir private Path state;

  @TestFactory
  Stream<DynamicTest> every_screen_is_as_it_was() throws IOException {
    new RecordedJournals(state).write();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> list = Files.list(SCREENS)) {
      list.filter(file -> file.toString().endsWith(".txt")).sorted().forEach(files::add);
    }
    assertThat(files).isNotEmpty();
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compare(file)));
  }

  private void compare(Path file) throws IOException {
    String screen = Files.readString(file);
    String command = screen.lines().findFirst().orElseThrow();
    String found = command + "\n" + shown(command.substring(2));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, found);
    }
    assertThat(found).isEqualTo(Files.readString(file));
    if (!found.equals(screen)) {
      assertThat(Boolean.getBoolean("golden.update")).isTrue();
    }
  }

  private String shown(String command) {
    List<String> words = new ArrayList<>(Arrays.asList(command.split(" ")));
    int width = 80;
    if (words.getFirst().startsWith("COLUMNS=")) {
      width = Integer.parseInt(words.removeFirst().substring("COLUMNS=".length()));
    }
    assertThat(words.removeFirst()).isEqualTo("byteport");
    words.replaceAll(
        word ->
            word.replace("@journal", state.toString())
                .replace("@", SCREENS.resolve("given") + "/"));
    System.setProperty("byteport.columns", String.valueOf(width));
    try {
      Program program = Program.run(words.toArray(String[]::new));
      return (program.out() + program.err()).replace(state.toString(), "STATE")
          + "["
          + program.status()
          + "]\n";
    } finally {
      System.clearProperty("byteport.columns");
    }
  }
}
