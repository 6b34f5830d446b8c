package io.byteport.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Examples for the help of commands that bring none of their own. */
final class Examples {
  private static final Map<String, List<String>> BY_COMMAND =
      Map.of(
          "validate",
          List.of("  byteport validate my.yaml", "  byteport validate runbooks/ -o json"),
          "test",
          List.of("  byteport test", "  byteport test my.test.yaml"),
          "fmt",
          List.of("  byteport fmt runbooks/", "  byteport fmt --check runbooks/"),
          "explain-code",
          List.of("  byteport explain-code BP-EXPR-003", "  byteport explain-code"),
          "schema",
          List.of("  byteport schema > runbook.schema.json", "  byteport schema RunbookTest"),
          "help",
          List.of("  byteport help run"));

  private Examples() {}

  static void add(CommandLine program) {
    BY_COMMAND.forEach(
        (name, examples) -> {
          CommandLine command = program.getSubcommands().get(name);
          UsageMessageSpec usage = command == null ? null : command.getCommandSpec().usageMessage();
          if (usage != null && usage.footer().length == 0) {
            usage.footerHeading("%nExamples:%n").footer(examples.toArray(String[]::new));
          }
        });
  }
}
