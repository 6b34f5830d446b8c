package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.DiagnosticPage;
import io.byteport.dsl.diagnostic.Suggestions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what a finding means and how it is repaired. */
@Command(
    name = "explain-code",
    description = {
      "Explain a code of a finding, such as BP-EXPR-003: what it means, why it matters, how to fix"
          + " it.",
      "Without a code, list them all."
    })
final class ExplainCodeCommand implements Callable<Integer> {
  private static final String PREFIX = "BP-";

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "CODE",
      arity = "0..1",
      description = "The code; upper or lower case, with or without BP- before it.")
  private @Nullable String code;

  @Override
  public Integer call() {
    Terminal terminal = common.terminal();
    if (code == null) {
      list(terminal);
    } else {
      explain(find(code), terminal);
    }
    terminal.out().flush();
    return ExitStatus.OK;
  }

  private static DiagnosticCode find(String word) {
    String upper = word.strip().toUpperCase(Locale.ROOT);
    String id = upper.startsWith(PREFIX) ? upper : PREFIX + upper;
    return Arrays.stream(DiagnosticCode.values())
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new UsageException(unknown(word, id)));
  }

  private static String unknown(String word, String id) {
    String meant =
        Suggestions.hint(
            id, Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::id).toList());
    return "no code `"
        + word
        + "`; "
        + (meant == null ? "`byteport explain-code` lists them all" : meant);
  }

  private void explain(DiagnosticCode found, Terminal terminal) {
    DiagnosticPage page = DiagnosticPage.of(found);
    if (common.output() == Output.json) {
      Map<String, Object> json = json(found);
      json.put("markdown", page.markdown());
      Json.write(terminal.out(), json);
      return;
    }
    terminal
        .out()
        .println(
            terminal.styled(Style.BOLD, found.id())
                + "  "
                + severity(found)
                + ": "
                + found.title()
                + "\n");
    terminal.out().print(Markdown.show(page.body(), terminal, terminal.width()));
  }

  private void list(Terminal terminal) {
    List<DiagnosticCode> codes = List.of(DiagnosticCode.values());
    if (common.output() == Output.json) {
      Json.write(terminal.out(), codes.stream().map(ExplainCodeCommand::json).toList());
      return;
    }
    int width = codes.stream().mapToInt(each -> each.id().length()).max().orElse(0);
    for (DiagnosticCode each : codes) {
      String padding = " ".repeat(width - each.id().length() + 2);
      terminal.out().println(terminal.styled(Style.BOLD, each.id()) + padding + each.title());
    }
  }

  private static Map<String, Object> json(DiagnosticCode code) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("code", code.id());
    json.put("severity", severity(code));
    json.put("title", code.title());
    json.put("page", DiagnosticPage.path(code));
    return json;
  }

  private static String severity(DiagnosticCode code) {
    return code.severity().name().toLowerCase(Locale.ROOT);
  }
}
