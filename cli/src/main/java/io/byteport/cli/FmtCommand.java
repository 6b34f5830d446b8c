package io.byteport.cli;

import io.byteport.cli.report.DiagnosticJson;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.workspace.Rewrite;
import io.byteport.dsl.yaml.SourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lays out runbooks and their tests in the one form that the language has. */
@Command(
    name = "fmt",
    description = {
      "Lay out runbooks and their tests: fields in order, one style, comments where they were.",
      "What a file means never changes; a file that is not sound YAML is left alone.",
      "Exit status 0 if all is well, 1 if a file cannot be laid out, or should be and was only"
          + " looked at, 2 for wrong usage or if a file cannot be written."
    })
final class FmtCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--check", description = "Write nothing; name the files that would change.")
  private boolean check;

  @Option(names = "--diff", description = "Write nothing; show what would change.")
  private boolean diff;

  @Option(
      names = "--stdin-filename",
      paramLabel = "NAME",
      description = "What messages call the text from standard input. Default: ${DEFAULT-VALUE}.",
      defaultValue = "stdin")
  private String stdinName = "stdin";

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = {
        "Files, folders in which every runbook and test counts, or - for standard input, which is"
            + " written to standard output. Default: the current folder."
      })
  private List<String> paths = List.of();

  @Override
  public Integer call() throws IOException {
    if (paths.contains(STANDARD_INPUT)) {
      if (paths.size() > 1) {
        throw new UsageException("`-` stands alone: standard input and files do not mix");
      }
      Rewrite input = Rewrite.of(stdinName, System.in.readNBytes(SourceReader.MAX_BYTES + 1));
      return check || diff || common.output() == Output.json
          ? report(List.of(input))
          : filter(input);
    }
    List<Rewrite> rewrites = rewrites();
    if (!check && !diff) {
      for (Rewrite rewrite : rewrites) {
        rewrite.write();
      }
    }
    return report(rewrites);
  }

  /** The laid out text and nothing else, so that an editor can take it. */
  private int filter(Rewrite input) {
    Terminal terminal = common.terminal();
    if (!input.findings().isEmpty()) {
      terminal.err().print(Language.print(input.findings(), false));
      terminal.err().flush();
      return ExitStatus.FINDINGS;
    }
    terminal.out().print(input.text());
    terminal.out().flush();
    return ExitStatus.OK;
  }

  private List<Rewrite> rewrites() throws IOException {
    List<Rewrite> rewrites = new ArrayList<>();
    for (String word : paths.isEmpty() ? List.of("") : paths) {
      Path path = Path.of(word);
      if (Files.isDirectory(path)) {
        for (Path file : Folders.yamlFiles(path)) {
          Rewrite rewrite = Rewrite.of(file);
          if (isOurs(rewrite)) {
            rewrites.add(rewrite);
          }
        }
      } else if (Files.exists(path)) {
        rewrites.add(Rewrite.of(path));
      } else {
        throw new UsageException("no such file or folder: " + path);
      }
    }
    return rewrites;
  }

  /** In a folder, YAML of others is passed over, be it sound or not. */
  private static boolean isOurs(Rewrite rewrite) {
    return rewrite.text().contains("byteport.io/")
        && rewrite.findings().stream()
            .noneMatch(finding -> finding.code() == DiagnosticCode.SCHEMA_UNKNOWN_KIND);
  }

  private int report(List<Rewrite> rewrites) {
    Terminal terminal = common.terminal();
    if (common.output() == Output.json) {
      Json.write(terminal.out(), rewrites.stream().map(this::json).toList());
    } else {
      rewrites.forEach(rewrite -> print(terminal, rewrite));
      if (!diff) {
        terminal.out().println(summary(rewrites));
      }
      terminal.out().flush();
    }
    boolean pending = (check || diff) && rewrites.stream().anyMatch(Rewrite::isNeeded);
    boolean refused = rewrites.stream().anyMatch(rewrite -> !rewrite.findings().isEmpty());
    return pending || refused ? ExitStatus.FINDINGS : ExitStatus.OK;
  }

  private void print(Terminal terminal, Rewrite rewrite) {
    List<Diagnostic> findings = rewrite.findings();
    terminal.out().print(Language.print(findings, terminal.colour()));
    if (diff) {
      terminal.out().print(rewrite.diff());
    } else if (rewrite.isNeeded()) {
      terminal.out().println((check ? "would change " : "laid out ") + rewrite.name());
    }
  }

  private String summary(List<Rewrite> rewrites) {
    long changed = rewrites.stream().filter(Rewrite::isNeeded).count();
    long refused = rewrites.stream().filter(rewrite -> !rewrite.findings().isEmpty()).count();
    return count(rewrites.size(), "file")
        + ", "
        + changed
        + (check ? " to lay out" : " laid out")
        + (refused == 0 ? "" : ", " + refused + " left alone");
  }

  private Map<String, Object> json(Rewrite rewrite) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", rewrite.name());
    json.put("changes", rewrite.isNeeded());
    json.put("written", rewrite.isNeeded() && !check && !diff && !paths.contains(STANDARD_INPUT));
    json.put("findings", DiagnosticJson.of(rewrite.findings()));
    if (diff) {
      json.put("diff", rewrite.diff());
    } else if (paths.contains(STANDARD_INPUT)) {
      json.put("text", rewrite.text());
    }
    return json;
  }

  private static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
