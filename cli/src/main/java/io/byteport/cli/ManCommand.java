package io.byteport.cli;

import io.byteport.dsl.diagnostic.Suggestions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints manual pages. */
@Command(
    name = "man",
    description = "Print the manual page of a command, or write all of them into a folder.",
    footerHeading = "%nExamples:%n",
    footer = {"  byteport man explain | man -l -", "  byteport man --into /usr/share/man/man1"})
final class ManCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "COMMAND",
      description = "The command. Default: byteport itself.")
  private @Nullable String command;

  @Option(names = "--into", paramLabel = "DIR", description = "Write all pages into this folder.")
  private @Nullable Path into;

  @Override
  public Integer call() throws IOException {
    Map<String, CommandSpec> all = new LinkedHashMap<>();
    CommandSpec root = spec.root();
    all.put("byteport", root);
    for (Map.Entry<String, CommandLine> sub : root.subcommands().entrySet()) {
      all.put(sub.getKey(), sub.getValue().getCommandSpec());
    }
    Path folder = into;
    if (folder != null) {
      Files.createDirectories(folder);
      for (Map.Entry<String, CommandSpec> page : all.entrySet()) {
        String name = page.getKey().equals("byteport") ? "byteport" : "byteport-" + page.getKey();
        Files.writeString(folder.resolve(name + ".1"), new ManPage(page.getValue()).text());
      }
      return ExitStatus.OK;
    }
    String wanted = command == null ? "byteport" : command;
    CommandSpec found = all.get(wanted);
    if (found == null) {
      throw new UsageException(
          "unknown command `"
              + wanted
              + "`"
              + Suggestions.nearest(wanted, all.keySet())
                  .map(near -> ", did you mean `" + near + "`?")
                  .orElse(""));
    }
    common.terminal().out().print(new ManPage(found).text());
    common.terminal().out().flush();
    return ExitStatus.OK;
  }
}
