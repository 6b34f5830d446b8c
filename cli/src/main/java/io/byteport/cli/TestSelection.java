package io.byteport.cli;

import io.byteport.dsl.test.TestCase;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cases are played. */
final class TestSelection {
  @Option(
      names = {"-k", "--case"},
      paramLabel = "REGEX",
      description = "Only cases in whose names this is found.")
  private @Nullable String name;

  @Option(
      names = "--tags",
      paramLabel = "EXPR",
      description = "Only cases with such tags: `memory and not (slow or flaky)`.")
  private @Nullable String tags;

  @Option(
      names = "--fail-on-focus",
      negatable = true,
      description = {
        "Fail where a case has `focus: true`, which would hide all others.",
        "Default: where the environment has CI."
      })
  private @Nullable Boolean failOnFocus;

  /** Whether something selects at all. */
  boolean isNarrow() {
    return name != null || tags != null;
  }

  /**
   * The cases of each file that are to be played, in order. Where any is focused, only those that
   * are.
   *
   * @throws UsageException if what selects cannot be read, or nothing is selected
   */
  List<List<TestCase>> of(List<LoadedTest> tests) {
    Pattern pattern = pattern();
    TagExpression expression = tags == null ? null : TagExpression.of(tags);
    boolean focus = !focused(tests).isEmpty();
    List<List<TestCase>> selected =
        tests.stream()
            .map(
                test ->
                    test.cases().stream()
                        .filter(one -> pattern == null || pattern.matcher(one.name()).find())
                        .filter(one -> expression == null || expression.selects(one.tags()))
                        .filter(one -> !focus || one.focus())
                        .toList())
            .toList();
    boolean some = tests.stream().anyMatch(test -> !test.cases().isEmpty());
    if (some && isNarrow() && selected.stream().allMatch(List::isEmpty)) {
      throw new UsageException("no case is selected; `--list` shows which there are");
    }
    return selected;
  }

  private @Nullable Pattern pattern() {
    try {
      return name == null ? null : Pattern.compile(name);
    } catch (PatternSyntaxException broken) {
      throw new UsageException(
          "--case: expected a regular expression, found `"
              + name
              + "`: "
              + broken.getDescription().toLowerCase(Locale.ROOT));
    }
  }

  /** Where focused cases stand, as {@code file:line: name}. */
  static List<String> focused(List<LoadedTest> tests) {
    return tests.stream()
        .flatMap(
            test ->
                test.cases().stream()
                    .filter(TestCase::focus)
                    .map(one -> test.file().name() + ":" + test.line(one) + ": " + one.name()))
        .toList();
  }

  /**
   * @param ci what the environment says of CI; null for nothing
   */
  boolean failsOnFocus(@Nullable String ci) {
    return failOnFocus != null
        ? failOnFocus
        : ci != null && !ci.isBlank() && !ci.equalsIgnoreCase("false") && !ci.equals("0");
  }
}
