package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the guide shows is true. A block {@code yaml test} holds sections that replace or join those
 * of {@code yaml base}, and its cases hold; one that {@code fails} prints what {@code text output}
 * below it says; {@code yaml fixtures NAME} is a file beside them.
 */
class TestingGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "testing.md");
  private static final Pattern BLOCK =
      Pattern.compile("^```([a-z]+) ?([^\\n]*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern SECTION_START = Pattern.compile("^(?=\\w+:)", Pattern.MULTILINE);

  @TempDir private Path folder;

  private record Block(String kind, String text) {}

  private static List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher found = BLOCK.matcher(Files.readString(GUIDE));
    while (found.find()) {
      blocks.add(new Block((found.group(1) + " " + found.group(2)).strip(), found.group(3)));
    }
    return blocks;
  }

  private static Map<String, String> sections(String text) {
    Map<String, String> sections = new LinkedHashMap<>();
    for (String section : SECTION_START.split(text)) {
      sections.put(section.substring(0, section.indexOf(':')), section);
    }
    return sections;
  }

  /** The base with the sections of an example; what is new stands before the cases. */
  private static String whole(Block block) throws IOException {
    Map<String, String> sections =
        sections(
            blocks().stream()
                .filter(one -> one.kind().equals("yaml base"))
                .findFirst()
                .orElseThrow()
                .text());
    if (!block.kind().equals("yaml base")) {
      sections.remove("cases");
      sections.putAll(sections(block.text()));
    }
    return String.join("", sections.values());
  }

  private static String output(Program program) {
    return program.out().replaceAll("  [0-9]+ ms$", "");
  }

  @TestFactory
  Stream<DynamicTest> every_example_holds() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    int number = 0;
    for (Block block : blocks()) {
      if (block.kind().equals("yaml base") || block.kind().equals("yaml test")) {
        tests.add(DynamicTest.dynamicTest("example " + ++number, () -> holds(block)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(5);
    return tests.stream();
  }

  private void holds(Block block) throws IOException {
    for (Block beside : blocks()) {
      if (beside.kind().startsWith("yaml fixtures ")) {
        String name = beside.kind().substring("yaml fixtures ".length());
        Files.writeString(folder.resolve(name), beside.text());
      }
    }
    Path file = Files.writeString(folder.resolve("guide.test.yaml"), whole(block));
    Program program = Program.run("test", "--no-fail-on-focus", file.toString());
    assertThat(program.status()).as(output(program) + program.err()).isZero();
  }

  @Test
  void what_a_failure_prints_is_what_it_prints() throws IOException {
    List<Block> blocks = blocks();
    int played = 0;
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).kind().equals("yaml test fails")) {
        Path file = Files.writeString(folder.resolve("guide.test.yaml"), whole(blocks.get(i)));
        Program program = Program.run("test", file.toString());
        assertThat(program.status()).isEqualTo(ExitStatus.FINDINGS);
        assertThat(
                program
                    .out()
                    .replace(folder + "/", "")
                    .replaceAll("(?m)  [0-9]+ ms$", "")
                    .replaceAll("(?s)slowest:\n.*?\n(?=[0-9]+ case)", "")
                    .replaceAll(", [0-9.]+ s\n$", "\n"))
            .isEqualTo(blocks.get(i + 1).text());
        played++;
      }
    }
    assertThat(played).isPositive();
  }

  @Test
  void no_yaml_is_left_unread() throws IOException {
    assertThat(blocks())
        .extracting(Block::kind)
        .allMatch(
            kind ->
                kind.matches("yaml (base|test|test fails|fixtures [a-z.]+)|text output|console"));
  }

  @Test
  void every_option_of_the_command_is_told() throws IOException {
    String guide = Files.readString(GUIDE);
    assertThat(Main.commandLine().getSubcommands().get("test").getCommandSpec().options())
        .filteredOn(option -> !option.inherited() && !option.hidden())
        .filteredOn(option -> !option.usageHelp() && !option.versionHelp())
        .filteredOn(option -> !option.longestName().equals("--color")) // of every command
        .allSatisfy(option -> assertThat(guide).containsAnyOf(option.names()));
  }
}
