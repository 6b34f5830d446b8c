package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import io.byteport.dsl.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** Whoever copies a command line of ours from an example or a page finds that it still exists. */
class CommandLinesTest {
  private static final Path ROOT = Path.of("..");

  /** A command, up to whatever the shell makes of the rest. */
  private static final Pattern COMMAND =
      Pattern.compile("(?:^|[\\s/`(])byteport((?: +[^\\s<>|&;#()`'\"]+)+)");

  /** {@code PATH} and {@code [ID]} stand for what somebody would write there. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\[?[A-Z_]{2,}(\\.\\.\\.)?]?");

  private static final Set<String> SCRIPTS = Set.of("run", "entry", "script", "before_script");

  static List<Path> ciFiles() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("examples/ci"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve(".pre-commit-hooks.yaml")),
              files.filter(file -> file.toString().matches(".*\\.ya?ml")))
          .sorted()
          .toList();
    }
  }

  static List<Path> pages() {
    return List.of(
        ROOT.resolve("README.md"),
        ROOT.resolve("docs/editors.md"),
        ROOT.resolve("examples/ci/README.md"));
  }

  @TestFactory
  Stream<DynamicTest> every_command_of_an_example_is_one_of_the_program() throws IOException {
    return ciFiles().stream()
        .flatMap(
            file ->
                tests(
                    file,
                    scripts(yaml(file), false).stream()
                        .flatMap(CommandLinesTest::commands)
                        .toList()));
  }

  @TestFactory
  Stream<DynamicTest> every_command_of_a_page_is_one_of_the_program() {
    return pages().stream().flatMap(page -> tests(page, commands(code(read(page))).toList()));
  }

  private static Stream<DynamicTest> tests(Path file, List<String> commands) {
    assertThat(commands).as(file.toString()).isNotEmpty();
    return commands.stream()
        .distinct()
        .map(
            command ->
                DynamicTest.dynamicTest(
                    file.getFileName() + ": byteport " + command, () -> parse(command)));
  }

  /** The files may be left to whoever calls the command, such as a hook. */
  private static void parse(String command) {
    try {
      Main.commandLine().parseArgs(command.split(" +"));
    } catch (MissingParameterException filesFollow) {
      assertThatCode(() -> Main.commandLine().parseArgs((command + " a.yaml").split(" +")))
          .doesNotThrowAnyException();
    }
  }

  private static Stream<String> commands(String text) {
    return COMMAND
        .matcher(text)
        .results()
        .map(found -> PLACEHOLDER.matcher(found.group(1)).replaceAll("x").strip());
  }

  /** What is set as code in Markdown. */
  private static String code(String markdown) {
    List<String> code = new ArrayList<>();
    Pattern.compile("^```[a-z]*\\n(.*?)^```|`([^`\\n]+)`", Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(markdown)
        .results()
        .forEach(found -> code.add(found.group(1) == null ? found.group(2) : found.group(1)));
    return String.join("\n", code);
  }

  @ParameterizedTest
  @MethodSource("ciFiles")
  void an_example_is_yaml(Path file) {
    assertThat(yaml(file)).isNotNull();
  }

  @Test
  void a_command_that_does_not_exist_is_noticed() {
    assertThat(commands("run: byteport validat -o sarif x > y || byteport test x"))
        .containsExactly("validat -o sarif x", "test x");
    assertThatCode(() -> Main.commandLine().parseArgs("validate", "-o", "sariff", "x"))
        .isInstanceOf(ParameterException.class);
  }

  @Test
  void hooks_look_at_runbooks_and_pass_over_their_tests() {
    for (String file : List.of(".pre-commit-hooks.yaml", "examples/ci/pre-commit-config.yaml")) {
      YamlNode yaml = yaml(ROOT.resolve(file));
      assertThat(hooks(yaml, "files"))
          .isNotEmpty()
          .allSatisfy(files -> assertThat(found(files, "runbooks/a.yaml")).isTrue());
      assertThat(hooks(yaml, "exclude"))
          .isNotEmpty()
          .allSatisfy(
              exclude -> {
                assertThat(found(exclude, "runbooks/a.yaml")).isFalse();
                assertThat(found(exclude, "runbooks/a.test.yaml")).isTrue();
              });
    }
  }

  private static boolean found(String pattern, String path) {
    return Pattern.compile(pattern).matcher(path).find();
  }

  private static YamlNode yaml(Path file) {
    return YamlReader.read(new SourceFile(file.toString(), read(file)))
        .value()
        .orElseThrow(() -> new AssertionError(file + " is not YAML"));
  }

  /** What a shell runs: the texts under {@code run}, {@code entry} and {@code script}. */
  private static List<String> scripts(YamlNode node, boolean inside) {
    return switch (node) {
      case YamlScalar scalar -> inside ? List.of(scalar.text()) : List.of();
      case YamlSequence list ->
          list.items().stream().flatMap(each -> scripts(each, inside).stream()).toList();
      case YamlMapping map ->
          map.entries().stream()
              .flatMap(
                  entry -> scripts(entry.value(), SCRIPTS.contains(entry.key().text())).stream())
              .toList();
    };
  }

  private static List<String> hooks(YamlNode node, String field) {
    return switch (node) {
      case YamlScalar scalar -> List.of();
      case YamlSequence list ->
          list.items().stream().flatMap(each -> hooks(each, field).stream()).toList();
      case YamlMapping map ->
          map.entries().stream()
              .flatMap(
                  entry ->
                      entry.key().text().equals(field)
                          ? Stream.of(((YamlScalar) entry.value()).text())
                          : hooks(entry.value(), field).stream())
              .toList();
    };
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
