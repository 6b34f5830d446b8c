package io.byteport.dsl.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitIgnoreTest {
  private static final List<String> NAMES = List.of("a", "b", "ab", "a b", "c.yaml", "[x]", "-");
  private static final List<String> PIECES =
      List.of(
          "a",
          "b",
          "ab",
          "c",
          "*",
          "?",
          "**",
          "/",
          "/",
          "/**/",
          "**/",
          "/**",
          ".yaml",
          "[ab]",
          "[!a]",
          "[^b]",
          "[a-c]",
          "[]-]",
          "[[:alpha:]]",
          "[",
          "\\",
          "\\*",
          " ",
          "#",
          "!",
          "\\ ",
          "[x]",
          "\\[x]",
          "[+-a]",
          "[[:nope:]]",
          "-",
          "[a-]",
          "\t");

  @TempDir private Path folder;

  /** Every file that is left when ignored folders are not looked into. */
  private Set<String> left(Path at, GitIgnore ignore) throws IOException {
    Set<String> left = new TreeSet<>();
    List<Path> children;
    try (Stream<Path> list = Files.list(at)) {
      children = list.filter(child -> !child.endsWith(".git")).toList();
    }
    for (Path child : children) {
      boolean isFolder = Files.isDirectory(child);
      if (!ignore.ignores(child, isFolder)) {
        if (isFolder) {
          left.addAll(left(child, ignore.enter(child)));
        } else {
          left.add(GitIgnore.slashed(folder, child));
        }
      }
    }
    return left;
  }

  private Set<String> leftByGit() throws IOException, InterruptedException {
    String out = new Git(folder).run("", "ls-files", "-z", "--others", "--exclude-standard").out();
    return Stream.of(out.split("\0", -1))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void tree() throws IOException {
    for (String first : NAMES) {
      for (String second : NAMES) {
        Path inner = Files.createDirectories(folder.resolve(first).resolve(second));
        for (String third : NAMES) {
          Files.createFile(inner.resolve(third));
        }
      }
      Files.createFile(folder.resolve("f" + first));
      Files.createFile(folder.resolve(first).resolve("f" + first));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void it_ignores_exactly_what_git_ignores(int seed) throws Exception {
    Git.assumeInstalled();
    new Git(folder).init();
    tree();
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      String top = patterns(random);
      String inner = patterns(random);
      String excluded = patterns(random);
      Files.writeString(folder.resolve(".gitignore"), top);
      Files.writeString(folder.resolve("a/.gitignore"), inner);
      Files.createDirectories(folder.resolve(".git/info"));
      Files.writeString(folder.resolve(".git/info/exclude"), excluded);
      Set<String> ours = left(folder, GitIgnore.in(folder));
      Set<String> gits = leftByGit();
      assertThat(without(ours, gits) + " and " + without(gits, ours))
          .as("left by us and not by git, and the reverse: %s", List.of(top, inner, excluded))
          .isEqualTo("[] and []");
    }
  }

  private static Set<String> without(Set<String> some, Set<String> others) {
    Set<String> rest = new TreeSet<>(some);
    rest.removeAll(others);
    return rest;
  }

  private static String patterns(Random random) {
    List<String> lines = new ArrayList<>();
    for (int line = random.nextInt(4); line > 0; line--) {
      StringBuilder pattern = new StringBuilder(random.nextInt(4) == 0 ? "!" : "");
      for (int piece = 1 + random.nextInt(4); piece > 0; piece--) {
        pattern.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      lines.add(pattern.append(random.nextInt(5) == 0 ? "/" : "").toString());
    }
    return String.join(random.nextBoolean() ? "\n" : "\r\n", lines) + "\n";
  }

  @Test
  void what_stands_above_counts_as_far_as_the_repository_reaches() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("repository/a/b"));
    Files.writeString(folder.resolve(".gitignore"), "beyond.yaml\n");
    Files.createDirectories(folder.resolve("repository/.git"));
    Files.writeString(folder.resolve("repository/.gitignore"), "/a/b/this.yaml\nboth.yaml\n");
    Files.writeString(folder.resolve("repository/a/.gitignore"), "!both.yaml\n");
    GitIgnore ignore = GitIgnore.in(inner);
    assertThat(ignore.ignores(inner.resolve("this.yaml"), false)).isTrue();
    assertThat(ignore.ignores(inner.resolve("both.yaml"), false)).isFalse();
    assertThat(ignore.ignores(inner.resolve("beyond.yaml"), false)).isFalse();
  }

  @Test
  void without_a_repository_the_patterns_of_the_folder_itself_count() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("a"));
    Files.writeString(folder.resolve(".gitignore"), "x.yaml\n");
    Files.writeString(inner.resolve(".gitignore"), "y.yaml\n");
    GitIgnore ignore = GitIgnore.in(inner);
    assertThat(ignore.ignores(inner.resolve("x.yaml"), false)).isFalse();
    assertThat(ignore.ignores(inner.resolve("y.yaml"), false)).isTrue();
  }

  @Test
  void a_repository_inside_another_starts_afresh() throws IOException {
    Files.createDirectories(folder.resolve(".git"));
    Files.writeString(folder.resolve(".gitignore"), "x.yaml\n");
    Path inner = Files.createDirectories(folder.resolve("inner"));
    Files.createDirectories(inner.resolve(".git"));
    GitIgnore ignore = GitIgnore.in(folder).enter(inner);
    assertThat(ignore.ignores(inner.resolve("x.yaml"), false)).isFalse();
  }

  @Test
  void a_linked_worktree_has_the_exclusions_of_its_repository() throws Exception {
    Git.assumeInstalled();
    Path main = Files.createDirectories(folder.resolve("main"));
    Git git = new Git(main);
    git.init();
    git.run(
        "", "-c", "user.name=n", "-c", "user.email=e", "commit", "-q", "--allow-empty", "-m", "m");
    assertThat(git.run("", "worktree", "add", "-q", "../linked").status()).isZero();
    Files.createDirectories(main.resolve(".git/info"));
    Files.writeString(main.resolve(".git/info/exclude"), "x.yaml\n");
    Path linked = folder.resolve("linked");
    assertThat(GitIgnore.in(linked).ignores(linked.resolve("x.yaml"), false)).isTrue();
  }

  @Test
  void a_link_in_the_place_of_the_patterns_is_not_followed() throws IOException {
    Files.writeString(folder.resolve("patterns"), "x.yaml\n");
    Files.createSymbolicLink(folder.resolve(".gitignore"), Path.of("patterns"));
    assertThat(GitIgnore.in(folder).ignores(folder.resolve("x.yaml"), false)).isFalse();
  }
}
