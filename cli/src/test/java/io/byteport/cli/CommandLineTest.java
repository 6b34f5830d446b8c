package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandLineTest {
  @Test
  void the_help_of_every_command_shows_an_example() {
    List<String> without =
        Main.commandLine().getSubcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .filter(spec -> !String.join("\n", spec.usageMessage().footer()).contains("byteport "))
            .map(spec -> spec.name())
            .toList();

    assertThat(without).isEmpty();
  }

  @Test
  void every_screen_of_help_fits_into_80_columns() {
    for (String name : Main.commandLine().getSubcommands().keySet()) {
      assertThat(Program.run("help", name).out().lines())
          .as(name)
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "valdiate, unknown command `valdiate`; did you mean `validate`?",
    "runs shwo, unknown command `shwo`; did you mean `show`?",
    "list --colr never, unknown option `--colr`; did you mean `--color`?",
    "explain --rn x, unknown option `--rn`; did you mean `--run`?",
    "show busy_workr, no runbook `busy_workr`; see `byteport list`",
  })
  void what_was_meant_is_asked(String command, String expected) {
    Program program = Program.run(command.split(" "));

    assertThat(program.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(program.out()).isEmpty();
    for (String part : expected.split("; ")) {
      assertThat(program.err()).contains(part);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "auto, true, '', '', '', true",
    "auto, false, '', '', '', false",
    "auto, true, 1, '', '', false",
    "auto, true, '', '', dumb, false",
    "auto, false, '', 1, '', true",
    "auto, false, '', 0, '', false",
    "auto, true, 1, 1, '', false",
    "always, false, 1, '', dumb, true",
    "never, true, '', 1, '', false",
  })
  void colours_are_shown_where_they_are_wanted(
      Colour colour, boolean terminal, String refused, String forced, String term, boolean shown) {
    Map<String, String> environment =
        Map.of("NO_COLOR", refused, "CLICOLOR_FORCE", forced, "TERM", term);

    assertThat(colour.shown(terminal, environment)).isEqualTo(shown);
  }

  @Test
  void colours_are_in_the_output_only_where_they_are_asked_for() {
    assertThat(Program.run("list", "--color", "always").out()).contains("\u001b[1m");
    assertThat(Program.run("list").out()).doesNotContain("\u001b");
  }

  @Test
  void there_is_a_manual_page_for_every_command(@TempDir Path folder) throws IOException {
    assertThat(Program.run("man", "--into", folder.toString()).status()).isZero();

    for (String name : Main.commandLine().getSubcommands().keySet()) {
      assertThat(Files.readString(folder.resolve("byteport-" + name + ".1")))
          .startsWith(".TH ")
          .contains(".SH EXIT STATUS", ".SH OPTIONS");
    }
    assertThat(Files.readString(folder.resolve("byteport.1"))).contains("\\fBexplain\\fR");
  }
}
