package io.byteport.dsl.workspace;

import io.byteport.dsl.settings.PathPatterns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What git ignores in one folder: the {@code .gitignore} there and in the folders above it up to
 * that of the repository, and the repository's own {@code info/exclude}. A file of patterns that
 * cannot be read counts as empty, as it does for git. Immutable.
 *
 * @see <a href="https://git-scm.com/docs/gitignore">gitignore</a>
 */
final class GitIgnore {
  /** Ignores nothing, wherever it is entered. */
  static final GitIgnore OFF = new GitIgnore(List.of(), false);

  private static final String NAME = ".gitignore";

  private final List<Rules> rules;
  private final boolean on;

  /** Patterns with the folder that they are relative to. */
  private record Rules(Path folder, PathPatterns patterns) {}

  private GitIgnore(List<Rules> rules, boolean on) {
    this.rules = List.copyOf(rules);
    this.on = on;
  }

  /** What holds in a folder, which need not lie in a repository. Reads the file system. */
  static GitIgnore in(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    Deque<Path> above = new ArrayDeque<>();
    Path repository = null;
    for (Path at = absolute; at != null && repository == null; at = at.getParent()) {
      above.addFirst(at);
      repository = isRepository(at) ? at : null;
    }
    GitIgnore ignore = new GitIgnore(List.of(), true);
    for (Path at : repository == null ? List.of(absolute) : above) {
      ignore = ignore.enter(at);
    }
    return ignore;
  }

  /** What holds in a folder below; another repository there starts afresh. */
  GitIgnore enter(Path folder) {
    if (!on) {
      return this;
    }
    Path absolute = folder.toAbsolutePath().normalize();
    List<Rules> inside = new ArrayList<>(rules);
    if (isRepository(absolute)) {
      inside.clear();
      excludeFile(absolute)
          .flatMap(GitIgnore::read)
          .ifPresent(patterns -> inside.add(new Rules(absolute, patterns)));
    }
    read(absolute.resolve(NAME)).ifPresent(patterns -> inside.add(new Rules(absolute, patterns)));
    return inside.equals(rules) ? this : new GitIgnore(inside, true);
  }

  /** Whether a file or folder that lies directly in this folder is ignored. */
  boolean ignores(Path child, boolean folder) {
    if (rules.isEmpty()) {
      return false;
    }
    Path absolute = child.toAbsolutePath().normalize();
    for (Rules one : rules.reversed()) {
      Optional<Boolean> judged = one.patterns().judge(slashed(one.folder(), absolute), folder);
      if (judged.isPresent()) {
        return judged.get();
      }
    }
    return false;
  }

  /** A path below a folder with {@code /} between names. */
  static String slashed(Path folder, Path path) {
    List<String> names = new ArrayList<>();
    folder.relativize(path).forEach(name -> names.add(name.toString()));
    return String.join("/", names);
  }

  private static boolean isRepository(Path folder) {
    return Files.exists(folder.resolve(".git"));
  }

  /** In a linked worktree {@code .git} is a file that leads to the repository. */
  private static Optional<Path> excludeFile(Path repository) {
    Path git = repository.resolve(".git");
    if (Files.isDirectory(git)) {
      return Optional.of(git.resolve("info/exclude"));
    }
    try {
      String text = Files.readString(git).strip();
      if (!text.startsWith("gitdir:")) {
        return Optional.empty();
      }
      Path linked = repository.resolve(text.substring("gitdir:".length()).strip());
      Path common = linked.resolve("commondir");
      Path shared =
          Files.exists(common) ? linked.resolve(Files.readString(common).strip()) : linked;
      return Optional.of(shared.normalize().resolve("info/exclude"));
    } catch (IOException | InvalidPathException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<PathPatterns> read(Path file) {
    @Nullable PathPatterns patterns = null;
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      try {
        patterns = PathPatterns.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      } catch (IOException unreadable) {
        patterns = PathPatterns.NONE;
      }
    }
    return Optional.ofNullable(patterns);
  }
}
