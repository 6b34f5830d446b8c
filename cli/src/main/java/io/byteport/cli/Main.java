package io.byteport.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
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
    })
public final class Main implements Runnable {
  /** In the order of the help. */
  private static final List<Map.Entry<String, Class<?>>> COMMANDS =
      List.of(
          Map.entry("validate", ValidateCommand.class),
          Map.entry("test", TestCommand.class),
          Map.entry("fmt", FmtCommand.class),
          Map.entry("list", ListCommand.class),
          Map.entry("show", ShowCommand.class),
          Map.entry("docs", DocsCommand.class),
          Map.entry("explain", ExplainCommand.class),
          Map.entry("eval", EvalCommand.class),
          Map.entry("explain-code", ExplainCodeCommand.class),
          Map.entry("schema", SchemaCommand.class),
          Map.entry("lsp", LspCommand.class),
          Map.entry("actions", ActionsCommand.class),
          Map.entry("rbac", RbacCommand.class),
          Map.entry("run", RunCommand.class),
          Map.entry("agent", AgentCommand.class),
          Map.entry("demo", DemoCommand.class),
          Map.entry("runs", RunsCommand.class),
          Map.entry("replay", ReplayCommand.class),
          Map.entry("store", StoreCommand.class),
          Map.entry("approvals", ApprovalsCommand.class),
          Map.entry("approve", ApproveCommand.class),
          Map.entry("deny", DenyCommand.class),
          Map.entry("completion", CompletionCommand.class),
          Map.entry("man", ManCommand.class),
          Map.entry("help", CommandLine.HelpCommand.class));

  /** Those that tell of all commands. */
  private static final Set<String> ABOUT_ALL = Set.of("help", "man", "completion");

  /** Those that read files and print: they have nothing to log, and are waited for. */
  private static final Set<String> SILENT =
      Set.of(
          "validate",
          "fmt",
          "list",
          "show",
          "docs",
          "explain-code",
          "schema",
          "actions",
          "rbac",
          "completion",
          "man");

  @Spec private CommandSpec spec;

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] args) {
    if (args.length > 0 && (SILENT.contains(args[0]) || args[0].startsWith("-"))) {
      withoutLogging();
    }
    System.exit(commandLine(args).execute(args));
  }

  /** Starts no logging in this process, unless somebody has chosen one. */
  static void withoutLogging() {
    if (System.getProperty("slf4j.provider") == null) {
      System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
      System.setProperty("slf4j.internal.verbosity", "ERROR");
    }
  }

  /** The whole command line with every command. */
  static CommandLine commandLine() {
    return commandLine(command -> true);
  }

  /**
   * The command line that given words need. Reading what a command takes costs time, so it knows
   * the command alone that they name, and every one where they name none but ask for more than the
   * version.
   */
  static CommandLine commandLine(String... words) {
    String first = words.length == 0 ? "" : words[0];
    boolean named =
        !ABOUT_ALL.contains(first)
            && COMMANDS.stream().anyMatch(command -> command.getKey().equals(first));
    boolean none = words.length == 1 && first.equals("--version");
    return commandLine(command -> !none && (!named || command.equals(first)));
  }

  private static CommandLine commandLine(Predicate<String> wanted) {
    CommandLine line = new CommandLine(new Main());
    for (Map.Entry<String, Class<?>> command : COMMANDS) {
      if (wanted.test(command.getKey())) {
        line.addSubcommand(command.getValue());
      }
    }
    Examples.add(line);
    Complaints complaints = new Complaints();
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(complaints)
        .setExecutionExceptionHandler(complaints);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command");
  }

  /** The version that the build wrote into the jar's manifest. */
  static String version() {
    return Objects.requireNonNullElse(
        Main.class.getPackage().getImplementationVersion(), "(not packaged)");
  }

  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"byteport " + version()};
    }
  }
}
