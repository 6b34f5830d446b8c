package io.byteport.cli;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code byteport} program. Exit status 0 when clean, 1 with findings, 2 for wrong usage or
 * failed input and output.
 */
@Command(
    name = "byteport",
    description = "Runbooks as software that runs itself.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    scope = CommandLine.ScopeType.INHERIT,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:Clean.",
      "1:Findings: a file with errors, a failed test, a run that calls a human.",
      "2:Wrong usage, or a file, a cluster or the journal cannot be used.",
      "130:Interrupted (Ctrl-C)."
    },
    subcommands = {
      ValidateCommand.class,
      TestCommand.class,
      ListCommand.class,
      ShowCommand.class,
      ExplainCommand.class,
      EvalCommand.class,
      RunCommand.class,
      DemoCommand.class,
      RunsCommand.class,
      CompletionCommand.class,
      ManCommand.class,
      CommandLine.HelpCommand.class,
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The whole command line, as {@link #main} runs it. */
  static CommandLine commandLine() {
    CommandLine program = new CommandLine(new Main());
    Examples.add(program);
    Complaints complaints = new Complaints();
    return program
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(complaints)
        .setExecutionExceptionHandler(complaints);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command");
  }

  /** The version that the build wrote into the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"byteport " + Objects.requireNonNullElse(version, "(not packaged)")};
    }
  }
}
