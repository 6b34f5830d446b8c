package io.byteport.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Examples for the help of commands that bring none of their own. */
final class Examples {
  private static final Map<String, List<String>> BY_COMMAND =
      Map.ofEntries(
          Map.entry(
              "validate",
              List.of("  byteport validate my.yaml", "  byteport validate runbooks/ -o json")),
          Map.entry("test", List.of("  byteport test", "  byteport test my.test.yaml")),
          Map.entry("fmt", List.of("  byteport fmt runbooks/", "  byteport fmt --check runbooks/")),
          Map.entry(
              "explain-code",
              List.of("  byteport explain-code BP-EXPR-003", "  byteport explain-code")),
          Map.entry(
              "schema",
              List.of("  byteport schema > runbook.schema.json", "  byteport schema RunbookTest")),
          Map.entry("lsp", List.of("  byteport lsp --stdio")),
          Map.entry(
              "replay",
              List.of("  byteport replay 20260105-1000 --with my.yaml", "  byteport replay --all")),
          Map.entry(
              "store",
              List.of("  byteport store check", "  byteport store prune --older-than 90d")),
          Map.entry("approvals", List.of("  byteport approvals", "  byteport approvals -o json")),
          Map.entry("approve", List.of("  byteport approve 20260105-1000")),
          Map.entry(
              "deny", List.of("  byteport deny 20260105-1000 --reason 'a deploy is going on'")),
          Map.entry("help", List.of("  byteport help run")));

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
