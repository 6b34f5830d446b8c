package io.byteport.cli;

import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.workspace.FileWatch;
import io.byteport.dsl.workspace.Selector;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks runbooks and their tests completely, without running anything. */
@Command(
    name = "validate",
    description = {
      "Check runbooks and their tests: syntax, shape, names, types, data flow, overlaps.",
      "Settings come from byteport.yaml. A comment '# byteport-ignore: CODE reason' overrules a"
          + " judgement.",
      "Exit status 0 if nothing reaches the fail level, 1 if something does, 2 for wrong usage or"
          + " if a file could not be written."
    })
final class ValidateCommand implements Callable<Integer> {
  private static final String CLEAR = "\u001b[H\u001b[2J\u001b[3J";

  @Mixin private TerminalOptions screen = new TerminalOptions();

  @Mixin private ValidateOptions options = new ValidateOptions();

  @Override
  public Integer call() throws IOException {
    options.check();
    RunbookLoader loader = Language.load(System.getenv()).loader();
    Terminal terminal = screen.terminal();
    return options.watch
        ? watch(loader, terminal)
        : new Validation(options, loader, terminal).pass();
  }

  /** Ends with the status of the last pass, also when Ctrl-C ends the process. */
  private int watch(RunbookLoader loader, Terminal terminal) throws IOException {
    AtomicInteger status = new AtomicInteger(ExitStatus.OK);
    Thread end = new Thread(() -> Runtime.getRuntime().halt(status.get()));
    Runtime.getRuntime().addShutdownHook(end);
    new FileWatch(Selector.roots(options.paths))
        .run(
            () -> {
              if (Boolean.getBoolean("byteport.terminal")) {
                terminal.out().print(CLEAR);
              }
              status.set(pass(loader, terminal));
            });
    Runtime.getRuntime().removeShutdownHook(end);
    return status.get();
  }

  /** What is wrong with the files may be right the next time: it ends nothing. */
  private int pass(RunbookLoader loader, Terminal terminal) {
    int status;
    try {
      status = new Validation(options, loader, terminal).pass();
    } catch (IOException | UsageException failed) {
      terminal.err().println("byteport: " + failed.getMessage());
      status = ExitStatus.USAGE;
    }
    if (!options.quiet) {
      terminal.err().println("watching for changes, Ctrl-C ends");
    }
    return status;
  }
}
