package io.byteport.dsl.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnifiedDiffTest {
  @TempDir private Path folder;

  @Test
  void equal_texts_have_no_difference() {
    assertThat(UnifiedDiff.of("x.yaml", "a\n", "a\n")).isEmpty();
  }

  @Test
  void a_change_stands_between_three_lines_on_either_side() {
    assertThat(UnifiedDiff.of("x.yaml", "1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nfive\n6\n7\n8\n"))
        .isEqualTo(
            """
            --- a/x.yaml
            +++ b/x.yaml
            @@ -2,7 +2,7 @@
             2
             3
             4
            -5
            +five
             6
             7
             8
            """);
  }

  @Test
  void a_last_line_without_a_line_break_is_marked() {
    assertThat(UnifiedDiff.of("x.yaml", "1\n2", "1\n3\n"))
        .isEqualTo(
            """
            --- a/x.yaml
            +++ b/x.yaml
            @@ -1,2 +1,2 @@
             1
            -2
            \\ No newline at end of file
            +3
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.yaml", "a b/c d.yaml", "a\"b.yaml", "a\nb.yaml", "a\\b.yaml"})
  void git_applies_what_is_printed(String name) throws IOException, InterruptedException {
    Git.assumeInstalled();
    Git git = new Git(folder);
    git.init();
    Random random = new Random(name.hashCode());
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    for (int round = 0; round < 25; round++) {
      String before = text(random, List.of());
      String after = text(random, before.lines().toList());
      Files.writeString(file, before);
      String diff = UnifiedDiff.of(name, before, after);
      if (!diff.isEmpty() && !before.isEmpty() && !after.isEmpty()) {
        Git.Result applied = git.run(diff, "apply", "--whitespace=nowarn", "-");
        assertThat(applied.status()).as(applied.out() + diff).isZero();
        assertThat(Files.readString(file)).isEqualTo(after);
      }
    }
  }

  /** Some lines: those given with a few taken out, changed and put in. */
  private static String text(Random random, List<String> from) {
    List<String> lines = new ArrayList<>(from);
    while (lines.size() < 30 && from.isEmpty()) {
      lines.add("line " + random.nextInt(9));
    }
    for (int change = random.nextInt(6); change > 0; change--) {
      int at = random.nextInt(lines.size());
      switch (random.nextInt(3)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.set(at, "changed " + random.nextInt(9) + "\r");
        default -> lines.add(at, "- added é " + random.nextInt(9));
      }
    }
    return String.join("\n", lines) + (random.nextBoolean() ? "\n" : "");
  }
}
